/**
 * What the preload asks of the main process. Every message is checked twice: who sent it (row 7), and what it says (row
 * 8); answers cross as values or failures, never as thrown strings.
 */
import {
  BrowserWindow,
  dialog,
  ipcMain,
  type IpcMainEvent,
  type IpcMainInvokeEvent,
  nativeTheme,
  shell,
} from 'electron'
import { MessageChannelMain } from 'electron'
import { basename, isAbsolute, join } from 'node:path'
import { z } from 'zod'
import { type Granted, page, pageUrls, pickKind, theme } from '../contract/bridge'
import { toFailure, VariaError } from '../contract/errors'
import { dialogFor, droppedPath, type Picked, pickedPath } from './dialogs'
import { isTrustedSender } from './sender'
import { type EngineSupervisor } from './supervisor'

const requestName = z.string().regex(/^[\w-]{1,64}$/)
const droppedPaths = z.array(z.string().min(1).max(32_768).refine(isAbsolute)).max(10_000)
const fileName = z
  .string()
  .min(1)
  .max(255)
  .refine((name) => name === basename(name) && name !== '.' && name !== '..' && !name.includes('\\'))

export interface IpcOptions {
  readonly engine: EngineSupervisor
  /** Where trusted pages come from. */
  readonly origin: string
  /** A window has begun to listen for projects opened from outside. */
  readonly onListening: (window: BrowserWindow) => void
}

function refused(): VariaError {
  return new VariaError({
    code: 'not-allowed',
    message: 'Only the window of Varia itself may ask for this.',
    remedy: 'Restart Varia; report it if it happens again.',
  })
}

function parsed<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  throw new VariaError({
    code: 'bad-request',
    message: 'The window asked for something Varia does not know.',
    remedy: 'Restart Varia; report it if it happens again.',
  })
}

/** Serves the preload's functions. */
export function serveIpc({ engine, origin, onListening }: IpcOptions): void {
  const trusted = (event: IpcMainEvent | IpcMainInvokeEvent): BrowserWindow => {
    const window = BrowserWindow.fromWebContents(event.sender)
    if (window === null || !isTrustedSender(event.senderFrame, origin)) throw refused()
    return window
  }
  const handle = (name: string, work: (window: BrowserWindow, ...args: unknown[]) => Promise<unknown>): void => {
    ipcMain.handle(name, async (event, ...args: unknown[]) => {
      try {
        return { ok: true, value: await work(trusted(event), ...args) }
      } catch (error) {
        return { ok: false, failure: toFailure(error) }
      }
    })
  }

  handle('varia:connect', async (window, request) => {
    const name = parsed(requestName, request)
    const { port1, port2 } = new MessageChannelMain()
    await engine.addClient(port1)
    window.webContents.postMessage('varia:port', name, [port2])
  })
  handle('varia:pick', async (window, kind) => {
    const asked = parsed(pickKind, kind)
    const { canceled, filePaths } = await dialog.showOpenDialog(window, dialogFor(asked))
    return canceled
      ? []
      : grantAll(
          engine,
          filePaths.map((path) => pickedPath(asked, path)),
        )
  })
  handle('varia:dropped', async (_window, paths) => {
    const found = await Promise.all(parsed(droppedPaths, paths).map(droppedPath))
    return grantAll(
      engine,
      found.filter((one) => one !== null),
    )
  })
  handle('varia:reveal', async (_window, grant, file) => {
    const place = await engine.place(parsed(z.string().max(64), grant))
    const name = parsed(fileName.optional(), file)
    shell.showItemInFolder(name === undefined ? place : join(place, name))
  })
  handle('varia:page', async (_window, name) => {
    await shell.openExternal(pageUrls[parsed(page, name)])
  })
  ipcMain.on('varia:theme', (event, value) => {
    const chosen = theme.safeParse(value)
    if (chosen.success && isTrustedSender(event.senderFrame, origin)) nativeTheme.themeSource = chosen.data
  })
  ipcMain.on('varia:listening', (event) => {
    const window = BrowserWindow.fromWebContents(event.sender)
    if (window !== null && isTrustedSender(event.senderFrame, origin)) onListening(window)
  })
}

/** Makes grants for picked paths. */
export async function grantAll(engine: EngineSupervisor, all: readonly Picked[]): Promise<Granted[]> {
  if (all.length === 0) return []
  const ids = await engine.grant(all.map(({ request }) => request))
  return all.flatMap(({ name, kind }, index) => {
    const grant = ids[index]
    return grant === undefined ? [] : [{ grant, name, kind }]
  })
}
