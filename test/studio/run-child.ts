/** Runs `child.ts`, and kills it when a test says so. */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

export type Line = Record<string, unknown>

export interface ChildEnd {
  readonly lines: readonly Line[]
  readonly killed: boolean
  readonly errors: string
}

/**
 * Runs calls in a studio of its own process.
 * @param killWhen kills it with SIGKILL at the first line for which this is true
 * @param killAfter kills it that many milliseconds after its first line
 */
export function runChild(
  place: string,
  order: unknown,
  { killWhen, killAfter }: { killWhen?: (line: Line) => boolean; killAfter?: number } = {},
): Promise<ChildEnd> {
  return new Promise((resolve, reject) => {
    const script = join(__dirname, 'child.ts')
    const child = spawn(process.execPath, ['--import', 'tsx', script, `${place}-data`, place, JSON.stringify(order)])
    const lines: Line[] = []
    let errors = ''
    let killed = false
    const kill = (): void => {
      killed = true
      child.kill('SIGKILL')
    }
    let timer: NodeJS.Timeout | null = null
    createInterface({ input: child.stdout }).on('line', (text) => {
      const line = JSON.parse(text) as Line
      lines.push(line)
      if (killAfter !== undefined) timer ??= setTimeout(kill, killAfter)
      if (!killed && killWhen?.(line) === true) kill()
    })
    child.stderr.on('data', (data: Buffer) => {
      errors += data.toString()
    })
    child.once('error', reject)
    child.once('close', () => {
      if (timer !== null) clearTimeout(timer)
      resolve({ lines, killed, errors })
    })
  })
}
