/** The project's code out of whatever a scan or a link gives: `scene` of a mini-program code, or an address that has it. */
export function sceneOf(query: Record<string, string | undefined>): string {
  const scene = query['scene'] ?? codeIn(decoded(query['q'] ?? ''))
  return codeIn(decoded(scene))
}

/** `…/m/#/pages/join/index?scene=CODE`, `pages/join/index?scene=CODE`, or the code alone; '' for anything else. */
export function codeIn(scanned: string): string {
  const found = /[?&]scene=([^&#]+)/.exec(scanned)?.[1] ?? scanned
  const code = decoded(found).trim()
  return /^[A-Za-z0-9_-]{6,32}$/.test(code) ? code : ''
}

/** What a page of ours is asked for by a scanned code: registering, or confirming a login on a screen. */
export function pageIn(scanned: string): string | null {
  const code = codeIn(scanned)
  if (!code) return null
  return /login\/confirm/.test(scanned) ? `/pages/login/confirm?scene=${code}` : `/pages/join/index?scene=${code}`
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
