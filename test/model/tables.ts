/** The tables in test/fixtures/tables, as numbers. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as tf from '@tensorflow/tfjs-core'

const folder = join(import.meta.dirname, '../fixtures/tables')

export interface Table {
  readonly rows: number
  readonly columns: number
  /** [rows, columns] */
  readonly values: Float32Array
}

/** Wine's 13 quantities, each with mean 0 and standard deviation 1. */
export function standardisedWine(): Table {
  const lines = readFileSync(join(folder, 'wine.csv'), 'utf8').trim().split('\n').slice(1)
  const data = lines.map((line) => line.split(',').map(Number))
  const columns = data[0]?.length ?? 0
  const values = new Float32Array(data.length * columns)
  for (let c = 0; c < columns; c++) {
    const column = data.map((row) => row[c] ?? NaN)
    const mean = column.reduce((a, b) => a + b, 0) / column.length
    const deviation = Math.sqrt(column.reduce((sum, value) => sum + (value - mean) ** 2, 0) / column.length)
    column.forEach((value, r) => (values[r * columns + c] = (value - mean) / deviation))
  }
  return { rows: data.length, columns, values }
}

/** Digits scaled to 0..1: the first 1,437 to train on, the last 360 to test with. */
export function digits(part: 'train' | 'test'): Table {
  const bytes = readFileSync(join(folder, 'digits.u8'))
  const rows = part === 'train' ? bytes.subarray(0, 1437 * 64) : bytes.subarray(1437 * 64)
  return { rows: rows.length / 64, columns: 64, values: Float32Array.from(rows, (value) => value / 16) }
}

/** The table with every value at or above one half 1, and 0 below. */
export function binarised(table: Table): Table {
  return { ...table, values: table.values.map((value) => (value >= 0.5 ? 1 : 0)) }
}

/** Rows of a table, by number, as pictures [rows.length, height, width, 1]. */
export function rowsAsPictures(table: Table, rows: ArrayLike<number>, height: number): tf.Tensor4D {
  const values = new Float32Array(rows.length * table.columns)
  for (let i = 0; i < rows.length; i++) {
    const start = (rows[i] ?? 0) * table.columns
    values.set(table.values.subarray(start, start + table.columns), i * table.columns)
  }
  return tf.tensor4d(values, [rows.length, height, table.columns / height, 1])
}

/** Every row of a table as pictures [rows, height, width, 1]. */
export function allAsPictures(table: Table, height: number): tf.Tensor4D {
  return tf.tensor4d(table.values, [table.rows, height, table.columns / height, 1])
}
