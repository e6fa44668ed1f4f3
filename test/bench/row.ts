/** One figure beside a peer's. */
export interface Row {
  readonly name: string
  readonly unit: string
  readonly varia: number
  /** Null where the peer isn't installed; `note` says what would install it. */
  readonly peer: number | null
  readonly peerName: string
  /** Above 1 Varia is ahead, whichever way the unit counts; null without a peer. */
  readonly ratio: number | null
  /** What the row must keep to, from docs/DESIGN, where there is such a budget. */
  readonly budget?: { readonly at: number; readonly kept: boolean }
  readonly note?: string
}

interface Measured {
  readonly name: string
  readonly unit: string
  readonly better: 'higher' | 'lower'
  readonly varia: number
  readonly peer: number | null
  readonly peerName: string
  readonly budget?: number
  readonly note?: string
}

const rounded = (value: number): number => Number(value.toPrecision(4))

/** Makes a row: the ratio from which way is better, and whether the budget is kept. */
export function row({ better, budget, varia, peer, note, ...rest }: Measured): Row {
  const ahead = peer === null ? null : better === 'higher' ? varia / peer : peer / varia
  return {
    ...rest,
    varia: rounded(varia),
    peer: peer === null ? null : rounded(peer),
    ratio: ahead === null ? null : rounded(ahead),
    ...(budget === undefined
      ? {}
      : { budget: { at: budget, kept: better === 'higher' ? varia >= budget : varia <= budget } }),
    ...(note === undefined ? {} : { note }),
  }
}

export function median(values: readonly number[]): number {
  return percentile(values, 0.5)
}

/** The value below which a share of the values lies (nearest rank). */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN
}
