import { HELMET, head, INK, picture, PINE, SEAL, SKIN, SOFT, worker } from './svg'

const card = (x: number, y: number, w: number, h: number) => `<rect x="${x}" y="${y}" width="${w}" height="${h}" rx="12" fill="#fff" stroke="${PINE}" stroke-width="3"/>`
const lines = (x: number, y: number, widths: number[], step = 18) =>
  widths.map((width, at) => `<path d="M${x} ${y + at * step}h${width}" stroke="#9dbdb5" stroke-width="6"/>`).join('')
const corners = (x: number, y: number, w: number, h: number) =>
  `<path d="M${x} ${y + 24}v-24h24M${x + w - 24} ${y}h24v24M${x + w} ${y + h - 24}v24h-24M${x + 24} ${y + h}h-24v-24" stroke="${HELMET}" stroke-width="6"/>`
const emblem = (x: number, y: number, scale = 1) =>
  `<g transform="translate(${x} ${y}) scale(${scale})"><circle r="22" fill="${SEAL}"/><path d="M0-15l3.5 8 8.5.8-6.5 5.6 2 8.4L0 3.400l-7.500 4.400 2-8.400L-12-6.200l8.500-.8z" fill="#f7d774"/><path d="M-14 12q14 8 28 0" stroke="#f7d774" stroke-width="3"/></g>`

export const welcome = picture(320, 190, `<ellipse cx="160" cy="172" rx="140" ry="12" fill="#dfeae6"/><path d="M40 170V86h56v84M52 102h12M72 102h12M52 122h12M72 122h12M52 142h12M72 142h12" stroke="#b9d3cc" stroke-width="5"/><path d="M250 170V60M220 60h80M250 76l24-16M292 60v26" stroke="#b9d3cc" stroke-width="5"/>${worker(130, 122, 1.05)}<rect x="176" y="66" width="62" height="106" rx="10" fill="#fff" stroke="${PINE}" stroke-width="4"/><rect x="188" y="84" width="38" height="38" rx="4" fill="${SOFT}"/><path d="M194 90h9v9h-9zM211 90h9v9h-9zM194 107h9v9h-9zM212 108h8v8" stroke="${PINE}" stroke-width="3"/><path d="M190 138h34M190 150h22" stroke="#9dbdb5" stroke-width="5"/>`)

export const cardFront = picture(320, 200, `${corners(10, 8, 300, 184)}${card(34, 28, 252, 144)}${lines(56, 60, [70, 96, 110])}<path d="M56 146h150" stroke="${INK}" stroke-width="7" stroke-dasharray="9 7"/><rect x="204" y="46" width="62" height="78" rx="6" fill="${SOFT}"/>${head(235, 88, 0.66)}`)

export const cardBack = picture(320, 200, `${corners(10, 8, 300, 184)}${card(34, 28, 252, 144)}${emblem(76, 74, 1.15)}<path d="M118 62h136M138 84h96" stroke="${INK}" stroke-width="8"/>${lines(96, 130, [150, 150], 20)}`)

export const faceGuide = picture(320, 220, `<rect x="6" y="6" width="308" height="208" rx="22" fill="#eaf3f0"/><ellipse cx="160" cy="96" rx="62" ry="78" fill="#fff" stroke="${PINE}" stroke-width="4" stroke-dasharray="10 8"/>${head(160, 112, 1.55)}`)

const no = (inner: string) => `<rect x="4" y="4" width="88" height="88" rx="18" fill="#fff"/>${inner}<circle cx="74" cy="74" r="16" fill="${SEAL}"/><path d="M67 67l14 14M81 67l-14 14" stroke="#fff" stroke-width="4"/>`
export const noHelmet = picture(96, 96, no(worker(46, 50, 0.85)))
export const noGlasses = picture(96, 96, no(`${head(46, 50, 0.85)}<rect x="29" y="40" width="15" height="11" rx="5" fill="${INK}"/><rect x="48" y="40" width="15" height="11" rx="5" fill="${INK}"/><path d="M44 44h4" stroke="${INK}" stroke-width="3"/>`))
export const noDark = picture(96, 96, no(`<g opacity=".45">${head(46, 50, 0.85)}</g><rect x="4" y="4" width="88" height="88" rx="18" fill="#1c2b27" opacity=".45"/>`))

export const phone = picture(240, 180, `<rect x="78" y="10" width="84" height="160" rx="16" fill="#fff" stroke="${PINE}" stroke-width="4"/><path d="M108 24h24" stroke="${PINE}" stroke-width="5"/><rect x="90" y="44" width="60" height="36" rx="8" fill="${SOFT}"/><path d="M100 56h40M100 68h26" stroke="${PINE}" stroke-width="5"/><path d="M96 104h10M115 104h10M134 104h10M96 124h10M115 124h10M134 124h10M96 144h10M115 144h10M134 144h10" stroke="#9dbdb5" stroke-width="9"/><path d="M182 54q22 20 0 44M198 40q38 36 0 72" stroke="${HELMET}" stroke-width="6"/>`)

export const crew = picture(240, 130, `${worker(70, 76, 0.9)}${worker(170, 76, 0.9)}${worker(120, 84, 1.05)}`)
export const byTime = picture(96, 96, `<circle cx="48" cy="48" r="36" fill="${SOFT}" stroke="${PINE}" stroke-width="5"/><path d="M48 26v23l15 10" stroke="${PINE}" stroke-width="6"/>`)
export const byPiece = picture(96, 96, `<path d="M10 66h36v20H10zM50 66h36v20H50zM30 42h36v20H30z" fill="#e08d5a" stroke="#b45f2c" stroke-width="4"/><path d="M60 12l24 12-12 10z" fill="#dbe5e1" stroke="${INK}" stroke-width="4"/><path d="M66 26L50 36" stroke="${INK}" stroke-width="5"/>`)
export const bankCard = picture(96, 96, `<rect x="8" y="22" width="80" height="54" rx="9" fill="${PINE}"/><path d="M8 38h80" stroke="#0a2b25" stroke-width="10"/><path d="M18 62h26" stroke="#fff" stroke-width="5"/>`)

export const done = picture(240, 180, `<ellipse cx="120" cy="166" rx="92" ry="9" fill="#dfeae6"/>${worker(120, 112, 1.35)}<circle cx="178" cy="52" r="30" fill="#1f7a4a"/><path d="M164 52l10 11 18-21" stroke="#fff" stroke-width="7"/>`)
export const waiting = picture(240, 160, `<path d="M64 116a34 34 0 0 1 4-68 46 46 0 0 1 88-2 36 36 0 0 1 18 70z" fill="${SOFT}" stroke="${PINE}" stroke-width="4"/><path d="M120 136V78M100 96l20-20 20 20" stroke="${PINE}" stroke-width="6"/>`)
export const refused = picture(240, 160, `<rect x="66" y="14" width="108" height="132" rx="12" fill="#fff" stroke="${PINE}" stroke-width="4"/>${lines(86, 44, [68, 68, 44], 22)}<circle cx="164" cy="116" r="28" fill="${HELMET}"/><path d="M164 100v18M164 128v1" stroke="${INK}" stroke-width="7"/>`)
export const gate = picture(96, 96, `<rect x="10" y="30" width="22" height="56" rx="5" fill="${PINE}"/><rect x="14" y="36" width="14" height="16" rx="3" fill="${SOFT}"/><path d="M32 60h52" stroke="${SEAL}" stroke-width="7" stroke-dasharray="12 8"/><circle cx="62" cy="24" r="13" fill="${SKIN}"/><path d="M46 22c0-10 7-16 16-16s16 6 16 16z" fill="${HELMET}"/>`)
export const people = picture(96, 96, `<path d="M14 84c0-20 14-30 34-30s34 10 34 30z" fill="${PINE}"/><circle cx="48" cy="34" r="18" fill="${SKIN}"/><path d="M64 66l8 9 15-18" stroke="${HELMET}" stroke-width="7"/>`)
export const message = picture(96, 96, `<path d="M12 20h72a6 6 0 0 1 6 6v38a6 6 0 0 1-6 6H46L28 86V70H12a6 6 0 0 1-6-6V26a6 6 0 0 1 6-6z" fill="${SOFT}" stroke="${PINE}" stroke-width="4"/><path d="M24 38h48M24 52h30" stroke="${PINE}" stroke-width="6"/>`)
export const idCard = picture(96, 96, `<rect x="6" y="20" width="84" height="56" rx="9" fill="#fff" stroke="${PINE}" stroke-width="4"/>${lines(18, 36, [26, 30], 14)}<path d="M18 64h44" stroke="${INK}" stroke-width="5"/>${head(68, 48, 0.36)}`)
export const face = picture(96, 96, `<path d="M8 28V14a6 6 0 0 1 6-6h14M68 8h14a6 6 0 0 1 6 6v14M88 68v14a6 6 0 0 1-6 6H68M28 88H14a6 6 0 0 1-6-6V68" stroke="${HELMET}" stroke-width="6"/>${head(48, 50, 0.8)}`)
export const phoneSmall = picture(96, 96, `<rect x="28" y="6" width="40" height="84" rx="9" fill="#fff" stroke="${PINE}" stroke-width="4"/><path d="M42 15h12" stroke="${PINE}" stroke-width="4"/><rect x="35" y="26" width="26" height="18" rx="4" fill="${SOFT}"/><path d="M37 56h4M46 56h4M55 56h4M37 66h4M46 66h4M55 66h4" stroke="#9dbdb5" stroke-width="5"/>`)
