import { describe, expect, it } from 'vitest'
import { bestNamed } from '../../../src-renderer/app/command-search.svelte'

const names = (text: string, ...all: string[]): string[] =>
  bestNamed(
    text,
    all.map((name) => ({ name })),
  ).map(({ name }) => name)

describe('designs by name', () => {
  it('puts the one that is called so before those whose names only hold the word', () => {
    expect(names('heart', 'account-heart.svg', 'heart-outline.svg', 'heart.svg', 'sweetheart.svg')).toEqual([
      'heart.svg',
      'heart-outline.svg',
      'account-heart.svg',
      'sweetheart.svg',
    ])
  })
  it('keeps those that were found by their tags, after the others', () => {
    expect(names('travel', 'boat.svg', 'travel.svg')).toEqual(['travel.svg', 'boat.svg'])
  })
})
