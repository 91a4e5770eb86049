/** What the server says when it refuses: `{ code, message, fields }`, or our own words when it could not answer. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    /** Reasons by field name, shown at the fields. */
    readonly fields: Record<string, string> = {},
  ) {
    super(message)
    this.name = 'ApiError'
  }

  /** Nobody has said no: the same may be sent again later. */
  get isPassing(): boolean {
    return this.status === 0 || this.status === 408 || this.status === 425 || this.status === 429 || this.status >= 500
  }

  /** The first reason there is: a phone shows one sentence. */
  get sentence(): string {
    return Object.values(this.fields)[0] ?? this.message
  }
}

const MESSAGES: Record<number, string> = {
  0: '网络不通，请检查网络后重试',
  401: '登录已失效，请重新进入',
  403: '您没有此项权限',
  404: '内容不存在，或不在您的管理范围内',
  412: '已被他人修改，请返回后重新打开',
  413: '照片过大，请重新拍摄',
  429: '操作过于频繁，请稍后再试',
  503: '平台正在恢复，请稍候',
}

interface ErrorBody {
  code?: unknown
  message?: unknown
  fields?: unknown
}

/** The body may be anything: a proxy's HTML page, nothing at all, or our own shape. */
export function errorFrom(status: number, body: unknown): ApiError {
  const { code, message, fields } = (typeof body === 'object' && body !== null ? body : {}) as ErrorBody
  return new ApiError(
    status,
    typeof code === 'string' ? code : `http_${status}`,
    typeof message === 'string' && message !== '' ? message : (MESSAGES[status] ?? '操作没有成功，请稍后重试'),
    readFields(fields),
  )
}

function readFields(fields: unknown): Record<string, string> {
  if (typeof fields !== 'object' || fields === null) return {}
  return Object.fromEntries(Object.entries(fields).map(([name, reason]) => [name, String(reason)]))
}

export function asApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error
  return new ApiError(-1, 'unexpected', '页面出了点问题，请返回后重试')
}
