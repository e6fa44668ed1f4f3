/** `varia info`: what a project holds. */
import { type Command } from 'commander'
import { commandOf, type CommonOptions, type Run } from '../command'
import { describeCollection, describeFiles } from './new'

export function infoCommand(run: Run): Command {
  return commandOf('info', 'Say what a project holds: its designs, what could not be read, its runs')
    .argument('<project>', 'a .varia folder')
    .action((place: string, options: CommonOptions) =>
      run(options, async (workspace) => {
        const project = await workspace.openProject(place, true)
        const runs = await workspace.call('run.list')
        const problems = await workspace.call('collection.problems')
        const notes = await workspace.call('collection.notes')
        const lines = [`${project.name}  (${project.place})`]
        lines.push(project.collection === null ? 'no pictures yet' : describeCollection(project.collection))
        for (const column of project.collection?.attributes ?? []) {
          const values = column.range === null ? `${String(column.labels.length)} labels` : column.range.join(' to ')
          lines.push(`  ${column.name}: ${column.kind}, ${values}, ${String(column.missing)} missing`)
        }
        if (project.interruptedImport !== null) {
          const { origin, count } = project.interruptedImport
          lines.push(`only ${count.toLocaleString('en')} designs of ${origin} came in: that import was interrupted`)
        }
        lines.push(...project.notices.map(({ message, remedy }) => `${message} ${remedy}`))
        lines.push(...describeFiles(problems, notes))
        for (const one of runs) {
          const loss = one.checkpoint?.validation
          const figures = loss === null || loss === undefined ? '' : `, ${loss.toFixed(1)} nats held out`
          const mark = one.id === project.activeRun ? '*' : ' '
          lines.push(
            `${mark} run ${String(one.id)}  ${one.name}: ${one.recipe.name}, ${one.state}, ${one.epoch.toFixed(1)} epochs${figures}`,
          )
          if (one.diagnosis !== null) lines.push(`    ${one.diagnosis.sentence} ${one.diagnosis.remedy}`)
        }
        workspace.terminal.result({ ...project, runs, problems, notes }, lines)
      }),
    )
}
