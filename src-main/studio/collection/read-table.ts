/** The table of attributes that was chosen beside the pictures. */
import { VariaError } from '../../contract/errors'
import { type AttributeTable, parseAttributes } from '../../modality/attributes/parse-attributes'
import { readFileWhole, realDisk } from '../../project/disk'
import { type StudioContext } from '../context'

const largestCsv = 256 * 2 ** 20

export interface NamedTable {
  readonly table: AttributeTable
  readonly name: string
}

/** Reads a granted CSV. @throws VariaError `attributes-damaged`, `not-found` */
export async function readTable(context: StudioContext, grantId: string): Promise<NamedTable> {
  const { path, name } = context.grants.resolve(grantId, 'attributes')
  const data = await readFileWhole(realDisk, path, largestCsv).catch((error: unknown) => {
    if (!(error instanceof RangeError)) throw error
    throw new VariaError({
      code: 'attributes-damaged',
      message: `${name} is too large for a table of attributes.`,
      remedy: 'Keep one row a picture and a few dozen columns.',
      subject: name,
    })
  })
  if (data === null) {
    throw new VariaError({
      code: 'not-found',
      message: `${name} is not there any more.`,
      remedy: 'Choose the file again.',
      subject: name,
    })
  }
  return { table: parseAttributes(data, name), name }
}
