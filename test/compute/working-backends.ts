import { drivers } from '../../src-main/compute/registry'
import { loadBackend } from '../../src-main/compute/backend'
import type { BackendName } from '../../src-main/contract/backend'

/** The names of the backends that work on this machine, best first. */
export async function workingBackends(): Promise<BackendName[]> {
  const names: BackendName[] = []
  for (const driver of drivers) {
    const works = await loadBackend(driver).then(
      () => true,
      () => false,
    )
    if (works) names.push(driver.name)
  }
  return names
}
