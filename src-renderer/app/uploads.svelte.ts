/** How an upload goes on, where files have to travel to the engine first. */
import type { UploadProgress } from '../../src-main/contract/bridge'

class Uploads {
  /** Null while nothing is on its way. */
  told = $state.raw<UploadProgress | null>(null)
}

export const uploads = new Uploads()
