import type { Schema } from '@/api'
import type { operations } from '@/api/schema'

/* What attendance is made of, by the names of the server's document. */

export type Somebody = Schema<'Somebody'>
export type DayRow = Schema<'DayRow'>
export type MonthRow = Schema<'MonthRow'>
export type DayCell = Schema<'DayCell'>
export type PunchRow = Schema<'PunchRow'>
export type PunchOfDay = Schema<'PunchOfDay'>
/** Beside `Schema<'Overview'>`, which is of a project as a whole. */
export type Overview = Schema<'AttendanceOverview'>
export type Figures = Schema<'Figures'>
export type PeriodFigures = Schema<'PeriodFigures'>
export type Board = Schema<'Board'>
export type BoardUnit = Schema<'BoardUnit'>
export type BoardCrew = Schema<'BoardCrew'>
export type BoardPerson = Schema<'BoardPerson'>
export type ProjectDayRow = Schema<'ProjectDayRow'>

/** How long the periods of 【出勤一览表】 are. */
export type Step = operations['overview']['parameters']['query']['by']
