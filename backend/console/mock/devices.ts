import { cut } from './attendance.ts'
import { chance, PEOPLE } from './people.ts'

const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString()

function device(at: number, place: string, more: Record<string, unknown>) {
  return {
    id: `d${at}`, project_id: 'p1', project_name: '滨河路安置房一期', vendor_code: 'MINGCE-DEMO-VENDOR-0000000000001', vendor_name: '明册演示设备有限公司',
    serial: `MC-K${at}-0000000000000000000000000${at}`, kind: 'attendance', place, direction: 'turns', model: 'K1 Pro', state: 'online',
    online_since: ago(60 * 27 + at), offline_since: null, last_seen_at: ago(0.3), address: `10.20.${at}.14:51${at}22`, clock_offset_seconds: at - 1,
    last_punch_at: ago(at * 2), list_count: 947, expected_count: 947, list_state: 'up_to_date', listed_at: ago(at * 9), push_requested_at: ago(60 * 5),
    replaces_id: null, unbound_at: null, unbound_reason: null, created_at: ago(60 * 24 * (90 - at)), revision: 1, ...more,
  }
}

export const DEVICES = [
  device(1, '1 号门进口', { direction: 'in' }),
  device(2, '1 号门出口', { direction: 'out', list_count: 944, list_state: 'out_of_date' }),
  device(3, '2 号门', { clock_offset_seconds: -312 }),
  device(4, '生活区通道', { state: 'offline', online_since: null, offline_since: ago(200), last_seen_at: ago(203), last_punch_at: ago(231), list_count: 940, list_state: 'out_of_date' }),
  device(5, '劳务办公室', { kind: 'collection', last_punch_at: null, list_count: null, expected_count: null, list_state: 'never', listed_at: null }),
  device(6, '3 号门（新）', { state: 'never', online_since: null, last_seen_at: null, last_punch_at: null, address: null, clock_offset_seconds: null, list_count: null, list_state: 'never', listed_at: null, push_requested_at: null }),
  device(7, '班前讲评台', { kind: 'mobile', model: null }),
]

let pushedAt = 0

export function list(url: URL) {
  const query = (name: string) => url.searchParams.get(name)
  const rows = DEVICES.filter((one) => (!query('state') || one.state === query('state')) && (!query('kind') || one.kind === query('kind')) && (!query('serial') || one.serial.includes(query('serial') ?? '')) && query('bound') !== 'false')
  return cut(rows, url)
}

export function view(id: string) {
  const of = DEVICES.find((one) => one.id === id)
  const earlier = [{ id: 'old', serial: 'MC-K0-00000000000000000000000009', model: 'K1', created_at: ago(60 * 24 * 200), unbound_at: ago(60 * 24 * 88), unbound_reason: '屏幕进水，无法识别' }]
  return of && { ...of, earlier: of.id === 'd2' ? earlier : [], replaced_by: null }
}

export function people(url: URL) {
  const rows = PEOPLE.slice(0, 947).map((who, at) => ({ person_id: who.person_id, number: who.person_number, name: who.name, crew_name: who.crew_name, state: at < 3 ? 'missing' : at < 5 ? 'outdated' : at < 6 ? 'extra' : 'present' }))
  const state = url.searchParams.get('state')
  return cut(state ? rows.filter((row) => row.state === state) : rows, url)
}

export function push() {
  pushedAt = Date.now()
  return { devices: 5, online: 4 }
}

export function progress() {
  const since = (Date.now() - pushedAt) / 1000
  return DEVICES.filter((one) => one.kind !== 'collection').map((one, at) => {
    const step = since - at * 2
    const stage = pushedAt === 0 ? 'not_asked' : one.state !== 'online' || step < 2 ? 'waiting' : step < 4 ? 'reconnected' : step < 12 ? 'listed' : 'done'
    const missing = stage === 'done' ? 0 : Math.max(0, Math.round(30 - step * 2.5))
    return { device_id: one.id, serial: one.serial, place: one.place, state: one.state, stage, requested_at: pushedAt ? new Date(pushedAt).toISOString() : null, count: one.list_count, expected: 947, missing }
  })
}

export function photos() {
  const people = PEOPLE.slice(0, 947).map((who) => ({ entry_id: who.entry_id, number: who.person_number, name: who.name, result: chance('a', who.at) < 0.02 ? 'adopted' : chance('b', who.at) < 0.008 ? 'none' : 'unchanged' }))
  const count = (result: string) => people.filter((one) => one.result === result).length
  return { adopted: count('adopted'), unchanged: count('unchanged'), none: count('none'), people, pushed: { devices: 5, online: 4 } }
}

export function alerts(url: URL) {
  const rows = [
    { id: 'a1', kind: 'device_offline', project_id: 'p1', project_name: '滨河路安置房一期', subject_id: 'd4', details: { place: '生活区通道', serial: 'MC-K4-00000000000000000000000004', since: ago(203) }, opened_at: ago(173), closed_at: null },
    { id: 'a2', kind: 'clock_off', project_id: 'p1', project_name: '滨河路安置房一期', subject_id: 'd3', details: { place: '2 号门', serial: 'MC-K3-00000000000000000000000003', offset_seconds: -312 }, opened_at: ago(61), closed_at: null },
    { id: 'a3', kind: 'project_dark', project_id: 'p5', project_name: '江海大道综合管廊', subject_id: 'p5', details: { since: ago(60 * 61), devices: 4 }, opened_at: ago(60 * 13), closed_at: null },
    { id: 'a4', kind: 'device_offline', project_id: 'p1', project_name: '滨河路安置房一期', subject_id: 'd1', details: { place: '1 号门进口', serial: 'MC-K1-00000000000000000000000001', since: ago(60 * 30) }, opened_at: ago(60 * 29), closed_at: ago(60 * 27) },
  ]
  const open = url.searchParams.get('open')
  return cut(rows.filter((row) => !open || (open === 'true') === (row.closed_at === null)), url)
}
