/** The system's dialogs, and what a picked or dropped path is: the only places paths come from (SAFETY row 10). */
import type { OpenDialogOptions } from 'electron'
import { stat } from 'node:fs/promises'
import { basename, extname } from 'node:path'
import { type Granted, type PickKind } from '../contract/bridge'
import { type GrantRequest } from '../contract/engine-control'

/** The picture files the dialogs offer; what a file really is, its content decides. */
const pictureExtensions = ['png', 'jpg', 'jpeg', 'webp', 'avif', 'gif', 'tif', 'tiff', 'svg']

/** The dialog that asks for a kind. Projects are folders, so a folder is chosen there, too. */
export function dialogFor(kind: PickKind): OpenDialogOptions {
  switch (kind) {
    case 'folder':
      return { title: 'Open your folder of designs', buttonLabel: 'Open', properties: ['openDirectory'] }
    case 'pictures':
      return {
        title: 'Choose pictures',
        properties: ['openFile', 'multiSelections'],
        filters: [{ name: 'Pictures', extensions: pictureExtensions }],
      }
    case 'project':
      return {
        title: 'Open a project',
        buttonLabel: 'Open',
        properties: ['openDirectory', 'treatPackageAsDirectory'],
      }
    case 'attributes':
      return {
        title: 'Choose a table of attributes',
        properties: ['openFile'],
        filters: [{ name: 'Tables', extensions: ['csv'] }],
      }
    case 'export-folder':
      return { title: 'Export into', buttonLabel: 'Export here', properties: ['openDirectory', 'createDirectory'] }
    case 'project-folder':
      return {
        title: 'Where the project is to lie',
        buttonLabel: 'Choose',
        properties: ['openDirectory', 'createDirectory'],
      }
  }
}

/** A path with what it may be used for, and what the renderer is told of it. */
export interface Picked {
  readonly request: GrantRequest
  readonly name: string
  readonly kind: Granted['kind']
}

function picked(path: string, request: Omit<GrantRequest, 'path'>, kind: Granted['kind']): Picked {
  return { request: { path, ...request }, name: basename(path), kind }
}

/** What a path from the dialog for `kind` may be used for. */
export function pickedPath(kind: PickKind, path: string): Picked {
  switch (kind) {
    case 'folder':
      return picked(path, { kind: 'folder', purpose: 'import' }, 'folder')
    case 'pictures':
      return picked(path, { kind: 'file', purpose: 'import' }, 'picture')
    case 'project':
      return picked(path, { kind: 'folder', purpose: 'open-project' }, 'project')
    case 'attributes':
      return picked(path, { kind: 'file', purpose: 'attributes' }, 'attributes')
    case 'export-folder':
      return picked(path, { kind: 'folder', purpose: 'export' }, 'folder')
    case 'project-folder':
      return picked(path, { kind: 'folder', purpose: 'create-project' }, 'folder')
  }
}

/** What a dropped path may be used for; null for what is gone or neither file nor folder. */
export async function droppedPath(path: string): Promise<Picked | null> {
  try {
    const found = await stat(path)
    if (found.isDirectory()) return pickedPath(extname(path).toLowerCase() === '.varia' ? 'project' : 'folder', path)
    if (!found.isFile()) return null
    return pickedPath(extname(path).toLowerCase() === '.csv' ? 'attributes' : 'pictures', path)
  } catch {
    return null
  }
}
