import { describe, expect, it } from 'vitest'
import { type Frame, isTrustedSender } from '../../src-main/desktop/sender'

const origin = 'varia://app'
const top: Frame = { url: 'varia://app/index.html', parent: null }

describe('who may send an IPC message', () => {
  it('is the top frame of our own page', () => {
    expect(isTrustedSender(top, origin)).toBe(true)
  })

  it.each<[string, Frame | null | undefined]>([
    ['a frame that is gone', null],
    ['no frame', undefined],
    ['a frame inside our page', { url: 'varia://app/index.html', parent: top }],
    ['another page', { url: 'https://example.org/', parent: null }],
    ['a page whose name begins like ours', { url: 'varia://app.example/index.html', parent: null }],
    ['our scheme with another host', { url: 'varia://other/index.html', parent: null }],
    ['a file', { url: 'file:///varia://app/index.html', parent: null }],
    ['a page still empty', { url: 'about:blank', parent: null }],
    ['our address inside another', { url: 'https://example.org/?varia://app/', parent: null }],
  ])('is not %s', (_name, frame) => {
    expect(isTrustedSender(frame, origin)).toBe(false)
  })
})
