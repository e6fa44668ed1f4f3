/** Commands run in this process as the terminal runs them, in a folder of their own. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll } from 'vitest'
import { runCli } from '../../src-main/cli/program'

export interface Told {
  readonly code: number
  readonly out: string
  readonly err: string
}

/** A folder that is there from before the file's first test to after its last; Varia keeps its own things in it. */
export function terminalFolder(): () => string {
  let folder = ''
  const before = process.env['VARIA_DATA']
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'varia-cli-'))
    process.env['VARIA_DATA'] = join(folder, 'data')
  })
  afterAll(async () => {
    if (before === undefined) delete process.env['VARIA_DATA']
    else process.env['VARIA_DATA'] = before
    await rm(folder, { recursive: true, force: true })
  })
  return () => folder
}

/** Runs a command that `signal` ends. */
export async function variaUntil(signal: AbortSignal, words: readonly string[]): Promise<Told> {
  const written = { out: '', err: '' }
  const code = await runCli(words, {
    out: { write: (text) => (written.out += text) },
    err: { write: (text) => (written.err += text) },
    signal,
  })
  return { code, ...written }
}

/** Runs a command to its end. */
export const varia = (...words: string[]): Promise<Told> => variaUntil(new AbortController().signal, words)
