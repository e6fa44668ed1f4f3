/**
 * The bridge of a browser: HTTP and a WebSocket to the server that sent this page. Folders and files are uploaded into a
 * staging place there; exports come back as downloads.
 */
import { pageUrls, type PickKind, type VariaBridge } from '../../src-main/contract/bridge'
import { VariaError } from '../../src-main/contract/errors'
import { engineLost } from '../../src-main/contract/rpc'
import { droppedFiles } from './dropped-files'
import { socketChannel } from './socket-channel'
import { type NamedFile, uploadFiles, type UploadKind } from './uploads'

const tokenPattern = /[#&?]token=([^&]+)/

/** Hands the token in the address over for a session, and takes it out of the address and the history. */
async function enter(): Promise<void> {
  const token = tokenPattern.exec(window.location.hash)?.[1] ?? tokenPattern.exec(window.location.search)?.[1]
  if (token === undefined) return
  window.history.replaceState(null, '', window.location.pathname)
  await fetch('session', {
    method: 'POST',
    body: JSON.stringify({ token: decodeURIComponent(token) }),
    credentials: 'same-origin',
  })
}

function openSocket(): Promise<WebSocket> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`ws://${window.location.host}/connect`)
    socket.addEventListener('open', () => resolve(socket), { once: true })
    socket.addEventListener('close', () => reject(engineLost()), { once: true })
  })
}

/** Lets its user choose files; empty when they cancel. A folder's files have their paths below it. */
function chooseFiles(kind: Extract<PickKind, 'folder' | 'pictures' | 'attributes'>): Promise<NamedFile[]> {
  const input = document.createElement('input')
  input.type = 'file'
  if (kind === 'folder') input.webkitdirectory = true
  input.multiple = kind !== 'attributes'
  input.accept = kind === 'pictures' ? 'image/*' : kind === 'attributes' ? '.csv,text/csv' : ''
  return new Promise((resolve) => {
    const settle = (): void =>
      resolve(Array.from(input.files ?? [], (file) => ({ name: file.webkitRelativePath || file.name, file })))
    input.addEventListener('change', settle, { once: true })
    input.addEventListener('cancel', () => resolve([]), { once: true })
    // In the page while it is open, so that a driver of the browser can find it.
    input.hidden = true
    input.dataset['pick'] = kind
    document.body.append(input)
    input.click()
  }).finally(() => input.remove()) as Promise<NamedFile[]>
}

export function browserBridge(): VariaBridge {
  const entered = enter()
  return {
    door: 'server',
    platform: 'browser',
    hasDialogs: false,
    async connect() {
      await entered.catch(() => undefined)
      const session = await fetch('session', { credentials: 'same-origin' }).catch(() => null)
      if (session === null) throw engineLost()
      if (session.status === 401) {
        throw new VariaError({
          code: 'not-allowed',
          message: 'This page has no permission to use the studio.',
          remedy: 'Open the address that the server printed, with its token.',
        })
      }
      return socketChannel(await openSocket())
    },
    async pick(kind, onUpload) {
      if (kind !== 'folder' && kind !== 'pictures' && kind !== 'attributes') return []
      const uploadKind: UploadKind = kind
      return uploadFiles(await chooseFiles(kind), uploadKind, onUpload)
    },
    async grantDropped(drop, onUpload) {
      return uploadFiles(await droppedFiles(drop), 'drop', onUpload)
    },
    onMenu: () => () => undefined,
    onOpenProject: () => () => undefined,
    reveal: () => Promise.resolve(),
    openPage: (page) => {
      window.open(pageUrls[page], '_blank', 'noopener,noreferrer')
      return Promise.resolve()
    },
    setTheme: () => undefined,
  }
}
