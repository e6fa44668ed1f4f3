/** Attributes from a table that a designer made: forgiving about its dialect, exact about its rows. */
import { parse } from 'csv-parse/sync'
import { VariaError } from '../../contract/errors'
import { type AttributeValue } from '../source'

export type ColumnKind = 'number' | 'category' | 'tags'

export interface AttributeTable {
  /** Columns besides the names, in the file's order, with what they hold. */
  readonly columns: readonly { readonly name: string; readonly kind: ColumnKind }[]
  /** A row's item name as written, and its values by column; missing values are left out. */
  readonly rows: readonly { readonly name: string; readonly values: Readonly<Record<string, AttributeValue>> }[]
}

const maxColumns = 256
const maxBytes = 256 * 1024 * 1024
const nameColumns = ['file', 'filename', 'file name', 'file_name', 'path', 'image', 'picture', 'name', 'id', 'item']
const missingWords = new Set(['', 'na', 'n/a', 'nan', 'null', 'none', '-', '–', '?'])

/**
 * Reads a CSV of attributes: comma, semicolon or tab, with or without byte order mark; one header line. The items' names
 * stand in the column called file, name, path..., else in the first. A column of numbers is a number (decimal commas
 * too, where commas don't separate); one whose values hold several words between `|`, `;` or commas is tags; else it
 * is a category. Throws VariaError `attributes-damaged`, naming the row.
 */
export function parseAttributes(data: Uint8Array, fileName: string): AttributeTable {
  if (data.length > maxBytes) throw damaged(fileName, `it is larger than ${maxBytes / 2 ** 20} MB`)
  const text = decode(data, fileName)
  const delimiter = delimiterOf(text)
  const lines = parseLines(text, delimiter, fileName)
  const header = lines[0]?.cells.map((cell) => cell.trim())
  if (header === undefined || header.length < 2) {
    throw damaged(fileName, 'its first line must name at least two columns: the file and an attribute')
  }
  if (header.length > maxColumns) throw damaged(fileName, `it has more than ${maxColumns} columns`)
  const names = header.map((name, i) => (name === '' ? `column ${i + 1}` : name))
  const twice = names.find((name, i) => names.indexOf(name) < i)
  if (twice !== undefined) throw damaged(fileName, `two of its columns are called “${twice}”`)
  const body = lines.slice(1)
  for (const { cells, line } of body) {
    if (cells.length !== names.length) {
      throw damaged(fileName, `line ${line} has ${cells.length} columns where the first has ${names.length}`)
    }
  }
  const key = keyColumn(names)
  const readers = names.map((_, i) =>
    columnReader(
      body.map(({ cells }) => cells[i] as string),
      delimiter,
    ),
  )
  const columns = names.flatMap((name, i) => (i === key ? [] : [{ name, kind: (readers[i] as ColumnReader).kind }]))
  const rows = body.flatMap(({ cells }) => {
    const name = (cells[key] as string).trim()
    if (name === '') return []
    const values: Record<string, AttributeValue> = {}
    cells.forEach((cell, i) => {
      const value = i === key ? null : (readers[i] as ColumnReader).read(cell)
      // A column may be called anything, `__proto__` too.
      if (value !== null) Object.defineProperty(values, names[i] as string, { value, enumerable: true })
    })
    return [{ name, values }]
  })
  return { columns, rows }
}

interface Line {
  readonly cells: string[]
  readonly line: number
}

function parseLines(text: string, delimiter: string, fileName: string): Line[] {
  try {
    const found = parse(text, {
      delimiter,
      info: true,
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
      relax_column_count: true,
      max_record_size: 1024 * 1024,
    })
    return (found as unknown as { record: string[]; info: { lines: number } }[]).map(({ record, info }) => ({
      cells: record,
      line: info.lines,
    }))
  } catch (error) {
    throw damaged(fileName, error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error))
  }
}

function decode(data: Uint8Array, fileName: string): string {
  const buffer = Buffer.from(data.buffer, data.byteOffset, data.byteLength)
  const text =
    data[0] === 0xff && data[1] === 0xfe
      ? buffer.toString('utf16le', 2)
      : buffer.toString('utf8').replace(/^\ufeff/, '')
  if (text.includes('\0')) throw damaged(fileName, 'it is no text')
  // Spreadsheets on older systems save in Windows-1252; UTF-8 that doesn't decode is almost always that.
  return text.includes('\ufffd') ? buffer.toString('latin1') : text
}

/** What separates the first line most, outside quotes. */
function delimiterOf(text: string): string {
  const end = text.search(/[\r\n]/)
  const header = (end < 0 ? text : text.slice(0, end)).replace(/"[^"]*"/g, '')
  const count = (delimiter: string): number => header.split(delimiter).length
  return [',', ';', '\t'].reduce((best, delimiter) => (count(delimiter) > count(best) ? delimiter : best))
}

function keyColumn(names: readonly string[]): number {
  const folded = names.map((name) => name.toLowerCase())
  for (const name of nameColumns) {
    const at = folded.indexOf(name)
    if (at >= 0) return at
  }
  return 0
}

interface ColumnReader {
  readonly kind: ColumnKind
  /** null where the value is missing. */
  read(cell: string): AttributeValue | null
}

function columnReader(cells: readonly string[], delimiter: string): ColumnReader {
  const present = cells.map((cell) => cell.trim()).filter((cell) => !missingWords.has(cell.toLowerCase()))
  const orMissing =
    <T extends AttributeValue>(read: (cell: string) => T) =>
    (cell: string): T | null => {
      const trimmed = cell.trim()
      return missingWords.has(trimmed.toLowerCase()) ? null : read(trimmed)
    }
  const toNumber = (cell: string): number =>
    Number(delimiter === ',' || !/^[-+]?\d+,\d+$/.test(cell) ? cell : cell.replace(',', '.'))
  if (present.length > 0 && present.every((cell) => Number.isFinite(toNumber(cell)))) {
    return { kind: 'number', read: orMissing(toNumber) }
  }
  // Separators inside a cell make tags, if they do so often enough not to be punctuation.
  const separator = ['|', ';', ','].find(
    (mark) => present.filter((cell) => cell.includes(mark)).length * 5 > present.length,
  )
  if (separator === undefined) return { kind: 'category', read: orMissing((cell) => cell) }
  const split = (cell: string): string[] => [...new Set(cell.split(separator).map((tag) => tag.trim()))].filter(Boolean)
  return { kind: 'tags', read: orMissing(split) }
}

function damaged(fileName: string, reason: string): VariaError {
  return new VariaError({
    code: 'attributes-damaged',
    message: `The attributes in “${fileName}” can’t be read: ${reason}.`,
    remedy: 'Save it as CSV (UTF-8) with one header line and one line a picture, and try again.',
    subject: fileName,
  })
}
