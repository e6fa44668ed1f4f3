/**
 * Changes the light of one picture in place: brightness as a factor, contrast about middle grey, saturation about each
 * pixel's luma (Rec. 709), in that order, on sRGB-coded values. Alpha stays.
 */
export function jitterColor(
  pixels: Uint8Array,
  channels: number,
  brightness: number,
  contrast: number,
  saturation: number,
): void {
  const table = new Float64Array(256)
  for (let value = 0; value < 256; value++) table[value] = (value * brightness - 127.5) * contrast + 127.5
  const byte = (value: number): number => (value <= 0 ? 0 : value >= 255 ? 255 : (value + 0.5) | 0)
  if (channels === 1) {
    for (let i = 0; i < pixels.length; i++) pixels[i] = byte(table[pixels[i] as number] as number)
    return
  }
  for (let at = 0; at < pixels.length; at += channels) {
    const r = table[pixels[at] as number] as number
    const g = table[pixels[at + 1] as number] as number
    const b = table[pixels[at + 2] as number] as number
    const light = 0.2126 * r + 0.7152 * g + 0.0722 * b
    pixels[at] = byte(light + (r - light) * saturation)
    pixels[at + 1] = byte(light + (g - light) * saturation)
    pixels[at + 2] = byte(light + (b - light) * saturation)
  }
}
