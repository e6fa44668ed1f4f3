/** How set-up speaks: one line a step on stderr, so that stdout stays free for results. */
export function say(line) {
  process.stderr.write(`${line}\n`)
}
