/** What a run wrote down to go on as if it had never been interrupted. */
import { z } from 'zod'
import { type HorizonEntry, horizonEntry } from './horizon'

const facts = z.object({ horizon: z.array(horizonEntry).default([]) })

/** The corrections of a run's length so far. */
export function readHorizon(stored: Record<string, unknown>): HorizonEntry[] {
  const parsed = facts.safeParse(stored)
  return parsed.success ? parsed.data.horizon : []
}
