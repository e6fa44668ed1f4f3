import { describe, expect, it } from 'vitest'
import { toFailure } from '../../src-main/contract/errors'

/** As Node throws them. */
const refused = (code: string, path?: string): Error =>
  Object.assign(new Error(`${code}: operation, open`), path === undefined ? { code } : { code, path })

describe('what the file system refuses', () => {
  it.each([
    ['ENOSPC', 'disk-full', 'The disk is full', /Free some space/],
    ['EDQUOT', 'disk-full', 'Your quota on that disk is used up', /Free some space/],
    ['EROFS', 'project-read-only', 'That disk is read-only', /another disk/],
    ['EACCES', 'disk-error', 'The system refuses it', /may read and write there/],
    ['EPERM', 'disk-error', 'The system refuses it', /may read and write there/],
    ['EIO', 'disk-error', 'The disk reports a fault', /another disk/],
  ])('%s is said in words, with its place where that is known, and what to do', (errno, code, words, remedy) => {
    expect(toFailure(refused(errno, '/designs/a.png'))).toEqual({
      code,
      message: `${words}: /designs/a.png.`,
      remedy: expect.stringMatching(remedy) as string,
      subject: '/designs/a.png',
    })
    expect(toFailure(refused(errno)).message).toBe(`${words}.`)
  })

  it('is a fault in Varia where nobody foresaw it', () => {
    expect(toFailure(refused('EWEIRD'))).toMatchObject({ code: 'internal', message: 'EWEIRD: operation, open' })
  })
})
