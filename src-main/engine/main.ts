/** Entry of the engine process; started by desktop/engine-host as a utility process or as a fork under a Node. */
import { constants, setPriority } from 'node:os'
import { runEngine } from './engine'
import { parentPort } from './parent-port'

const parent = parentPort()
if (parent === null) {
  process.stderr.write('The engine is started by Varia; use `varia serve` for an engine without a window.\n')
  process.exit(2)
}

process.on('unhandledRejection', (reason) => {
  // Some request's work failed unheard. What is committed is on disk and other work goes on, so the process lives.
  parent.post({ type: 'log', line: `unhandled: ${reason instanceof Error ? reason.stack : String(reason)}` })
})
process.on('uncaughtException', (error) => {
  parent.post({ type: 'log', line: `uncaught: ${error.stack ?? error.message}` })
  // Its state can't be trusted any more: the next engine goes on from the last checkpoint.
  process.exit(70)
})

// Ctrl-C in a terminal reaches every process that was started there; the parent says when it is time to go, after a
// checkpoint. A fork is stopped by other means, so there it holds for all polite signals.
for (const signal of process.send === undefined ? (['SIGINT'] as const) : (['SIGINT', 'SIGTERM'] as const)) {
  process.on(signal, () => undefined)
}

try {
  // Whatever it computes, the window and the rest of the machine stay quick to the hand.
  setPriority(constants.priority.PRIORITY_BELOW_NORMAL)
} catch {
  // A system that forbids it gives everybody the same share.
}

runEngine(parent, (code) => process.exit(code))
