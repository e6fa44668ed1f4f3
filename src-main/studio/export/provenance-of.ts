/** What an exported picture says of itself, so that dropping it back restores its sliders. */
import { type LatentPoint } from '../../contract/latent'
import { type Provenance } from '../../contract/variant'
import { type Session } from '../session'

export function provenanceOf(session: Session, point: LatentPoint, name: string): Provenance {
  const { project } = session
  const run = project.runs.get(point.runId)
  return {
    varia: 1,
    project: project.info().name,
    run: run.name,
    runId: point.runId,
    recipe: run.recipe.name,
    checkpoint: point.checkpoint,
    latent: Array.from(point.latent),
    source: point.source,
    name,
    madeAt: new Date().toISOString(),
  }
}
