/** `varia evaluate` and `varia map`. */
import { type Command, Option } from 'commander'
import { type BackendName } from '../../contract/backend'
import { type MapMethod } from '../../contract/map'
import { backendOption, commandOf, type CommonOptions, type Run, runOption } from '../command'

interface RunOptions extends CommonOptions {
  readonly run?: number
  readonly backend?: BackendName
}

export function evaluateCommand(run: Run): Command {
  return commandOf('evaluate', 'Figures on the held-out tenth; sums over pixels in nats')
    .argument('<project>', 'a .varia folder')
    .addOption(runOption())
    .addOption(backendOption())
    .action((place: string, options: RunOptions) =>
      run(options, async (workspace) => {
        const project = await workspace.openProject(place, true)
        const id = await workspace.run(project, options.run)
        const figures = await workspace.call('run.evaluate', { run: id })
        workspace.terminal.result({ run: id, ...figures }, [
          `Run ${String(id)}, checkpoint ${figures.checkpoint}, ${String(figures.n)} held-out pictures`,
          `  negative ELBO   ${figures.negativeElbo.toFixed(2)} nats  (${figures.bitsPerDim.toFixed(4)} bits a value)`,
          `  reconstruction  ${figures.reconstruction.toFixed(2)} nats`,
          `  KL              ${figures.kl.toFixed(2)} nats, ${String(figures.activeUnits)} active units`,
          `  MSE             ${figures.mse.toFixed(5)}, PSNR ${figures.psnr.toFixed(2)} dB, SSIM ${figures.ssim.toFixed(4)}`,
        ])
      }),
    )
}

export function mapCommand(run: Run): Command {
  return commandOf('map', 'Lay all designs out in three dimensions, and save the map with the project')
    .argument('<project>', 'a .varia folder')
    .addOption(
      new Option('--method <name>', 'principal directions, or neighbours').choices(['pca', 'umap']).default('pca'),
    )
    .addOption(runOption())
    .addOption(backendOption())
    .action((place: string, options: RunOptions & { method: MapMethod }) =>
      run(options, async (workspace) => {
        const project = await workspace.openProject(place)
        const id = await workspace.run(project, options.run)
        const { method } = options
        const began = Date.now()
        await workspace.finished((await workspace.call('map.compute', { run: id, method })).job)
        const seconds = (Date.now() - began) / 1000
        const map = await workspace.call('map.get', { run: id, method })
        const explained = map?.frame?.explained ?? null
        const share = explained === null ? '' : `, ${Math.round(100 * sum(explained)).toFixed(0)} % of the variance`
        workspace.terminal.result({ run: id, method, items: map?.items.length ?? 0, seconds, explained }, [
          `Mapped ${String(map?.items.length ?? 0)} designs by ${method} in ${seconds.toFixed(1)} s${share}.`,
        ])
      }),
    )
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
