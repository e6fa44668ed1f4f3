import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** Runs a program that prints one JSON object last, and reads it. */
export async function json<T>(program: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<T> {
  const { stdout } = await run(program, [...args], { env: { ...process.env, ...env }, maxBuffer: 1 << 28 })
  const last = stdout.trimEnd().split('\n').pop() ?? ''
  return JSON.parse(last) as T
}

/** The same for a TypeScript file of the bench. */
export function benchProcess<T>(file: string, args: readonly string[] = []): Promise<T> {
  return json<T>(process.execPath, ['--import', 'tsx', new URL(file, import.meta.url).pathname, ...args])
}

/** A Python that can import a module, or null: `VARIA_PYTHON` first, then the usual ones. */
export async function pythonWith(module: string): Promise<string | null> {
  for (const python of [process.env.VARIA_PYTHON, 'python3', 'python']) {
    if (python === undefined || python === '') continue
    try {
      await run(python, ['-c', `import ${module}`])
      return python
    } catch {
      // Not this one.
    }
  }
  return null
}
