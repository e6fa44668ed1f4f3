/** Undo steps, kept so that undo works after a restart. Each line of editing (the board, the sliders of a run) has its own. */
import { z } from 'zod'
import { type Database, numberOf, textOf } from './database'
import { jsonOf } from './json-column'

/** Steps kept a line; older ones are forgotten. */
export const historyDepth = 500

export interface HistoryStep {
  readonly position: number
  /** For people: “Delete 3 variants”. */
  readonly label: string
  /** Milliseconds since 1970. */
  readonly at: number
  /** What undoing and redoing need, as the line's owner wrote it. */
  readonly step: unknown
}

export class History {
  constructor(
    private readonly database: Database,
    private readonly now: () => number,
  ) {}

  /** Remembers a step just done; steps that were undone before it can't be redone any more. */
  push(line: string, label: string, step: unknown): void {
    this.database.transaction(() => {
      const position = this.position(line) + 1
      this.database.run('DELETE FROM history WHERE line = ? AND position >= ?', line, position)
      this.database.run(
        'INSERT INTO history (line, position, at, label, step) VALUES (?, ?, ?, ?, ?)',
        line,
        position,
        this.now(),
        label,
        JSON.stringify(step),
      )
      this.database.run('DELETE FROM history WHERE line = ? AND position <= ?', line, position - historyDepth)
      this.move(line, position)
    })
  }

  /** The step to undo now, or null; call `undone` in the transaction that undoes it. */
  last(line: string): HistoryStep | null {
    return this.at(line, this.position(line))
  }

  /** The step to redo now, or null; call `redone` in the transaction that does it again. */
  next(line: string): HistoryStep | null {
    return this.at(line, this.position(line) + 1)
  }

  undone(line: string): void {
    if (this.last(line) !== null) this.move(line, this.position(line) - 1)
  }

  redone(line: string): void {
    if (this.next(line) !== null) this.move(line, this.position(line) + 1)
  }

  clear(line: string): void {
    this.database.transaction(() => {
      this.database.run('DELETE FROM history WHERE line = ?', line)
      this.database.run('DELETE FROM history_position WHERE line = ?', line)
    })
  }

  private position(line: string): number {
    return this.database.number('SELECT position FROM history_position WHERE line = ?', line)
  }

  private move(line: string, position: number): void {
    this.database.run(
      `INSERT INTO history_position (line, position) VALUES (?, ?)
       ON CONFLICT (line) DO UPDATE SET position = excluded.position`,
      line,
      position,
    )
  }

  private at(line: string, position: number): HistoryStep | null {
    const row = this.database.get('SELECT * FROM history WHERE line = ? AND position = ?', line, position)
    if (row === undefined) return null
    return { position, label: textOf(row, 'label'), at: numberOf(row, 'at'), step: jsonOf(row, 'step', z.unknown()) }
  }
}
