import { spawn } from 'node:child_process'
import path from 'node:path'

const showOutput = (said) => process.stderr.write(said)

const stops = { SIGINT: 130, SIGTERM: 143 }

/**
 * Runs a command to its end and resolves to its exit status (a signal counts as 1, a missing command as 127). What it
 * prints goes to stderr, so that a script's own stdout stays clean; `quiet` keeps it and shows it only on failure, or gives it
 * to `onFailure` instead. Ctrl-C ends the command and then the script: what would have come next is not begun.
 */
export function runCommand(command, args, { cwd, env, quiet = false, onFailure, timeoutMs } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', quiet ? 'pipe' : 2, quiet ? 'pipe' : 2],
      // On Windows npm is a batch file, which only a shell runs; a full path may hold spaces, which a shell would cut.
      shell: process.platform === 'win32' && !path.isAbsolute(command),
      timeout: timeoutMs,
    })
    const output = []
    child.stdout?.on('data', (chunk) => output.push(chunk))
    child.stderr?.on('data', (chunk) => output.push(chunk))
    let stopped = null
    const forward = (signal) => {
      stopped = signal
      child.kill()
    }
    for (const signal of Object.keys(stops)) process.on(signal, forward)
    const end = (status) => {
      for (const signal of Object.keys(stops)) process.off(signal, forward)
      if (stopped !== null) process.exit(stops[stopped])
      if (quiet && status !== 0) (onFailure ?? showOutput)(Buffer.concat(output).toString())
      resolve(status)
    }
    child.on('error', () => end(127))
    child.on('exit', (code) => end(code ?? 1))
  })
}
