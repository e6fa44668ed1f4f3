/** Entry of the command line. Ctrl-C stops politely; pressed again, at once. */
import { ownStdout } from './own-stdout'
import { runCli } from './program'
import { PoliteStop } from './polite-stop'

// TensorFlow's own messages are of no use in a terminal.
process.env['TF_CPP_MIN_LOG_LEVEL'] ??= '2'

const stop = new PoliteStop(() => process.exit(1))
for (const name of ['SIGINT', 'SIGTERM'] as const) {
  process.on(name, () => {
    stop.hear()
  })
}

runCli(process.argv.slice(2), { out: ownStdout(process), err: process.stderr, signal: stop.signal }).then(
  (code) => {
    process.exitCode = code
    // What a library left open must not keep the terminal waiting.
    setTimeout(() => process.exit(code), 500).unref()
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
    process.exit(1)
  },
)
