import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { VariaError } from '../../../src-main/contract/errors'
import { matchAttributes } from '../../../src-main/modality/attributes/match-attributes'
import { parseAttributes } from '../../../src-main/modality/attributes/parse-attributes'

const parse = (text: string): ReturnType<typeof parseAttributes> => parseAttributes(Buffer.from(text, 'utf8'), 'a.csv')

describe('parseAttributes', () => {
  it('reads numbers, categories and tags, and leaves out what is missing', () => {
    const table = parse('file,width,style,tags\na.png,3.5,serif,"old|warm"\nb.png,,sans,\nc.png,-1e2,NA,cold|warm\n')
    expect(table.columns).toEqual([
      { name: 'width', kind: 'number' },
      { name: 'style', kind: 'category' },
      { name: 'tags', kind: 'tags' },
    ])
    expect(table.rows).toEqual([
      { name: 'a.png', values: { width: 3.5, style: 'serif', tags: ['old', 'warm'] } },
      { name: 'b.png', values: { style: 'sans' } },
      { name: 'c.png', values: { width: -100, tags: ['cold', 'warm'] } },
    ])
  })

  it('reads what spreadsheets write: byte order mark, semicolons with decimal commas, tabs, Windows letters', () => {
    expect(parse('\ufeffName;Höhe\nVase;3,5\n').rows[0]).toEqual({ name: 'Vase', values: { Höhe: 3.5 } })
    expect(parse('name\theight\nvase\t3\n').columns).toEqual([{ name: 'height', kind: 'number' }])
    const latin1 = parseAttributes(Buffer.from('name,form\nvase,h\xf6her\n', 'latin1'), 'a.csv')
    expect(latin1.rows[0]?.values).toEqual({ form: 'höher' })
    const utf16 = parseAttributes(Buffer.from('\ufeffname,x\nvase,1\n', 'utf16le'), 'a.csv')
    expect(utf16.rows[0]).toEqual({ name: 'vase', values: { x: 1 } })
  })

  it('takes names from the column that is called so, wherever it stands', () => {
    expect(parse('x,Path\n1,a/b.png\n').rows).toEqual([{ name: 'a/b.png', values: { x: 1 } }])
    expect(parse('code,x\nq7,1\n').rows).toEqual([{ name: 'q7', values: { x: 1 } }])
  })

  it.each([
    ['file,x\na.png,1\nb.png,1,2\n', /line 3 has 3 columns where the first has 2/],
    ['file,x\n"a.png,1\n', /line/i],
    ['file\na.png\n', /at least two columns/],
    ['', /at least two columns/],
    ['file,x,x\na,1,2\n', /two of its columns are called “x”/],
    ['PK\0\u0003', /no text/],
  ])('says where %j is damaged', (text, reason) => {
    expect(() => parse(text)).toThrow(reason)
    expect(() => parse(text)).toThrow(expect.objectContaining({ code: 'attributes-damaged' }) as Error)
  })

  it('takes a column of any name', () => {
    const { rows } = parse('file,__proto__,constructor\na,1,2\n')
    expect(Object.keys(rows[0]?.values ?? {})).toEqual(['__proto__', 'constructor'])
  })

  it('only ever refuses, whatever the bytes', () => {
    const pieces = fc.constantFrom('file,', '"', '\n', '\r\n', ';', '\t', ',', '1', 'a.png', '\ufeff', '""', '\0')
    fc.assert(
      fc.property(fc.array(fc.oneof(pieces, fc.string({ maxLength: 5 })), { maxLength: 40 }), (parts) => {
        try {
          const { rows, columns } = parse(parts.join(''))
          expect(rows.every(({ name }) => name !== '')).toBe(true)
          expect(columns.length).toBeGreaterThan(0)
        } catch (error) {
          expect(error).toBeInstanceOf(VariaError)
        }
      }),
      { numRuns: 2000 },
    )
  })
})

describe('matchAttributes', () => {
  const items = ['a/cup.png', 'b/cup.png', 'b/Jug.JPG', 'plate.svg']
  const match = (rows: string[]): ReturnType<typeof matchAttributes> =>
    matchAttributes(parse(`file,n\n${rows.map((name, i) => `${name},${i + 1}`).join('\n')}\n`), items, 'a.csv')

  it('joins by path, by base name, and by base name without suffix, whatever the case and the slashes', () => {
    const { attributes, unmatched } = match(['A\\CUP.png', 'jug.jpg', './plate', 'bowl.png'])
    expect(Object.fromEntries(attributes)).toEqual({
      'a/cup.png': { n: 1 },
      'b/Jug.JPG': { n: 2 },
      'plate.svg': { n: 3 },
    })
    expect(unmatched).toEqual(['bowl.png'])
  })

  it('gives a name that fits several items to all of them, and a longer path to the one it means', () => {
    expect([...match(['cup.png']).attributes.keys()]).toEqual(['a/cup.png', 'b/cup.png'])
    expect([...match(['/home/me/b/cup.png']).attributes.keys()]).toEqual(['b/cup.png'])
  })

  it('joins lines about the same item, the later one winning', () => {
    const table = parse('file,x,y\nplate,1,\nplate.svg,2,3\n')
    expect(matchAttributes(table, items, 'a.csv').attributes.get('plate.svg')).toEqual({ x: 2, y: 3 })
  })

  it('refuses a table that names no item, showing how names look here', () => {
    expect(() => match(['x', 'y'])).toThrow(
      expect.objectContaining({
        code: 'attributes-unmatched',
        remedy: expect.stringContaining('a/cup.png') as string,
      }) as Error,
    )
  })
})
