/** What goes with an exported model: how to read it in Python, and a module that does. */
import { type RunInfo } from '../../contract/run'
import { type PictureShape } from '../../model/pictures'

export const modelReader = ''

export function modelReadme(run: RunInfo, shape: PictureShape): string {
  return `# ${run.name} ${String(shape.width)}\n`
}
