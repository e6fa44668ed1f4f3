import { describe, expect, it } from 'vitest'
import type { ItemRef } from '../../../src-main/contract/collection'
import { attributeText } from '../../../src-renderer/collection/attribute-text'
import { framingWords } from '../../../src-renderer/collection/framing-words'

const item: ItemRef = {
  id: 1,
  name: 'plates/blue/bowl 3.png',
  width: 10,
  height: 10,
  heldOut: false,
  duplicateOf: null,
  rating: 0,
  attributes: { height: 12.34567, glaze: 'celadon', tags: ['bowl', 'wide'], volume: Number.NaN },
}

describe('attributeText', () => {
  it('writes numbers short, tags joined, and a dash for what is missing', () => {
    expect(['height', 'glaze', 'tags', 'volume', 'unknown'].map((name) => attributeText(item, name))).toEqual([
      '12.35',
      'celadon',
      'bowl, wide',
      '–',
      '–',
    ])
  })
  it('gives the file name without its folders', () => {
    expect(attributeText(item, 'name')).toBe('bowl 3.png')
  })
})

describe('framingWords', () => {
  it('says what a framing comes to', () => {
    const framing = {
      size: 64,
      fit: 'contain',
      margin: 0.06,
      background: '#ffffff',
      channels: 'gray',
      invert: false,
    } as const
    expect(framingWords(framing)).toBe('64 × 64 pixels, greyscale, whole pictures, on white')
    expect(framingWords({ ...framing, background: '#0a64ff' })).toMatch(/, on #0a64ff$/)
    expect(framingWords({ ...framing, fit: 'trim', background: 'transparent', channels: 'rgba', invert: true })).toBe(
      '64 × 64 pixels, colour with transparency, cut to the content, transparent ground, inverted',
    )
  })
})
