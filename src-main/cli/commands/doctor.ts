/** `varia doctor`: what can compute here, why the rest can't, and how fast. */
import { type Command } from 'commander'
import { type BackendReport } from '../../contract/backend'
import { commandOf, type CommonOptions, type Run } from '../command'

export function doctorCommand(run: Run): Command {
  return commandOf('doctor', 'Say what can compute on this machine, why the rest can’t, and how fast it is')
    .option('--no-measure', 'only look, which takes a second')
    .action((options: CommonOptions & { measure: boolean }) =>
      run(options, async (workspace) => {
        const backends = await workspace.call('app.doctor', { measure: options.measure })
        workspace.terminal.result({ backends }, backends.flatMap(describe))
      }),
    )
}

function describe(report: BackendReport): string[] {
  if (!report.works) {
    const remedy = report.remedy === '' ? [] : [`    ${report.remedy}`]
    return [`- ${report.title} (${report.name}): ${report.detail}`, ...remedy]
  }
  const figures = [
    report.gflops === null ? null : `${report.gflops.toFixed(0)} GFLOP/s`,
    report.trainingRate === null ? null : `${report.trainingRate.toFixed(0)} pictures/s learning`,
    report.memory === null ? null : `${(report.memory / 2 ** 20).toFixed(0)} MiB`,
  ].filter((figure): figure is string => figure !== null)
  const measured = figures.length === 0 ? [] : [`    ${figures.join(', ')}`]
  return [`+ ${report.title} (${report.name}): ${report.detail}`, ...measured]
}
