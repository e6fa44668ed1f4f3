/** Latents as files: CSV for spreadsheets, NPY for NumPy. */
import { parse } from 'csv-parse/sync'
import { VariaError } from '../../contract/errors'
import { type Bytes } from '../source'
import { isNpy, readNpy, writeNpy } from './npy'

/** Latents as a table: one row a design. */
export interface LatentsTable {
  /** One a row; empty where the file had none. */
  readonly names: readonly string[]
  readonly count: number
  readonly latent: number
  /** [count, latent] */
  readonly values: Float32Array
}

/** CSV with a header `name,z00,z01,...`; numbers so that they read back to the same float32. */
export function writeLatentsCsv(table: LatentsTable): Bytes {
  const { count, latent, names, values } = table
  const digits = Math.max(2, String(latent - 1).length)
  const header = Array.from({ length: latent }, (_, i) => `z${String(i).padStart(digits, '0')}`)
  const lines = [['name', ...header].join(',')]
  for (let row = 0; row < count; row++) {
    const numbers = Array.from(values.subarray(row * latent, (row + 1) * latent), shortest)
    lines.push([quote(names[row] ?? ''), ...numbers].join(','))
  }
  return new Uint8Array(Buffer.from(`${lines.join('\n')}\n`, 'utf8'))
}

/** NumPy's format 1.0: float32, little endian, C order, shape [count, latent]. Names don't fit in it. */
export function writeLatentsNpy(table: LatentsTable): Bytes {
  return writeNpy(table.values, [table.count, table.latent])
}

/**
 * Reads latents from CSV or NPY (told by content), for a model with `latent` dimensions. A CSV's first column holds names
 * where it holds no numbers; its header is optional.
 * Throws VariaError `latents-damaged` (naming the row or the header field) or `latent-size`.
 */
export function readLatents(data: Uint8Array, fileName: string, latent: number): LatentsTable {
  const table = isNpy(data) ? fromNpy(data, fileName) : fromCsv(data, fileName)
  if (table.latent !== latent) {
    throw new VariaError({
      code: 'latent-size',
      message: `“${fileName}” holds latents of ${table.latent} numbers; this model’s have ${latent}.`,
      remedy: 'Choose the run these latents were made with, or a file made with this one.',
      subject: fileName,
    })
  }
  return table
}

/** The fewest digits that read back to the same float32. */
function shortest(value: number): string {
  if (!Number.isFinite(value)) return String(value)
  for (let digits = 6; digits < 9; digits++) {
    const text = value.toPrecision(digits)
    if (Math.fround(Number(text)) === value) return String(Number(text))
  }
  return String(Number(value.toPrecision(9)))
}

function quote(text: string): string {
  return /[",\n\r]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text
}

function fromNpy(data: Uint8Array, fileName: string): LatentsTable {
  const read = readNpy(data)
  if ('problem' in read) throw damaged(fileName, read.problem)
  const [count = 0, latent = 0] = read.shape.length === 1 ? [1, read.shape[0]] : read.shape
  if (read.shape.length > 2)
    throw damaged(fileName, `it has ${read.shape.length} dimensions instead of rows of numbers`)
  const bad = read.values.findIndex((value) => !Number.isFinite(value))
  if (bad >= 0) throw damaged(fileName, `row ${Math.floor(bad / latent) + 1} holds something that is no finite number`)
  return { names: [], count, latent, values: read.values }
}

function fromCsv(data: Uint8Array, fileName: string): LatentsTable {
  const rows = parseRows(data, fileName)
  const [first] = rows
  if (first === undefined) throw damaged(fileName, 'it is empty')
  const hasHeader = first.slice(1).some((cell) => !isNumber(cell)) || (first.length === 1 && !isNumber(first[0] ?? ''))
  const body = hasHeader ? rows.slice(1) : rows
  const sample = body[0]
  if (sample === undefined) throw damaged(fileName, 'it has a header but no rows')
  const hasNames = hasHeader ? !/^z?\d+$/.test((first[0] as string).trim()) : !isNumber(sample[0] ?? '')
  const latent = sample.length - (hasNames ? 1 : 0)
  const values = new Float32Array(body.length * latent)
  body.forEach((row, r) => {
    const numbers = hasNames ? row.slice(1) : row
    const line = r + 1 + (hasHeader ? 1 : 0)
    if (numbers.length !== latent) {
      throw damaged(fileName, `row ${line} has ${numbers.length} numbers where the first has ${latent}`)
    }
    numbers.forEach((cell, i) => {
      if (!isNumber(cell))
        throw damaged(fileName, `row ${line}, column ${i + 1 + (hasNames ? 1 : 0)}: “${clip(cell)}” is no number`)
      values[r * latent + i] = Number(cell)
    })
  })
  return { names: hasNames ? body.map((row) => row[0] as string) : [], count: body.length, latent, values }
}

function parseRows(data: Uint8Array, fileName: string): string[][] {
  try {
    const text = Buffer.from(data.buffer, data.byteOffset, data.byteLength)
    const options = {
      bom: true,
      skip_empty_lines: true,
      relax_column_count: true,
      trim: true,
      delimiter: [',', ';', '\t'],
    }
    return parse(text, { ...options, max_record_size: 4 * 1024 * 1024 })
  } catch (error) {
    throw damaged(fileName, error instanceof Error ? (error.message.split('\n')[0] ?? '') : '')
  }
}

function isNumber(cell: string): boolean {
  return cell !== '' && Number.isFinite(Number(cell))
}

function clip(cell: string): string {
  return cell.length > 24 ? `${cell.slice(0, 23)}…` : cell
}

function damaged(fileName: string, reason: string): VariaError {
  return new VariaError({
    code: 'latents-damaged',
    message: `The latents in “${fileName}” can’t be read: ${reason}.`,
    remedy: 'Use a CSV or NPY file as Varia’s export writes it: one row a design, one number a latent dimension.',
    subject: fileName,
  })
}
