import type { Schema } from '@/api'

/* What devices are made of, by the names of the server's document. */

export type DeviceKind = Schema<'DeviceKind'>
export type DeviceRow = Schema<'DeviceRow'>
export type DeviceView = Schema<'DeviceView'>
export type DevicePerson = Schema<'DevicePerson'>
export type PushProgress = Schema<'PushProgress'>
