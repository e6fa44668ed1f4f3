import type { BackendDriver } from '../driver'

/** Plain JavaScript: slow, exact from run to run, and there wherever Varia is. */
export const cpu: BackendDriver = {
  name: 'cpu',
  title: 'JavaScript',
  async load() {
    const { version_cpu: version } = await import('@tensorflow/tfjs-backend-cpu')
    return { tfjsName: 'cpu', detail: `tfjs ${version}, one thread`, versions: { 'tfjs-backend-cpu': version } }
  },
}
