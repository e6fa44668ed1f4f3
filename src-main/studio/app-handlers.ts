/** The application itself: who it is, what computes, jobs. */
import { diagnoseBackends } from '../compute/doctor'
import { type Handlers } from '../contract/procedures'
import { busy, type StudioContext } from './context'

type AppHandlers = Pick<
  Handlers,
  | 'app.hello'
  | 'app.device'
  | 'app.doctor'
  | 'app.useBackend'
  | 'jobs.list'
  | 'jobs.pause'
  | 'jobs.resume'
  | 'jobs.cancel'
  | 'jobs.forget'
>

export function appHandlers(context: StudioContext): AppHandlers {
  const { jobs, device, options } = context
  return {
    'app.hello': () =>
      Promise.resolve({ version: options.version, door: options.door, hasDialogs: options.door === 'desktop' }),
    'app.device': () => device.status(),
    'app.doctor': ({ measure }, { signal }) => {
      if (measure && trains(context)) {
        throw busy('A run is training: the figures would mean nothing.', 'Pause it, then measure.')
      }
      const job = jobs.start({
        kind: 'doctor',
        title: 'Looking at what can compute here',
        unit: 'backends',
        run: (running) =>
          device.exclusively(() =>
            diagnoseBackends({
              measure,
              signal: running.signal,
              onBackend: (title) => {
                running.progress({ detail: title })
              },
            }),
          ),
      })
      signal.addEventListener('abort', () => void jobs.cancel(job.id).catch(() => undefined), { once: true })
      return job.result
    },
    'app.useBackend': async ({ backend }) => {
      if (trains(context)) {
        throw busy('A run is training on this backend.', 'Pause or stop it first, then choose another.')
      }
      await jobs.cancelAll(['map', 'evaluate', 'export'])
      // Tensors belong to the backend that made them.
      await context.open?.models.clear()
      await device.choose(backend)
      return device.status()
    },
    'jobs.list': () => Promise.resolve(jobs.list()),
    'jobs.pause': ({ job }) => {
      jobs.pause(job)
      return Promise.resolve(undefined)
    },
    'jobs.resume': ({ job }) => {
      jobs.resume(job)
      return Promise.resolve(undefined)
    },
    'jobs.cancel': async ({ job }) => {
      await jobs.cancel(job)
      return undefined
    },
    'jobs.forget': ({ job }) => {
      jobs.forget(job)
      return Promise.resolve(undefined)
    },
  }
}

function trains({ open }: StudioContext): boolean {
  return open !== null && open.training !== null
}
