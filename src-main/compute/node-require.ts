import { createRequire } from 'node:module'
import { join } from 'node:path'

/**
 * `require` at run time, from wherever this code lies: beside the bundle that it became part of, or, when it runs from
 * its sources, in the folder it was started in. No bundler looks through it, so that an optional package stays optional.
 */
export const nodeRequire = createRequire(
  typeof __filename === 'string' ? __filename : join(process.cwd(), 'package.json'),
)
