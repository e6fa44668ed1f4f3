import { spawn } from 'node:child_process'

/**
 * Runs a command to its end and resolves to its exit status (a signal counts as 1, a missing command as 127). What it
 * prints goes to stderr, so that a script's own stdout stays clean; `quiet` keeps it and shows it only on failure.
 */
export function runCommand(command, args, { cwd, env, quiet = false, timeoutMs } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', quiet ? 'pipe' : 2, quiet ? 'pipe' : 2],
      shell: process.platform === 'win32',
      timeout: timeoutMs,
    })
    const output = []
    child.stdout?.on('data', (chunk) => output.push(chunk))
    child.stderr?.on('data', (chunk) => output.push(chunk))
    const forward = () => child.kill()
    process.once('SIGINT', forward)
    process.once('SIGTERM', forward)
    const end = (status) => {
      process.off('SIGINT', forward)
      process.off('SIGTERM', forward)
      if (quiet && status !== 0) process.stderr.write(Buffer.concat(output))
      resolve(status)
    }
    child.on('error', () => end(127))
    child.on('exit', (code) => end(code ?? 1))
  })
}
