/** Sorting and filtering of the board. */
import type { Variant } from '../../src-main/contract/variant'

export type BoardSort = 'newest' | 'oldest' | 'name' | 'rating'

export const boardSorts: readonly { readonly id: BoardSort; readonly title: string }[] = [
  { id: 'newest', title: 'Newest first' },
  { id: 'oldest', title: 'Oldest first' },
  { id: 'name', title: 'Name' },
  { id: 'rating', title: 'Rating' },
]

export interface BoardFilter {
  readonly starred: boolean
  /** Lowest rating shown; 0 shows all. */
  readonly atLeast: number
  /** Words that must all be in the name. */
  readonly search: string
}

type Ordered = Pick<Variant, 'id' | 'name' | 'starred' | 'rating' | 'createdAt'>

const byName = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' })

/** The variants that pass the filter, sorted; those that are equal keep the newest first. */
export function orderVariants<V extends Ordered>(variants: readonly V[], sort: BoardSort, filter: BoardFilter): V[] {
  const words = filter.search.toLowerCase().split(/\s+/).filter(Boolean)
  const passes = ({ name, starred, rating }: V): boolean => {
    const lower = name.toLowerCase()
    return (!filter.starred || starred) && rating >= filter.atLeast && words.every((word) => lower.includes(word))
  }
  const newest = (a: V, b: V): number => b.createdAt - a.createdAt || b.id - a.id
  const compare: Record<BoardSort, (a: V, b: V) => number> = {
    newest,
    oldest: (a, b) => -newest(a, b),
    name: (a, b) => byName.compare(a.name, b.name) || newest(a, b),
    rating: (a, b) => b.rating - a.rating || Number(b.starred) - Number(a.starred) || newest(a, b),
  }
  return variants.filter(passes).sort(compare[sort])
}
