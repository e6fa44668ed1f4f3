/** Puts a scene on a view's canvas and takes it away again; what to do when WebGL is missing or gets lost. */
import { commands } from '../app/commands.svelte'
import { toasts } from '../ui/toasts.svelte'
import { manifoldCommands } from './manifold-commands'
import { ManifoldScene } from './scene/manifold-scene'
import { NoWebGl } from './scene/surface'
import { themeColors } from './theme-colors'
import type { View } from './view.svelte'

/** The browser gives a lost context back by itself or never; after this the view is made anew. Milliseconds. */
const patience = 2500

export interface SceneTroubles {
  /** WebGL 2 is not to be had. */
  readonly onunavailable: () => void
  /** The context was lost and does not come back: the view must be made anew. */
  readonly onlost: () => void
}

/** Returns how to take it away. */
export function mountScene(
  view: View,
  canvas: HTMLCanvasElement,
  { onunavailable, onlost }: SceneTroubles,
): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let scene: ManifoldScene
  try {
    scene = new ManifoldScene({
      canvas,
      colors: themeColors(canvas),
      stillness: () => matchMedia('(prefers-reduced-motion: reduce)').matches,
      onFrame: (drawnSoFar) => {
        view.frames = drawnSoFar
        canvas.dataset['frames'] = String(drawnSoFar)
      },
      onContext: (state) => {
        view.lost = state === 'lost'
        clearTimeout(timer)
        if (view.lost) timer = setTimeout(onlost, patience)
      },
    })
  } catch (error) {
    if (!(error instanceof NoWebGl)) toasts.fail(error)
    onunavailable()
    return () => undefined
  }
  view.scene = scene
  const unregister = commands.register(
    ...manifoldCommands({
      frame: () => view.frameSelected(),
      home: () => view.goHome(),
      clear: () => view.clearSelection(),
    }),
  )
  return () => {
    clearTimeout(timer)
    unregister()
    scene.dispose()
  }
}
