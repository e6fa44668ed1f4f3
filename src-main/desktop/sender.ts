/** Who may send an IPC message: the top frame of the application's own page (SAFETY row 7). */

/** As much of Electron's WebFrameMain as the question needs. */
export interface Frame {
  readonly url: string
  readonly parent: Frame | null
}

/** Whether `frame` is a top frame of `origin`. A frame that is gone (null) is nobody. */
export function isTrustedSender(frame: Frame | null | undefined, origin: string): boolean {
  if (frame === null || frame === undefined || frame.parent !== null) return false
  return frame.url.startsWith(`${origin}/`)
}
