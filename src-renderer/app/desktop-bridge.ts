/** The bridge of the desktop application: the preload's functions, with their answers checked. */
import { z } from 'zod'
import { granted, menuAction, type VariaBridge } from '../../src-main/contract/bridge'
import { failureSchema, fromFailure } from '../../src-main/contract/errors'
import { portMessage, type VariaPreload } from '../../src-main/contract/preload'
import { engineLost } from '../../src-main/contract/rpc'
import { portChannel } from './port-channel'

const answer = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), value: z.unknown() }),
  z.object({ ok: z.literal(false), failure: failureSchema }),
])
const grantedList = z.array(granted)

const platforms: Readonly<Record<string, VariaBridge['platform']>> = { darwin: 'mac', win32: 'windows' }

/** Milliseconds a port may take from the main process to the page. */
const portTime = 10_000

/** The value of an answer; throws its failure. */
async function valueOf(asked: Promise<unknown>): Promise<unknown> {
  const told = answer.parse(await asked)
  if (!told.ok) throw fromFailure(told.failure)
  return told.value
}

export function desktopBridge(preload: VariaPreload): VariaBridge {
  let requests = 0

  /** The port that the preload posts to this window under a request's name. */
  function arrivingPort(request: string): { port: Promise<MessagePort>; forget: () => void } {
    let forget: () => void = () => undefined
    const port = new Promise<MessagePort>((resolve) => {
      const heard = (event: MessageEvent<unknown>): void => {
        const [arrived] = event.ports
        if (event.source !== window || event.data !== portMessage(request) || arrived === undefined) return
        forget()
        resolve(arrived)
      }
      forget = () => window.removeEventListener('message', heard)
      window.addEventListener('message', heard)
    })
    return { port, forget }
  }

  return {
    door: 'desktop',
    platform: platforms[preload.platform()] ?? 'linux',
    hasDialogs: true,
    async connect() {
      requests += 1
      const request = `window-${requests}`
      const { port, forget } = arrivingPort(request)
      try {
        await valueOf(preload.connect(request))
        const late = new Promise<never>((_, reject) => setTimeout(() => reject(engineLost()), portTime))
        return portChannel(await Promise.race([port, late]))
      } finally {
        forget()
      }
    },
    async pick(kind) {
      return grantedList.parse(await valueOf(preload.pick(kind)))
    },
    async grantDropped() {
      return grantedList.parse(await valueOf(preload.grantDropped()))
    },
    onMenu(listener) {
      let listening = true
      preload.onMenu((action) => {
        const parsed = menuAction.safeParse(action)
        if (listening && parsed.success) listener(parsed.data)
      })
      return () => {
        listening = false
      }
    },
    onOpenProject(listener) {
      let listening = true
      preload.onOpenProject((project) => {
        const parsed = granted.safeParse(project)
        if (listening && parsed.success) listener(parsed.data)
      })
      return () => {
        listening = false
      }
    },
    async reveal(grant, file) {
      await valueOf(preload.reveal(grant, file))
    },
    async openPage(page) {
      await valueOf(preload.openPage(page))
    },
    setTheme: (theme) => preload.setTheme(theme),
  }
}
