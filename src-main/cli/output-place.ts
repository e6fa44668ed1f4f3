/** `--out`: a file where its suffix says so, else a folder. */
import { existsSync, statSync } from 'node:fs'
import { extname, resolve } from 'node:path'
import { VariaError } from '../contract/errors'

export interface OutputPlace {
  readonly path: string
  readonly kind: 'folder' | 'file'
  /** In lower case, with the dot; empty for a folder. */
  readonly suffix: string
}

/**
 * What `--out` names.
 * @param suffixes of files the command can write
 * @param folders whether it can write into a folder as well
 * @throws VariaError `bad-request` for anything else
 */
export function outputPlace(out: string, suffixes: readonly string[], folders: boolean): OutputPlace {
  const path = resolve(out)
  const isFolder = existsSync(path) && statSync(path).isDirectory()
  const suffix = extname(path).toLowerCase()
  if (!isFolder && suffixes.includes(suffix)) return { path, kind: 'file', suffix }
  if (folders && (isFolder || suffix === '')) return { path, kind: 'folder', suffix: '' }
  const choices = [...suffixes.map((one) => `a file ending in ${one}`), ...(folders ? ['a folder'] : [])]
  throw new VariaError({
    code: 'bad-request',
    message: `--out ${out} is not something this command writes.`,
    remedy: `Give ${choices.join(', or ')}.`,
    subject: out,
  })
}
