/** Disks of a test's own, where the system lets us have one: as root on Linux. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

function mount(place: string, ...options: string[]): void {
  mkdirSync(place, { recursive: true })
  execFileSync('mount', [...options, place], { stdio: 'ignore' })
}

/** Makes `place` an empty disk that holds so many MiB. */
export function mountSmall(place: string, size: number): void {
  mount(place, '-t', 'tmpfs', '-o', `size=${String(size)}m`, 'none')
}

/** Shows the folder `source` at `place` on a disk that can only be read. */
export function mountReadOnly(place: string, source: string): void {
  mount(place, '--bind', source)
  try {
    execFileSync('mount', ['-o', 'remount,ro,bind', place], { stdio: 'ignore' })
  } catch (error) {
    unmount(place)
    throw error
  }
}

/** Takes a disk away, also while something on it is still open. */
export function unmount(place: string): void {
  execFileSync('umount', ['-l', place])
}

/** Whether the system lets us, for both kinds: some containers mount, but don't let a mount be made read-only. */
export const canMount = ((): boolean => {
  const place = mkdtempSync(join(tmpdir(), 'varia-mount-'))
  const [small, readOnly] = [join(place, 'small'), join(place, 'read-only')]
  const mounted: string[] = []
  try {
    mountSmall(small, 1)
    mounted.push(small)
    mountReadOnly(readOnly, small)
    mounted.push(readOnly)
    return true
  } catch {
    return false
  } finally {
    for (const one of mounted.reverse()) unmount(one)
    rmSync(place, { recursive: true })
  }
})()
