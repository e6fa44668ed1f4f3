import { describe, expect, test } from 'vitest'
import { durationText, progressLine, Terminal } from '../../src-main/cli/terminal'
import { outputPlace } from '../../src-main/cli/output-place'
import { jobId } from '../../src-main/contract/jobs'

const job = {
  id: jobId.parse('a'),
  kind: 'import' as const,
  title: 'Importing icons',
  state: 'running' as const,
  done: 3210,
  total: 7447,
  unit: 'pictures',
  detail: 'star.svg',
  secondsLeft: 80,
  canPause: false,
  failure: null,
}

test('progress says what, how far, how long, and with which file', () => {
  expect(progressLine(job)).toBe('Importing icons  3,210 of 7,447 pictures  1 min 20 s left  star.svg')
})

test.each([
  [4.4, '4 s'],
  [200, '3 min 20 s'],
  [7500, '2 h 5 min'],
])('%d seconds are %s', (seconds, text) => {
  expect(durationText(seconds)).toBe(text)
})

describe('the terminal', () => {
  const streams = () => {
    const written = { out: '', err: '' }
    const into = (name: 'out' | 'err') => ({ write: (text: string) => (written[name] += text) })
    return { written, streams: { out: into('out'), err: into('err') } }
  }

  test('keeps stdout for the result: one JSON object, typed arrays as lists', () => {
    const { written, streams: both } = streams()
    const terminal = new Terminal(both, { json: true, quiet: false })
    terminal.progress(job)
    terminal.note('a note')
    terminal.result({ n: 2, kl: Float32Array.of(1, 0.5) }, ['for people'])
    expect(JSON.parse(written.out)).toEqual({ n: 2, kl: [1, 0.5] })
    expect(written.err).toContain('Importing icons')
  })

  test('is quiet when asked, except about errors', () => {
    const { written, streams: both } = streams()
    const terminal = new Terminal(both, { json: false, quiet: true })
    terminal.progress(job)
    terminal.note('a note')
    terminal.failure({ code: 'internal', message: 'It failed.', remedy: 'Do this.' })
    expect(written).toEqual({ out: '', err: 'It failed.\nDo this.\n' })
  })

  test('with JSON, a failure is the one object on stdout, and never a second one', () => {
    const failure = { code: 'disk-full' as const, message: 'It failed.', remedy: 'Do this.' }
    const failed = streams()
    new Terminal(failed.streams, { json: true, quiet: false }).failure(failure)
    expect(JSON.parse(failed.written.out)).toEqual({ error: failure })
    expect(failed.written.err).toBe('It failed.\nDo this.\n')
    const late = streams()
    const terminal = new Terminal(late.streams, { json: true, quiet: false })
    terminal.result({ address: 'x' }, [])
    terminal.failure(failure)
    expect(JSON.parse(late.written.out)).toEqual({ address: 'x' })
  })
})

describe('--out', () => {
  test('is a file where its suffix says so, else a folder', () => {
    expect(outputPlace('/nowhere/a.PNG', ['.png'], true)).toMatchObject({ kind: 'file', suffix: '.png' })
    expect(outputPlace('/nowhere/a', ['.png'], true)).toMatchObject({ kind: 'folder' })
  })

  test('refuses what the command does not write, and says what it does', () => {
    expect(() => outputPlace('/nowhere/a.jpg', ['.png'], true)).toThrow(
      expect.objectContaining({ code: 'bad-request' }),
    )
    expect(() => outputPlace('/nowhere/a', ['.gif'], false)).toThrow(expect.objectContaining({ code: 'bad-request' }))
  })
})
