import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { MessageChannel, type MessagePort } from 'node:worker_threads'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type Failure } from '../../src-main/contract/errors'
import { connect, type Connection } from '../../src-main/contract/rpc'
import { type WindowPort } from '../../src-main/desktop/engine-host'
import { startForkHost } from '../../src-main/desktop/fork-host'
import { EngineSupervisor } from '../../src-main/desktop/supervisor'
import { fedChannel } from '../../src-main/engine/channels'

let folder: string
let supervisor: EngineSupervisor
const ready: (Failure | null)[] = []
const givenUp: Failure[] = []

/** A Node port as Electron's main process would have it. */
function windowPort(port: MessagePort): WindowPort {
  return {
    postMessage: (message) => {
      port.postMessage(message)
    },
    on: (event: string, listener: (told: { data: unknown }) => void) =>
      event === 'message'
        ? port.on('message', (data: unknown) => listener({ data }))
        : port.on('close', () => listener({ data: null })),
    start: () => {
      port.start()
    },
    close: () => {
      port.close()
    },
  }
}

/** What a window does: a channel of its own to the engine. */
async function openWindow(): Promise<Connection> {
  const { port1, port2 } = new MessageChannel()
  const channel = fedChannel((message) => {
    port2.postMessage(message)
  })
  port2.on('message', (message: unknown) => {
    channel.feed(message)
  })
  port2.on('close', () => {
    channel.end()
  })
  await supervisor.addClient(windowPort(port1))
  return connect(channel)
}

function supervise(dataFolder: string): EngineSupervisor {
  return new EngineSupervisor({
    // From its sources: this Node compiles them as it goes.
    startHost: () => startForkHost(resolve('src-main/engine/main.ts'), process.execPath),
    start: { dataFolder, projectsFolder: join(folder, 'projects'), version: '0.0.0', backend: 'cpu' },
    onReady: (failure) => ready.push(failure),
    onGivenUp: (failure) => givenUp.push(failure),
  })
}

beforeEach(() => {
  vi.stubEnv('NODE_OPTIONS', '--import tsx')
  folder = mkdtempSync(join(tmpdir(), 'varia-supervisor-'))
  ready.length = 0
  givenUp.length = 0
  supervisor = supervise(join(folder, 'data'))
})
afterEach(async () => {
  await supervisor.shutdown()
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true, force: true })
})

describe('the supervisor of a forked engine', () => {
  it('connects windows, carries typed arrays, makes grants and finds their places', async () => {
    supervisor.start()
    const connection = await openWindow()
    expect(await connection.call('app.hello')).toMatchObject({ door: 'desktop', hasDialogs: true })
    const mosaic = await connection.call('samples.mosaic', { name: 'sprites', count: 2 })
    expect(mosaic.data).toBeInstanceOf(Uint8Array)
    const [grant = ''] = await supervisor.grant([{ path: folder, kind: 'folder', purpose: 'export' }])
    expect(grant).not.toContain(folder)
    expect(await supervisor.place(grant)).toBe(folder)
    await expect(supervisor.place(folder)).rejects.toMatchObject({ code: 'not-allowed' })
  })

  it('starts an engine that was killed again, tells its windows, and has the project open as before', async () => {
    supervisor.start()
    const before = await openWindow()
    const made = await before.call('project.create', { name: 'Kept' })
    await vi.waitFor(() => expect(supervisor.status.project?.id).toBe(made.id))
    const closed = new Promise<void>((done) => before.onClose(done))
    const first = supervisor.pid ?? 0
    const open = before.call('samples.mosaic', { name: 'icons', count: 64 })
    process.kill(first, 'SIGKILL')
    await closed
    // What it trained is not lost from sight meanwhile: nobody may take it for idle.
    expect([supervisor.status.project, supervisor.isComingBack]).toEqual([null, true])
    await expect(open).rejects.toMatchObject({ code: 'engine-lost' })
    await expect(before.call('app.hello')).rejects.toMatchObject({ code: 'engine-lost' })

    const after = await openWindow()
    expect((await after.call('project.info'))?.id).toBe(made.id)
    expect(supervisor.pid).not.toBe(first)
    expect(ready).toEqual([null, null])
  })

  it('is the one who ends it: Ctrl-C in the terminal reaches the engine, too, and does nothing there', async () => {
    supervisor.start()
    const connection = await openWindow()
    await connection.call('app.hello')
    const pid = supervisor.pid ?? 0
    for (const signal of ['SIGINT', 'SIGTERM']) process.kill(pid, signal)
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(await connection.call('app.hello')).toMatchObject({ door: 'desktop' })
    expect([supervisor.pid, supervisor.isComingBack]).toEqual([pid, false])
  })

  it('gives up on an engine that refuses to start, and says why', async () => {
    const blocked = join(folder, 'a file')
    writeFileSync(blocked, '')
    supervisor = supervise(join(blocked, 'data'))
    supervisor.start()
    await vi.waitFor(() => expect(givenUp).toHaveLength(1), { timeout: 30_000 })
    await expect(openWindow()).rejects.toMatchObject({ code: givenUp[0]?.code })
    await expect(supervisor.grant([{ path: folder, kind: 'folder', purpose: 'export' }])).rejects.toThrow()
  })

  it('ends the process when it is shut down, and is not fooled into starting it again', async () => {
    supervisor.start()
    const connection = await openWindow()
    await connection.call('app.hello')
    const pid = supervisor.pid ?? 0
    await supervisor.shutdown()
    expect(() => process.kill(pid, 0)).toThrow()
    supervisor.start()
    await expect(openWindow()).rejects.toMatchObject({ code: 'engine-lost' })
  })
})
