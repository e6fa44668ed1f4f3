/** A picture's size by its header alone, for pictures embedded in others: nothing is decoded. */

/** Width and height that the header of a PNG, GIF, JPEG or WebP declares; null where it can't be told. */
export function declaredSize(data: Uint8Array): { width: number; height: number } | null {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength)
  const tag = (at: number): string => String.fromCharCode(...data.subarray(at, at + 4))
  if (data.length >= 24 && tag(1).startsWith('PNG')) return { width: view.getUint32(16), height: view.getUint32(20) }
  if (data.length >= 10 && tag(0) === 'GIF8') {
    return { width: view.getUint16(6, true), height: view.getUint16(8, true) }
  }
  if (data[0] === 0xff && data[1] === 0xd8) return jpegSize(view)
  if (data.length >= 30 && tag(0) === 'RIFF' && tag(8) === 'WEBP') return webpSize(view, tag(12))
  return null
}

/** Walks a JPEG's segments to its frame header. */
function jpegSize(view: DataView): { width: number; height: number } | null {
  let at = 2
  while (at + 9 <= view.byteLength) {
    if (view.getUint8(at) !== 0xff) return null
    const marker = view.getUint8(at + 1)
    if (marker === 0xff) {
      at += 1
      continue
    }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc
    if (isFrame) return { height: view.getUint16(at + 5), width: view.getUint16(at + 7) }
    at += 2 + view.getUint16(at + 2)
  }
  return null
}

function webpSize(view: DataView, kind: string): { width: number; height: number } | null {
  if (kind === 'VP8X') {
    const of = (at: number): number => 1 + (view.getUint16(at, true) | (view.getUint8(at + 2) << 16))
    return { width: of(24), height: of(27) }
  }
  if (kind === 'VP8L') {
    const bits = view.getUint32(21, true)
    return { width: 1 + (bits & 0x3fff), height: 1 + ((bits >>> 14) & 0x3fff) }
  }
  if (kind === 'VP8 ') return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff }
  return null
}
