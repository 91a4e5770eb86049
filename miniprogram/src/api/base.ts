/** Where the platform is: this page's own host for H5; a mini-program is built for one host. */
export function baseUrl(): string {
  let base = ''
  // #ifdef MP-WEIXIN
  base = import.meta.env.VITE_MINGCE_URL || 'http://127.0.0.1:8080'
  // #endif
  return base
}

/** Links come from the server as paths: a mini-program needs the host before them. */
export function absolute(link: string | null | undefined): string {
  if (!link) return ''
  return link.startsWith('/') ? baseUrl() + link : link
}
