import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/**
 * The folder of an installed package that is data, not code: it is found at run time, beside the bundle or beside the
 * script that was started, since it is too large to be bundled.
 */
export function installedPackage(name: string): string {
  const starts = [
    typeof __filename === 'string' ? __filename : undefined,
    process.argv[1],
    join(process.cwd(), 'package.json'),
  ]
  let failure: unknown
  for (const start of starts) {
    if (start === undefined) continue
    try {
      return dirname(createRequire(start).resolve(`${name}/package.json`))
    } catch (error) {
      failure = error
    }
  }
  throw failure
}
