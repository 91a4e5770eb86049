import { HELMET, head, INK, picture, PINE, SEAL, SOFT, worker } from './svg'

export const addPerson = picture(96, 96, `${worker(42, 50, 0.85)}<circle cx="74" cy="72" r="17" fill="${HELMET}"/><path d="M74 63v18M65 72h18" stroke="${INK}" stroke-width="5"/>`)
export const roster = picture(96, 96, `${worker(30, 52, 0.62)}${worker(66, 52, 0.62)}`)
export const crews = picture(96, 96, `<path d="M12 30h72v54H12z" fill="#fff" stroke="${PINE}" stroke-width="5"/><path d="M32 12h32l6 18H26z" fill="${HELMET}"/><path d="M26 48h20M26 64h20M56 48h16M56 64h16" stroke="#9dbdb5" stroke-width="7"/>`)
export const device = picture(96, 96, `<rect x="26" y="6" width="44" height="66" rx="9" fill="#fff" stroke="${PINE}" stroke-width="5"/>${head(48, 42, 0.42)}<path d="M48 72v18M32 90h32" stroke="${PINE}" stroke-width="6"/>`)
export const review = picture(96, 96, `<rect x="14" y="10" width="56" height="76" rx="8" fill="#fff" stroke="${PINE}" stroke-width="5"/><path d="M27 30h30M27 46h30M27 62h16" stroke="#9dbdb5" stroke-width="6"/><circle cx="70" cy="68" r="19" fill="${PINE}"/><path d="M61 68l7 7 12-14" stroke="#fff" stroke-width="5"/>`)
export const apply = picture(96, 96, `<path d="M12 88V34l36-22 36 22v54" fill="${SOFT}" stroke="${PINE}" stroke-width="5"/><path d="M36 88V60h24v28M30 46h8M58 46h8" stroke="${PINE}" stroke-width="5"/><circle cx="74" cy="24" r="14" fill="${SEAL}"/><path d="M74 17v14M67 24h14" stroke="#fff" stroke-width="4"/>`)
