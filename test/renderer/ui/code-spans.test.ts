import { describe, expect, it } from 'vitest'
import { codeSpans } from '../../../src-renderer/ui/code-spans'

const plain = (text: string) => ({ text, code: false })
const code = (text: string) => ({ text, code: true })

describe('codeSpans', () => {
  it('sets commands apart from the words round them', () => {
    expect(codeSpans('Run `npm ci` and `npm run setup` again.')).toEqual([
      plain('Run '),
      code('npm ci'),
      plain(' and '),
      code('npm run setup'),
      plain(' again.'),
    ])
    expect(codeSpans('`varia doctor`')).toEqual([code('varia doctor')])
  })

  it('leaves words without commands, and lone backticks, as they are', () => {
    expect(codeSpans('Choose another folder.')).toEqual([plain('Choose another folder.')])
    expect(codeSpans('a file named `odd.png')).toEqual([plain('a file named `odd.png')])
    expect(codeSpans('``')).toEqual([plain('``')])
    expect(codeSpans('')).toEqual([])
  })

  it('loses no letter, and makes no markup of any', () => {
    const text = 'See `<b>` & <i>; then `a`b`c`'
    expect(
      codeSpans(text)
        .map(({ text: part, code: isCode }) => (isCode ? `\`${part}\`` : part))
        .join(''),
    ).toBe(text)
    expect(codeSpans('`<img src=x>`')).toEqual([code('<img src=x>')])
  })
})
