/** `varia://app/`: the built renderer under an origin of its own, and nothing else of the disk (SAFETY row 3). */
import { protocol, type Session } from 'electron'
import { readFile } from 'node:fs/promises'
import { findAsset } from '../page/assets'
import { pageHeaders } from '../page/policy'

export const pageScheme = 'varia'
export const pageOrigin = `${pageScheme}://app`
export const pageAddress = `${pageOrigin}/index.html`

interface Served {
  readonly status: number
  readonly headers: Record<string, string>
  readonly body: Buffer
}

const missing: Served = {
  status: 404,
  headers: { ...pageHeaders(), 'content-type': 'text/plain; charset=utf-8' },
  body: Buffer.from('There is no such page.\n'),
}

/** What an address of the scheme is answered with. */
export async function servePage(root: string, method: string, address: string): Promise<Served> {
  // The parts are cut by hand: a URL object would already have resolved `..`, and this must not depend on it.
  const prefix = `${pageOrigin}/`
  if (method !== 'GET' || !address.startsWith(prefix)) return missing
  const pathname = address.slice(prefix.length - 1).split(/[?#]/, 1)[0] ?? '/'
  const asset = await findAsset(root, pathname)
  if (asset === null) return missing
  const headers = { ...pageHeaders(), 'content-type': asset.type, 'cache-control': 'no-cache' }
  return { status: 200, headers, body: await readFile(asset.path) }
}

/** Tells Electron what kind of scheme it is; must be called before the application is ready. */
export function registerPageScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: pageScheme, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ])
}

/** Serves the folder `root` under the scheme in a session. */
export function handlePageScheme(session: Session, root: string): void {
  // Electron 22, which tests may run under, has no `handle` yet.
  if (typeof session.protocol.handle === 'function') {
    session.protocol.handle(pageScheme, async (request) => {
      const { status, headers, body } = await servePage(root, request.method, request.url)
      return new Response(new Uint8Array(body), { status, headers })
    })
    return
  }
  session.protocol.registerBufferProtocol(pageScheme, (request, answer) => {
    servePage(root, request.method, request.url)
      .catch(() => missing)
      .then(({ status, headers, body }) => {
        const { 'content-type': type = 'text/plain', ...others } = headers
        answer({
          statusCode: status,
          headers: others,
          mimeType: type.split(';', 1)[0] ?? type,
          charset: 'utf-8',
          data: body,
        })
      })
      .catch(() => undefined)
  })
}
