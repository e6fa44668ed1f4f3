/** What the engine tells everyone who is connected. Events inform, they never steer. */
import { z } from 'zod'
import { deviceStatus } from './backend'
import { collectionInfo } from './collection'
import { jobProgress } from './jobs'
import { mapMethod } from './map'
import { projectInfo } from './project'
import { metricPoint, runId, runInfo } from './run'

export const event = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('job'), job: jobProgress }),
  z.object({ kind: z.literal('project'), project: projectInfo.nullable() }),
  z.object({ kind: z.literal('collection'), collection: collectionInfo }),
  z.object({ kind: z.literal('run'), run: runInfo }),
  z.object({ kind: z.literal('metrics'), run: runId, points: z.array(metricPoint) }),
  /** New pictures can be fetched with `run.pictures`. */
  z.object({ kind: z.literal('pictures'), run: runId, step: z.int() }),
  /** A new map can be fetched with `map.get`. */
  z.object({ kind: z.literal('map'), run: runId, method: mapMethod, live: z.boolean() }),
  z.object({ kind: z.literal('board') }),
  z.object({ kind: z.literal('device'), device: deviceStatus }),
  /** Whether all that was done is on disk; `failure` says why not. */
  z.object({ kind: z.literal('saved'), failure: z.string().nullable() }),
])
export type VariaEvent = z.infer<typeof event>
export type EventKind = VariaEvent['kind']
export type EventOf<Kind extends EventKind> = Extract<VariaEvent, { kind: Kind }>
