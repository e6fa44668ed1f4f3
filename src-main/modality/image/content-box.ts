/** Where in a picture its content lies. */

export interface Pixels {
  readonly data: Uint8Array
  readonly width: number
  readonly height: number
  readonly channels: number
}

export interface Box {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

/** Alpha below which a pixel is empty, and difference of a channel below which it is background (JPEG noise is less). */
const alphaTolerance = 16
const colorTolerance = 20

/**
 * The smallest box that holds everything unlike the background: unlike transparent where a corner is, else unlike the
 * colour that at least three corners share. The whole picture where there is no such background, or nothing on it.
 */
export function contentBox(picture: Pixels): Box {
  const { width, height } = picture
  const whole = { left: 0, top: 0, width, height }
  const isContent = contentTest(picture)
  if (isContent === null) return whole
  const rowHas = (y: number, from: number, to: number): boolean => {
    for (let x = from; x < to; x++) if (isContent(y * width + x)) return true
    return false
  }
  const columnHas = (x: number, from: number, to: number): boolean => {
    for (let y = from; y < to; y++) if (isContent(y * width + x)) return true
    return false
  }
  let top = 0
  while (top < height && !rowHas(top, 0, width)) top++
  if (top === height) return whole
  let bottom = height
  while (!rowHas(bottom - 1, 0, width)) bottom--
  let left = 0
  while (!columnHas(left, top, bottom)) left++
  let right = width
  while (!columnHas(right - 1, top, bottom)) right--
  return { left, top, width: right - left, height: bottom - top }
}

function contentTest(picture: Pixels): ((pixel: number) => boolean) | null {
  const { data, width, height, channels } = picture
  const corners = [0, width - 1, (height - 1) * width, height * width - 1]
  const alphaAt = channels === 2 || channels === 4 ? channels - 1 : -1
  const at = (index: number): number => data[index] as number
  if (alphaAt >= 0 && corners.some((corner) => at(corner * channels + alphaAt) < alphaTolerance)) {
    return (pixel) => at(pixel * channels + alphaAt) >= alphaTolerance
  }
  const colors = alphaAt >= 0 ? channels - 1 : channels
  const near = (a: number, b: number): boolean => {
    for (let c = 0; c < colors; c++) {
      if (Math.abs(at(a * channels + c) - at(b * channels + c)) > colorTolerance) return false
    }
    return true
  }
  const background = corners.find((corner) => corners.filter((other) => near(corner, other)).length >= 3)
  return background === undefined ? null : (pixel) => !near(pixel, background)
}
