/** The door this window runs behind: the desktop's preload when it is there, else the server that sent the page. */
import type { VariaBridge } from '../../src-main/contract/bridge'
import type { VariaPreload } from '../../src-main/contract/preload'
import { browserBridge } from './browser-bridge'
import { desktopBridge } from './desktop-bridge'

declare global {
  interface Window {
    /** Only in the desktop application. */
    readonly varia?: VariaPreload
  }
}

/** The one bridge of this window. */
export const bridge: VariaBridge = window.varia === undefined ? browserBridge() : desktopBridge(window.varia)
