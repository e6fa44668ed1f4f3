import { type Row } from './row'

const heads = ['', 'unit', 'Varia', 'peer', 'ratio', 'budget', 'beside']

function cells({ name, unit, varia, peer, ratio, budget, peerName, note }: Row): string[] {
  const beside = note === undefined ? peerName : `${peerName} (${note})`
  const kept = budget === undefined ? '' : `${budget.at} ${budget.kept ? '✓' : '✗'}`
  return [
    name,
    unit,
    String(varia),
    peer === null ? '–' : String(peer),
    ratio === null ? '–' : ratio.toFixed(2),
    kept,
    beside,
  ]
}

/** The rows in aligned columns, for a terminal. */
export function table(rows: readonly Row[]): string {
  const lines = [heads, ...rows.map(cells)]
  const widths = heads.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)))
  return `${lines
    .map((line) =>
      line
        .map((cell, i) => cell.padEnd(widths[i] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')}\n`
}

/** The rows as a table for the guide. */
export function markdown(rows: readonly Row[]): string {
  const line = (parts: readonly string[]): string => `| ${parts.join(' | ')} |`
  return `${[line(heads), line(heads.map(() => '---')), ...rows.map((each) => line(cells(each)))].join('\n')}\n`
}
