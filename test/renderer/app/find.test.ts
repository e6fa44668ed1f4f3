import { describe, expect, it } from 'vitest'
import { findByWords } from '../../../src-renderer/app/find'

const titles = ['Collection', 'Training', 'Show or hide the editor', 'Light theme', 'Open project…', 'Close project']
const find = (text: string): string[] => findByWords(text, titles, (title) => title)

describe('findByWords', () => {
  it('lists everything in order when nothing is typed', () => {
    expect(find('')).toEqual(titles)
  })
  it('puts names that begin with the word first', () => {
    expect(find('the')).toEqual(['Show or hide the editor', 'Light theme'])
    expect(find('pro')).toEqual(['Open project…', 'Close project'])
    expect(find('co')).toEqual(['Collection'])
  })
  it('asks for every word, in any order and any case', () => {
    expect(find('PROJECT op')).toEqual(['Open project…'])
    expect(find('project train')).toEqual([])
  })
  it('takes signs as they are', () => {
    expect(find('(')).toEqual([])
    expect(find('project…')).toEqual(['Open project…'])
  })
})
