import { expect } from 'vitest'
import { type Told } from './run-varia'

/** Failed as its user can understand: exit code 1, the message, below it what to do, and no word of a fault in Varia. */
export function expectTold({ code, out, err }: Told, message: RegExp, remedy: RegExp): void {
  expect(code, err).toBe(1)
  expect(out).toBe('')
  expect(err).toMatch(message)
  expect(err).toMatch(remedy)
  expect(err).not.toContain('fault in Varia')
}
