import { describe, expect, it } from 'vitest'
import { ago, bytes, clock, counted, duration, figure, projectNameFrom } from '../../../src-renderer/app/format'

describe('figures for people', () => {
  it('counts with a thousands separator and the right plural', () => {
    expect(counted(7447, 'picture')).toBe('7,447 pictures')
    expect(counted(1, 'picture')).toBe('1 picture')
    expect(counted(2, 'copy', 'copies')).toBe('2 copies')
  })

  it('says how long in the unit one would use', () => {
    expect([0.2, 8.4, 75, 3600, 4810, 200_000].map(duration)).toEqual([
      'a moment',
      '8 s',
      '1 min',
      '1 h',
      '1 h 20 min',
      '2 days',
    ])
    expect(clock(62)).toBe('1:02')
    expect(clock(3729)).toBe('1:02:09')
  })

  it('gives bytes in decimal units', () => {
    expect([0, 999, 1500, 812e6, 999.9e6, 1.26e9].map(bytes)).toEqual([
      '0 B',
      '999 B',
      '1.5 kB',
      '812 MB',
      '1.0 GB',
      '1.3 GB',
    ])
  })

  it('keeps three figures, and a power of ten only for the very small', () => {
    expect([605.4, 28.44, 0.01234, 0.0000123, 0, 12_345, Number.NaN].map(figure)).toEqual([
      '605',
      '28.4',
      '0.0123',
      '1.2e-5',
      '0',
      '12,345',
      'not a number',
    ])
  })

  it('says when something was', () => {
    const now = Date.UTC(2026, 10, 21, 12)
    expect(ago(now - 20_000, now)).toBe('just now')
    expect(ago(now - 12 * 60_000, now)).toBe('12 min ago')
    expect(ago(now - 30 * 3_600_000, now)).toBe('yesterday')
    expect(ago(Date.UTC(2026, 2, 14), now)).toBe('14 Mar 2026')
  })

  it('names a project after its folder', () => {
    expect(projectNameFrom('my_vessels.zip')).toBe('My vessels')
    expect(projectNameFrom('Textile-repeats')).toBe('Textile repeats')
    expect(projectNameFrom('...')).toBe('Untitled')
  })
})
