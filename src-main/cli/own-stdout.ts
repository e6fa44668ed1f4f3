/** Keeps stdout for the one result of a command: a script that reads it must never find a library's chatter there. */

/** As much of a process as is needed here. */
export interface Process {
  readonly stdout: NodeJS.WriteStream
  readonly stderr: NodeJS.WriteStream
  exit(code: number): void
}

/** Takes stdout over: what anybody else writes to it goes to stderr from now on. A reader that has gone ends the process. */
export function ownStdout(process: Process): { write(text: string): unknown } {
  const { stdout, stderr } = process
  const write = stdout.write.bind(stdout)
  stdout.write = stderr.write.bind(stderr)
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    // `varia info … | head -1` has read all it wanted.
    if (error.code === 'EPIPE') process.exit(0)
  })
  return { write: (text) => write(text) }
}
