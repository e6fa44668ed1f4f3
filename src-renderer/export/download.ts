/** Hands bytes to the browser as a file. */

export interface Download {
  readonly name: string
  readonly mime: string
  readonly data: Uint8Array
}

/** Long enough for any browser to have taken the bytes over, milliseconds. */
const takenOver = 60_000

/** Starts a download. The bytes are let go a minute later. */
export function download({ name, mime, data }: Download): void {
  const url = URL.createObjectURL(new Blob([data.slice()], { type: mime }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), takenOver)
}
