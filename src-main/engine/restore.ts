/** Takes up again what an engine that died had in hand. */
import { type Restore } from '../contract/engine-control'
import { type Failure, toFailure } from '../contract/errors'
import { type Handlers } from '../contract/procedures'

/**
 * Opens the project again and lets its runs go on from their last checkpoints. Never throws: what could not be done comes
 * back as a failure, and the studio is usable all the same.
 */
export async function restoreWork(handlers: Handlers, restore: Restore): Promise<Failure | null> {
  const context = { signal: new AbortController().signal }
  try {
    await handlers['project.open'](
      { from: { kind: 'recent', id: restore.project }, readOnly: restore.readOnly },
      context,
    )
    for (const run of restore.runs) await handlers['run.continue']({ run }, context)
    return null
  } catch (error) {
    return toFailure(error)
  }
}
