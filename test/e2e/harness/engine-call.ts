/** Asks the engine what the window would, through a channel of the test's own: the contract as a page speaks it. */
import { type Page } from '@playwright/test'
import { type InputOf, type OutputOf, type ProcedureName } from '../../../src-main/contract/procedures'

export type Told<Value> =
  { ok: true; value: Value } | { ok: false; failure: { code: string; message: string; remedy: string } }

/** The raw answer of a procedure. Pictures don't come across well: ask for figures. */
export async function askEngine<Name extends ProcedureName>(
  page: Page,
  name: Name,
  input?: unknown,
): Promise<Told<OutputOf<Name>>> {
  const told = await page.evaluate(
    async ([procedure, argument]) => {
      const varia = (window as unknown as { varia: { connect(request: string): Promise<{ ok: boolean }> } }).varia
      const request = `test-${String(performance.now()).replace('.', '-')}`
      const arrives = new Promise<MessagePort>((resolve) => {
        const heard = (event: MessageEvent): void => {
          const [port] = event.ports
          if (event.data !== `varia-port:${request}` || port === undefined) return
          window.removeEventListener('message', heard)
          resolve(port)
        }
        window.addEventListener('message', heard)
      })
      const connected = await varia.connect(request)
      if (!connected.ok) return connected
      const port = await arrives
      const answer = new Promise((resolve) => {
        port.onmessage = ({ data }: MessageEvent<{ t?: string; r?: unknown }>) => {
          if (data.t === 's') resolve(data.r)
        }
        port.addEventListener('close', () =>
          resolve({ ok: false, failure: { code: 'engine-lost', message: '', remedy: '' } }),
        )
      })
      port.postMessage({ t: 'q', m: 'call', a: [procedure, argument], i: 'x' })
      const value = await answer
      port.close()
      return value
    },
    [name, input] as const,
  )
  return told as Told<OutputOf<Name>>
}

/** The value of a procedure; throws its failure. */
export async function callEngine<Name extends ProcedureName>(
  page: Page,
  name: Name,
  ...[input]: undefined extends InputOf<Name> ? [input?: InputOf<Name>] : [input: InputOf<Name>]
): Promise<OutputOf<Name>> {
  const told = await askEngine(page, name, input)
  if (!told.ok) throw new Error(`${name}: ${told.failure.code}: ${told.failure.message}`)
  return told.value
}
