import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkSvg, SvgRefused } from '../../../src-main/modality/image/check-svg'
import { headerBomb, iconSvg, plain } from '../../fixtures/images/make-pictures'

const limits = { svgBytes: 1 << 20, pixels: 100_000_000 }
const bytes = (content: string): Buffer => Buffer.from(content, 'utf8')
const check = (content: string): ReturnType<typeof checkSvg> => checkSvg(bytes(content), false, limits)
const drawing = (content: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 48 24">${content}</svg>`

describe('checkSvg', () => {
  it('takes a drawing that lives by itself and tells its size', async () => {
    expect(await check(iconSvg)).toMatchObject({ size: { width: 24, height: 24 } })
    expect(await check(drawing('<use href="#a"/>'))).toMatchObject({ size: { width: 48, height: 24 } })
    expect(await check('<svg width="10px" height="20" viewBox="0 0 1 1"/>')).toMatchObject({
      size: { width: 10, height: 20 },
    })
    expect(await check('<svg width="10mm" height="20mm"/>')).toMatchObject({ size: null })
    expect(await check('<svg width="100%" height="20"/>')).toMatchObject({ size: null })
  })

  it.each([
    ['a file', '<image href="file:///etc/passwd"/>'],
    ['a relative file', '<image xlink:href="photo.jpg"/>'],
    ['the network', '<image href="http://127.0.0.1:1/a.png"/>'],
    ['another drawing', '<use href="other.svg#part"/>'],
    ['a filter’s picture', '<filter><feImage xlink:href="//host/a.png"/></filter>'],
    ['an inclusion', '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="/etc/passwd" parse="text"/>'],
    ['an embedded drawing', '<image href="data:image/svg+xml;base64,PHN2Zy8+"/>'],
    ['a reference in disguise', '<image href="&#102;ile:///etc/passwd"/>'],
    ['a name space of its own', '<x:image x:href="file:///etc/passwd"/>'],
  ])('refuses a picture that comes from %s', async (_, content) => {
    await expect(check(drawing(content))).rejects.toMatchObject({ code: 'image-unsupported' })
  })

  it('says which picture is missing', async () => {
    await expect(check(drawing('<image href="photo.jpg"/>'))).rejects.toThrow(/photo\.jpg/)
  })

  it('takes what changes nothing that is drawn: links, scripts, style sheets', async () => {
    const harmless = '<a href="https://example.org"><path d="M0 0"/></a><script href="x.js">alert(1)</script>'
    await expect(
      check(drawing(`${harmless}<style>@import url(https://example.org/a.css);</style>`)),
    ).resolves.toBeDefined()
  })

  it('writes out plain entities and passes no document type on', async () => {
    const file = `<?xml version="1.0"?><!DOCTYPE svg PUBLIC "x" "y" [<!ENTITY ns "http://www.w3.org/2000/svg">]><svg xmlns="&ns;" viewBox="0 0 2 2"/>`
    const { data } = await check(file)
    expect(Buffer.from(data).toString()).toBe('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 2"/>')
  })

  it.each([
    ['a file', '<!ENTITY a SYSTEM "file:///etc/passwd">'],
    ['the network', '<!ENTITY a PUBLIC "x" "http://127.0.0.1/">'],
    ['a parameter', '<!ENTITY % a "b">'],
    ['other entities', '<!ENTITY a "lol"><!ENTITY b "&a;&a;">'],
    ['markup', `<!ENTITY a "<image href='x'/>">`],
  ])('refuses entities that lead to %s', async (_, declarations) => {
    await expect(check(`<!DOCTYPE svg [${declarations}]><svg/>`)).rejects.toMatchObject({ code: 'image-unsupported' })
  })

  it('finds references in any encoding, and refuses encodings that it does not know', async () => {
    const hostile = drawing('<image href="file:///etc/passwd"/>')
    const refused = { code: 'image-unsupported' }
    await expect(checkSvg(Buffer.from(`\ufeff${hostile}`, 'utf16le'), false, limits)).rejects.toMatchObject(refused)
    const bigEndian = Buffer.from(`\ufeff${hostile}`, 'utf16le').swap16()
    await expect(checkSvg(bigEndian, false, limits)).rejects.toMatchObject(refused)
    await expect(check(`<?xml version="1.0" encoding="UTF-7"?>${hostile}`)).rejects.toThrow(/UTF-7/)
  })

  it('unpacks SVGZ, but not without end', async () => {
    await expect(checkSvg(gzipSync(iconSvg), true, limits)).resolves.toBeDefined()
    const bomb = gzipSync(Buffer.alloc(64 << 20, ' '))
    await expect(checkSvg(bomb, true, limits)).rejects.toMatchObject({ code: 'image-too-large' })
    await expect(checkSvg(bomb.subarray(0, 100), true, limits)).rejects.toMatchObject({ code: 'image-damaged' })
  })

  it('takes an embedded picture, but none of 268 megapixels', async () => {
    const embed = (data: Buffer): string => drawing(`<image href="data:image/png;base64,${data.toString('base64')}"/>`)
    await expect(check(embed(await plain(4, 4).png().toBuffer()))).resolves.toBeDefined()
    await expect(check(embed(headerBomb()))).rejects.toMatchObject({ code: 'image-too-large' })
    await expect(check(embed(Buffer.from('nonsense')))).rejects.toMatchObject({ code: 'image-damaged' })
  })

  it('only ever refuses, whatever the text', async () => {
    const pieces = fc.constantFrom(
      '<svg ',
      '>',
      '<',
      '"',
      "'",
      '<!DOCTYPE svg [',
      ']>',
      '<!ENTITY a "b">',
      '&a;',
      '<!--',
      '-->',
      '<![CDATA[',
      ']]>',
      'href="',
      '<image ',
      '/>',
      '\0',
      'é',
      '<?xml encoding="utf-8"?>',
    )
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(pieces, fc.string({ maxLength: 8 })), { maxLength: 40 }), async (parts) => {
        const failure: unknown = await check(parts.join('')).then(
          () => null,
          (error: unknown) => error,
        )
        expect(failure === null || failure instanceof SvgRefused).toBe(true)
      }),
      { numRuns: 1500 },
    )
  })

  it('takes no time over text made to be slow', async () => {
    for (const hostile of [
      '<a "'.repeat(100_000),
      '<!--'.repeat(100_000),
      `<svg ${'a="b" '.repeat(50_000)}`,
      '&a;'.repeat(100_000),
    ]) {
      const from = Date.now()
      await check(hostile).catch(() => undefined)
      expect(Date.now() - from).toBeLessThan(2000)
    }
  })
})
