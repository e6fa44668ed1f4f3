/** TensorFlow's wheel: pip chooses and fetches it, Python's zipfile opens it. */
import { spawn } from 'node:child_process'
import { readdirSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { runCommand } from '../run-command.mjs'
import { say } from '../say.mjs'

/**
 * What to ask pip for, in this order. Only the C library inside is used, which is the same for every Python: so where
 * there is no wheel for the Python that runs pip, that of another version does.
 */
function requests() {
  const packages = process.platform === 'darwin' || process.arch === 'arm64' ? ['tensorflow'] : ['tensorflow-cpu']
  const versions = ['==2.21.*', '']
  const pythons = [null, '3.13', '3.12', '3.11']
  return packages.flatMap((name) =>
    versions.flatMap((version) => pythons.map((python) => ({ requirement: `${name}${version}`, python }))),
  )
}

/** The path of the wheel in the folder, or null when pip could not get one; what pip said last is then shown. */
export async function downloadWheel(python, folder) {
  let said = ''
  for (const { requirement, python: version } of requests()) {
    const args = ['-m', 'pip', 'download', requirement, '--no-deps', '--only-binary=:all:', '--dest', folder]
    args.push('--timeout', '15', '--retries', '1', '--disable-pip-version-check', '--no-cache-dir', '--quiet')
    if (version !== null) args.push('--python-version', version)
    said = await pip(python, args)
    const wheel = readdirSync(folder).find((name) => name.endsWith('.whl'))
    if (wheel !== undefined) return path.join(folder, wheel)
    // Where nothing answers, asking for another version only takes time.
    if (/connection broken|timed out/i.test(said)) break
  }
  const last = said.trim().split('\n').at(-1)
  if (last) say(`  pip: ${last}`)
  return null
}

/** Runs pip to its end and resolves to what it had to complain of. */
function pip(python, args) {
  return new Promise((resolve) => {
    const child = spawn(python, args, { stdio: ['ignore', 'ignore', 'pipe'], timeout: 30 * 60_000 })
    const forward = () => child.kill()
    process.once('SIGINT', forward)
    process.once('SIGTERM', forward)
    let said = ''
    child.stderr.on('data', (chunk) => (said += chunk))
    const end = () => {
      process.off('SIGINT', forward)
      process.off('SIGTERM', forward)
      resolve(said)
    }
    child.once('error', end)
    child.once('close', end)
  })
}

/** Takes the libraries (`lib/`) and the headers that the binding needs (`include/`) out, each checked by its hash. */
export async function unpackWheel(python, wheel, folder) {
  const program = path.join(path.dirname(fileURLToPath(import.meta.url)), 'unpack-wheel.py')
  return (await runCommand(python, [program, wheel, folder], { quiet: true })) === 0
}
