/** The sandboxed bridge: named functions, nothing of Electron itself (SAFETY row 9). */
import { contextBridge, ipcRenderer, webUtils } from 'electron'
import { portMessage, type VariaPreload } from '../contract/preload'

/** Where a file lies; only files that a hand dropped have a place. Electron before 32 kept it on the file. */
function pathOf(file: File): string {
  return typeof webUtils?.getPathForFile === 'function'
    ? webUtils.getPathForFile(file)
    : ((file as File & { readonly path?: string }).path ?? '')
}

let latestDrop: Promise<unknown> = Promise.resolve({ ok: true, value: [] })

// Without this Chromium would try to show what is dropped in place of the application.
window.addEventListener('dragover', (event) => {
  event.preventDefault()
})
window.addEventListener(
  'drop',
  (event) => {
    event.preventDefault()
    const files = event.isTrusted ? [...(event.dataTransfer?.files ?? [])] : []
    const paths = files.map(pathOf).filter((path) => path !== '')
    latestDrop = ipcRenderer.invoke('varia:dropped', paths)
  },
  { capture: true },
)
ipcRenderer.on('varia:port', (event, request: string) => {
  window.postMessage(portMessage(request), window.location.origin, event.ports)
})

const preload: VariaPreload = {
  platform: () => process.platform,
  connect: (request) => ipcRenderer.invoke('varia:connect', request),
  pick: (kind) => ipcRenderer.invoke('varia:pick', kind),
  grantDropped: () => latestDrop,
  onMenu: (listener) => {
    ipcRenderer.on('varia:menu', (_event, action: unknown) => {
      listener(action)
    })
  },
  onOpenProject: (listener) => {
    ipcRenderer.on('varia:open-project', (_event, project: unknown) => {
      listener(project)
    })
    ipcRenderer.send('varia:listening')
  },
  reveal: (grant, file) => ipcRenderer.invoke('varia:reveal', grant, file),
  openPage: (page) => ipcRenderer.invoke('varia:page', page),
  setTheme: (theme) => {
    ipcRenderer.send('varia:theme', theme)
  },
}

contextBridge.exposeInMainWorld('varia', preload)
