import { describe, expect, it } from 'vitest'
import { orderVariants } from '../../../src-renderer/board/order'

const all = { starred: false, atLeast: 0, search: '' }
const variants = [
  { id: 1, name: 'vase 10', starred: false, rating: 3, createdAt: 100 },
  { id: 2, name: 'Vase 2', starred: true, rating: 5, createdAt: 300 },
  { id: 3, name: 'bowl', starred: true, rating: 3, createdAt: 200 },
  { id: 4, name: 'bowl', starred: false, rating: 0, createdAt: 200 },
]
const ids = (sort: Parameters<typeof orderVariants>[1], filter = all): number[] =>
  orderVariants(variants, sort, filter).map(({ id }) => id)

describe('the board', () => {
  it('sorts by age, by name as people read it, and by rating with stars first among equals', () => {
    expect(ids('newest')).toEqual([2, 4, 3, 1])
    expect(ids('oldest')).toEqual([1, 3, 4, 2])
    expect(ids('name')).toEqual([4, 3, 2, 1])
    expect(ids('rating')).toEqual([2, 3, 1, 4])
  })

  it('filters by star, by rating and by words of the name in any order', () => {
    expect(ids('newest', { ...all, starred: true })).toEqual([2, 3])
    expect(ids('newest', { ...all, atLeast: 3 })).toEqual([2, 3, 1])
    expect(ids('newest', { ...all, search: '10 VASE' })).toEqual([1])
    expect(ids('newest', { ...all, search: '  ' })).toHaveLength(4)
  })
})
