import type { Board, BoardUnit } from '../types'

/** The units and crews that have somebody of this name; all of them without one. Crews without anybody go last. */
export function narrowed(board: Board, name: string): BoardUnit[] {
  const typed = name.trim()
  const units = board.units.map((unit) => ({
    ...unit,
    crews: unit.crews
      .map((crew) => ({ ...crew, people: crew.people.filter((person) => person.name.includes(typed)) }))
      .filter((crew) => typed === '' || crew.people.length > 0)
      .sort((one, other) => other.people.length - one.people.length),
  }))
  return units.filter((unit) => unit.crews.length > 0)
}
