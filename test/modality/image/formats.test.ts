import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatOfName, looksLikePicture, sniffPicture } from '../../../src-main/modality/image/formats'
import { animatedGif, iconSvg, plain } from '../../fixtures/images/make-pictures'

const text = (content: string): Uint8Array => new TextEncoder().encode(content)

describe('sniffPicture', () => {
  it('tells every format that Varia reads by its content', async () => {
    for (const format of ['png', 'jpeg', 'webp', 'avif', 'tiff'] as const) {
      const data = await plain(8, 8).toFormat(format).toBuffer()
      expect(sniffPicture(data)).toEqual({ kind: 'readable', format, gzipped: false })
    }
    expect(sniffPicture(await animatedGif())).toMatchObject({ format: 'gif' })
    expect(sniffPicture(text(iconSvg))).toMatchObject({ format: 'svg' })
  })

  it('finds the drawing behind a byte order mark, a declaration, comments and a document type', () => {
    const preamble =
      '\ufeff<?xml version="1.0"?>\n<!-- made by hand -->\n<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "svg11.dtd" [<!ENTITY a "b">]>\n'
    expect(sniffPicture(text(preamble + iconSvg))).toMatchObject({ format: 'svg' })
    expect(sniffPicture(text('<svg:svg xmlns:svg="http://www.w3.org/2000/svg"/>'))).toMatchObject({ format: 'svg' })
    expect(sniffPicture(Buffer.from(`\ufeff${iconSvg}`, 'utf16le'))).toMatchObject({ format: 'svg' })
  })

  it('takes neither a page with a drawing in it nor a word that begins like one', () => {
    expect(sniffPicture(text(`<!DOCTYPE html><html>${iconSvg}</html>`))).toBeNull()
    expect(sniffPicture(text('<svgfoo/>'))).toBeNull()
    expect(sniffPicture(text('name,width\na.png,3\n'))).toBeNull()
  })

  it('names kinds that it does not read', () => {
    expect(sniffPicture(text('%PDF-1.7 ......'))).toEqual({ kind: 'other', title: 'a PDF or Illustrator document' })
    expect(sniffPicture(text('\0\0\0\x18ftypheic\0\0\0\0heicmif1'))).toEqual({ kind: 'other', title: 'a HEIC picture' })
    expect(sniffPicture(text('\0\0\0\x18ftypisom\0\0\0\0mp42isom'))).toMatchObject({ title: 'a film or sound file' })
    expect(sniffPicture(text('8BPS....'))).toMatchObject({ kind: 'other', title: 'a Photoshop document' })
  })

  it('never throws, whatever the bytes', () => {
    const heads = fc.constantFrom('', '<?xml', '<!--', '<!DOCTYPE [', '\0\0\0\x20ftyp', 'RIFF', '\xff\xfe<', '\x1f\x8b')
    fc.assert(
      fc.property(heads, fc.uint8Array({ maxLength: 300 }), (head, tail) => {
        const data = Uint8Array.from([...Buffer.from(head, 'latin1'), ...tail])
        const found = sniffPicture(data)
        expect(found === null || found.kind === 'readable' || found.title.length > 0).toBe(true)
      }),
      { numRuns: 2000 },
    )
  })
})

describe('names', () => {
  it('promise a format by their suffix, in any case', () => {
    expect(formatOfName('a/b/C.JPG')).toBe('jpeg')
    expect(formatOfName('archive.tar/readme')).toBeNull()
    expect(formatOfName('.png')).toBeNull()
  })

  it('of kinds that Varia does not read still look like pictures, and names of objects do not', () => {
    expect(looksLikePicture('scan.heic')).toBe(true)
    expect(looksLikePicture('a.constructor')).toBe(false)
    expect(looksLikePicture('notes.txt')).toBe(false)
  })
})
