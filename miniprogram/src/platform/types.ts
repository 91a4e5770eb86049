/** The name of a photograph that is kept on the phone until the server has it. */
export type PhotoKey = string

export interface TakePhoto {
  from: 'camera' | 'album'
  facing: 'front' | 'back'
}

/** What can be told of a picture without a network of any kind. */
export interface PictureFacts {
  width: number
  height: number
  /** Mean, from 0 to 255; null where it cannot be told. */
  brightness: number | null
}

/** What a session is opened with. */
export type Proof = { code: string; app: 'mini_program' } | { ticket: string }

/** `elsewhere`: the page is on its way to WeChat's login; `impossible`: this is not WeChat. */
export type LoginWay = { proof: Proof } | 'elsewhere' | 'impossible'

/** Whatever differs between the mini-program and the official account's pages: one file per target. */
export interface Platform {
  readonly target: 'h5' | 'mp-weixin'
  /** Called once before anything else. */
  start(standInUrl: string | null): Promise<void>
  /** Keeps what several people played on one browser store apart. */
  owner(): string
  login(): Promise<LoginWay>
  /** The number by WeChat's button where code may ask for it; null: declined or not to be had this way. */
  readonly canAskPhone: boolean
  askPhone(): Promise<string | null>
  scan(): Promise<string | null>
  readonly canScan: boolean
  subscribe(templates: string[]): Promise<void>

  /** Takes a picture, makes it smaller and keeps it. Null: nothing was taken. */
  takePhoto(how: TakePhoto): Promise<PhotoKey | null>
  photoUrl(key: PhotoKey): Promise<string | null>
  photoFacts(key: PhotoKey): Promise<PictureFacts | null>
  dropPhoto(key: PhotoKey): Promise<void>
  upload(url: string, key: PhotoKey, form: Record<string, string>, headers: Record<string, string>): Promise<{ status: number; body: unknown }>

  /** `wx.request` has no PATCH. */
  methodFor(method: string): string
  onOnline(listener: () => void): void
  openDocument(url: string, name: string): Promise<void>
  /** Reads a sentence aloud; false where the phone cannot. */
  readonly canSpeak: boolean
  speak(text: string): void
}
