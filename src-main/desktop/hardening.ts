/** What a page may never do, whatever it tries: SAFETY rows 1, 4, 5 and 11. */
import type { App, Session, WebContents, WebPreferences } from 'electron'

/** The preferences of every window (row 1). */
export function windowPreferences(preload: string, devTools: boolean): WebPreferences {
  return {
    preload,
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    webviewTag: false,
    navigateOnDragDrop: false,
    spellcheck: false,
    devTools,
  }
}

/** Switches that keep Chromium itself from the network; before the application is ready. */
export function hardenProcess(app: App): void {
  app.commandLine.appendSwitch('disable-background-networking')
  app.commandLine.appendSwitch('disable-component-update')
  app.commandLine.appendSwitch('disable-domain-reliability')
  app.commandLine.appendSwitch('no-pings')
  app.commandLine.appendSwitch('dns-prefetch-disable')
  // No name resolves: what the rules below overlooked still reaches nobody.
  app.commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND')
  app.commandLine.appendSwitch('force-webrtc-ip-handling-policy', 'disable_non_proxied_udp')
}

/** Addresses a page may load from: its own origin, what it made itself, and the developer tools' own files. */
export function mayLoad(address: string, origin: string): boolean {
  return (
    address.startsWith(`${origin}/`) ||
    address.startsWith(`blob:${origin}/`) ||
    address.startsWith('data:') ||
    address.startsWith('devtools://')
  )
}

/** Denies permissions (row 4), requests that leave the application (row 11) and downloads. */
export function hardenSession(session: Session, origin: string): void {
  session.setPermissionRequestHandler((_contents, _permission, decide) => {
    decide(false)
  })
  session.setPermissionCheckHandler(() => false)
  session.setDevicePermissionHandler(() => false)
  // Chromium would fetch dictionaries, even with its spelling switched off.
  session.setSpellCheckerDictionaryDownloadURL(`${origin}/none/`)
  session.setSpellCheckerLanguages([])
  session.setSpellCheckerEnabled(false)
  session.webRequest.onBeforeRequest((request, decide) => {
    decide({ cancel: !mayLoad(request.url, origin) })
  })
  session.on('will-download', (event) => {
    event.preventDefault()
  })
}

/** Denies navigation, new windows and web views (row 5). `address` is the page itself, which may be loaded again. */
export function hardenContents(contents: WebContents, address: string): void {
  const deny = (event: { preventDefault: () => void }, to: string): void => {
    if (to !== address) event.preventDefault()
  }
  contents.on('will-navigate', (event, to: string) => {
    deny(event, to)
  })
  contents.on('will-redirect', (event, to: string) => {
    deny(event, to)
  })
  contents.on('will-attach-webview', (event) => {
    event.preventDefault()
  })
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
}
