/** An <image>'s source of a drawing: mini-programs know no inline SVG, and a data URL costs no request. */
export function picture(width: number, height: number, inner: string): string {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" fill="none" stroke-linecap="round" stroke-linejoin="round">${inner}</svg>`
  return `data:image/svg+xml,${encodeURIComponent(svg)}`
}

export const PINE = '#0f6a59'
export const SOFT = '#d4e8e3'
export const SKIN = '#f3cfa8'
export const HELMET = '#f2b632'
export const INK = '#2b3f39'
export const SEAL = '#c0402c'

/** A head with a helmet, its chin at (x, y). */
export function worker(x: number, y: number, scale = 1): string {
  return `<g transform="translate(${x} ${y}) scale(${scale})"><path d="M-34 46c0-22 15-34 34-34s34 12 34 34z" fill="${PINE}"/><path d="M-9 14h18v10l-9 7-9-7z" fill="${SKIN}"/><ellipse cx="0" cy="-8" rx="19" ry="22" fill="${SKIN}"/><path d="M-25-14c0-17 11-27 25-27s25 10 25 27z" fill="${HELMET}"/><rect x="-29" y="-16" width="58" height="6" rx="3" fill="#dc9c1c"/><path d="M0-41v25" stroke="#dc9c1c" stroke-width="5"/><circle cx="-7" cy="-3" r="2" fill="${INK}"/><circle cx="7" cy="-3" r="2" fill="${INK}"/><path d="M-6 6q6 5 12 0" stroke="${INK}" stroke-width="2"/></g>`
}

/** A head without anything on it. */
export function head(x: number, y: number, scale = 1): string {
  return `<g transform="translate(${x} ${y}) scale(${scale})"><path d="M-36 52c0-24 16-36 36-36s36 12 36 36z" fill="${PINE}"/><path d="M-9 14h18v12l-9 7-9-7z" fill="#e9bf93"/><ellipse cx="0" cy="-8" rx="21" ry="25" fill="${SKIN}"/><path d="M-22-10c-2-18 8-27 22-27s24 9 22 27c-4-9-10-13-14-13-10 3-22 2-30 13z" fill="${INK}"/><circle cx="-8" cy="-5" r="2.2" fill="${INK}"/><circle cx="8" cy="-5" r="2.2" fill="${INK}"/><path d="M-6 7q6 4 12 0" stroke="${INK}" stroke-width="2"/></g>`
}
