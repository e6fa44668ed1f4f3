/** Gives every key that nobody nearer has used to the command it belongs to. */
import { toasts } from '../ui/toasts.svelte'
import { type Command, commands } from './commands.svelte'
import { isTyping, matchesKeys } from './keys'
import { isMac } from './platform'

/** The command for a key event: of several the one registered last, which belongs to what was opened last. */
export function commandFor(event: KeyboardEvent, among: readonly Command[], mac: boolean): Command | null {
  for (let index = among.length - 1; index >= 0; index--) {
    const command = among[index]
    if (command?.keys?.some((keys) => matchesKeys(event, keys, mac))) return command
  }
  return null
}

/** Listens on the window; returns how to stop. */
export function listenToKeys(): () => void {
  const onkeydown = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.isComposing) return
    // A text field keeps its letters and its own undo; only combinations with Mod pass, but for undo and redo.
    if (isTyping(event.target)) {
      const mod = isMac ? event.metaKey : event.ctrlKey
      if (!mod || ['z', 'y', 'a', 'c', 'v', 'x'].includes(event.key.toLowerCase())) return
    }
    const command = commandFor(event, commands.available, isMac)
    if (command === null) return
    event.preventDefault()
    runCommand(command)
  }
  window.addEventListener('keydown', onkeydown)
  return () => window.removeEventListener('keydown', onkeydown)
}

export function runCommand(command: Command): void {
  void Promise.resolve()
    .then(() => command.run())
    .catch((error: unknown) => toasts.fail(error))
}
