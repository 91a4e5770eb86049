/** Where the platform is: this page's own host for H5; a mini-program is built for one host. */
export function baseUrl(): string {
  let base = ''
  // #ifdef MP-WEIXIN
  base = import.meta.env.VITE_MINGCE_URL || 'http://127.0.0.1:8080'
  // #endif
  return base
}

/**
 * Links come from the server as paths. A mini-program needs the host before them, and so does H5: of a path alone its
 * pictures would be looked for below the pages' own folder.
 */
export function absolute(link: string | null | undefined): string {
  if (!link) return ''
  let host = baseUrl()
  // #ifdef H5
  host = window.location.origin
  // #endif
  return link.startsWith('/') ? host + link : link
}
