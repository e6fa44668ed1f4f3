/**
 * Grants: permission to use one path each. A door makes them when its user picks or drops something; whoever calls the
 * contract passes the id and never a path, so a compromised window can reach only what its user handed it (SAFETY row 10).
 */
import { randomBytes } from 'node:crypto'
import { basename, resolve } from 'node:path'
import { VariaError } from '../contract/errors'
import { type GrantId, grantId } from '../contract/project'

/**
 * What a granted path may be used for.
 * - `import`: a folder or file to read pictures from
 * - `attributes`: a CSV file to read
 * - `open-project`: an existing `Name.varia` folder
 * - `create-project`: a folder in which `Name.varia` is made, or a path ending in `.varia` that does not exist yet
 * - `latents`: a CSV or NPY file to read
 * - `export`: a folder, or the name of a file, to write to
 */
export type GrantPurpose = 'import' | 'attributes' | 'open-project' | 'create-project' | 'latents' | 'export'

export interface GrantOptions {
  readonly kind: 'folder' | 'file'
  readonly purpose: GrantPurpose
  /** The system already asked whether to overwrite this file (a "save as" dialog). Default false. */
  readonly mayOverwrite?: boolean
  /** What people call it; the path's last part unless given. */
  readonly name?: string
}

export interface Grant {
  readonly id: GrantId
  readonly path: string
  readonly kind: 'folder' | 'file'
  readonly purpose: GrantPurpose
  readonly mayOverwrite: boolean
  readonly name: string
}

const most = 50_000

/** All grants of one engine. They live as long as the process and are never written down. */
export class Grants {
  readonly #grants = new Map<string, Grant>()

  /** Grants `path` and returns the id that stands for it: 144 random bits, so it can't be guessed. */
  grant(path: string, options: GrantOptions): GrantId {
    const id = grantId.parse(randomBytes(18).toString('base64url'))
    const absolute = resolve(path)
    this.#grants.set(id, {
      id,
      path: absolute,
      kind: options.kind,
      purpose: options.purpose,
      mayOverwrite: options.mayOverwrite ?? false,
      name: options.name ?? basename(absolute),
    })
    if (this.#grants.size > most) this.#forgetOldest()
    return id
  }

  /**
   * The grant behind an id, checked against what it is wanted for.
   * @throws VariaError `not-allowed` when there is none or it was made for something else.
   */
  resolve(id: string, purpose: GrantPurpose): Grant {
    const found = this.#grants.get(id)
    if (found === undefined || found.purpose !== purpose) {
      throw new VariaError({
        code: 'not-allowed',
        message: 'Varia has no permission to use that place.',
        remedy: 'Choose the file or folder again in the dialog, or drop it on the window.',
      })
    }
    return found
  }

  /** Takes a grant back, as when an upload's staging folder goes. */
  revoke(id: string): void {
    this.#grants.delete(id)
  }

  #forgetOldest(): void {
    const oldest = this.#grants.keys().next()
    if (oldest.done !== true) this.#grants.delete(oldest.value)
  }
}
