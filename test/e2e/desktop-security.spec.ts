/** SAFETY rows 1 to 11, seen from inside the real window. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { menuActions } from '../../src-main/contract/bridge'
import { preloadKeys } from '../../src-main/contract/preload'
import { askEngine, callEngine } from './harness/engine-call'
import { expect, test } from './harness/fixtures'
import { jobsDone } from './harness/small-project'

test('row 1: every window is sandboxed and isolated, and its page has nothing of Node', async ({ desktop }) => {
  const preferences = await desktop.app.evaluate(({ webContents }) =>
    webContents
      .getAllWebContents()
      .map((contents) => (contents as unknown as { getLastWebPreferences(): object }).getLastWebPreferences()),
  )
  expect(preferences.length).toBeGreaterThan(0)
  for (const one of preferences) {
    expect(one).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
    })
  }
  const reachable = await desktop.page.evaluate(() =>
    ['require', 'process', 'module', 'Buffer', 'global', '__dirname', 'electron', 'ipcRenderer'].filter(
      (name) => name in window,
    ),
  )
  expect(reachable).toEqual([])
})

test('row 2: no inline, evaluated or remote script runs, and no inline style', async ({ desktop: { page } }) => {
  const header = await page.evaluate(async () =>
    (await fetch('varia://app/index.html')).headers.get('content-security-policy'),
  )
  expect(header).toContain("default-src 'none'")
  const outcome = await page.evaluate(async () => {
    const refused: string[] = []
    document.addEventListener('securitypolicyviolation', (event) => refused.push(event.effectiveDirective))
    const add = (change: (script: HTMLScriptElement) => void): void => {
      const script = document.createElement('script')
      change(script)
      document.head.append(script)
    }
    const marks = window as unknown as Record<string, unknown>
    add((script) => (script.textContent = 'window.inlineRan = true'))
    add((script) => (script.src = 'data:text/javascript,window.dataRan = true'))
    add((script) => (script.src = 'https://example.org/x.js'))
    document.body.insertAdjacentHTML('beforeend', '<img src="none:" onerror="window.handlerRan = true">')
    const style = document.createElement('style')
    style.textContent = 'body { --styled: yes }'
    document.head.append(style)
    // Away from the driver's own evaluation, which may evaluate.
    const evaluated = await new Promise<string>((resolve) =>
      setTimeout(() => {
        try {
          new Function('window.evalRan = true')()
          resolve('ran')
        } catch (error) {
          resolve((error as Error).name)
        }
      }, 50),
    )
    await new Promise((resolve) => setTimeout(resolve, 500))
    const ran = ['inlineRan', 'dataRan', 'handlerRan', 'evalRan'].filter((name) => name in marks)
    const styled = getComputedStyle(document.body).getPropertyValue('--styled')
    return { evaluated, ran, styled, refused }
  })
  expect(outcome).toMatchObject({ evaluated: 'EvalError', ran: [], styled: '' })
  expect(outcome.refused.length).toBeGreaterThanOrEqual(4)
})

test('row 3: the protocol serves the built page and nothing beside it', async ({ desktop: { page } }) => {
  const statuses = await page.evaluate(async () => {
    const paths = [
      'index.html',
      '../main/desktop.cjs',
      '%2e%2e/main/desktop.cjs',
      '..%2fmain/desktop.cjs',
      '..%5cmain%5cdesktop.cjs',
      '%252e%252e/main/desktop.cjs',
      '../renderer-other/index.html',
      '/etc/passwd',
      '//server/share/x.html',
      'C:/Windows/win.ini',
      '../../package.json',
    ]
    const answers = paths.map(async (path) => {
      const answer = await fetch(`varia://app/${path}`).catch(() => null)
      return [path, answer?.status ?? 0] as const
    })
    return Object.fromEntries(await Promise.all(answers))
  })
  const { 'index.html': page200, ...others } = statuses
  expect(page200).toBe(200)
  expect(Object.entries(others).filter(([, status]) => status !== 404 && status !== 0)).toEqual([])
  const elsewhere = await page.evaluate(() =>
    fetch('varia://other/index.html').then(
      (a) => a.status,
      () => 0,
    ),
  )
  expect([0, 404]).toContain(elsewhere)
})

test('row 4: every permission is denied', async ({ desktop: { page } }) => {
  const outcome = await page.evaluate(async () => {
    const names = [
      'geolocation',
      'notifications',
      'camera',
      'microphone',
      'midi',
      'clipboard-read',
      'persistent-storage',
      'background-sync',
      'screen-wake-lock',
      'accelerometer',
      'gyroscope',
      'magnetometer',
      'payment-handler',
      'idle-detection',
      'storage-access',
      'local-fonts',
      'window-management',
    ]
    const states = await Promise.all(
      names.map((name) =>
        navigator.permissions.query({ name: name as PermissionName }).then(
          ({ state }) => state as string,
          () => 'unknown',
        ),
      ),
    )
    const refused = (asked: Promise<unknown>): Promise<string> =>
      Promise.race([
        asked.then(
          () => 'given',
          () => 'refused',
        ),
        new Promise<string>((resolve) => setTimeout(() => resolve('nothing'), 2000)),
      ])
    const position = new Promise((resolve, reject) => navigator.geolocation.getCurrentPosition(resolve, reject))
    return {
      granted: names.filter((_, index) => states[index] === 'granted'),
      notification: await Notification.requestPermission(),
      camera: await refused(navigator.mediaDevices?.getUserMedia({ video: true }) ?? Promise.reject(new Error('none'))),
      display: await refused(navigator.mediaDevices?.getDisplayMedia({}) ?? Promise.reject(new Error('none'))),
      position: await refused(position),
    }
  })
  expect(outcome.granted).toEqual([])
  expect(outcome.notification).toBe('denied')
  expect([outcome.camera, outcome.display, outcome.position]).not.toContain('given')
})

test('row 5: the window goes nowhere and opens nothing', async ({ desktop: { app, page } }) => {
  const here = page.url()
  const opened = await page.evaluate(() => window.open('https://example.org/') === null)
  expect(opened).toBe(true)
  for (const address of ['https://example.org/', 'file:///etc/passwd', 'data:text/html,x', 'varia://other/']) {
    await page.evaluate((to) => {
      const link = document.createElement('a')
      link.href = to
      document.body.append(link)
      link.click()
      link.target = '_blank'
      link.click()
      link.remove()
      window.location.assign(to)
    }, address)
    await page.waitForTimeout(150)
    expect(page.url()).toBe(here)
  }
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1)
})

test('row 6: only a constant https address reaches the system', async ({ desktop: { app, page } }) => {
  await app.evaluate(({ shell }) => {
    const opened: string[] = []
    ;(globalThis as unknown as { opened: string[] }).opened = opened
    shell.openExternal = (address) => {
      opened.push(address)
      return Promise.resolve()
    }
  })
  const answers = await page.evaluate(async () => {
    const varia = (window as unknown as { varia: { openPage(page: unknown): Promise<{ ok: boolean }> } }).varia
    const asked = [
      'licence',
      'file:///etc/passwd',
      'smb://x/y',
      'javascript:1',
      'https://example.org/',
      '__proto__',
      {},
    ]
    return Promise.all(asked.map(async (what) => (await varia.openPage(what)).ok))
  })
  expect(answers).toEqual([true, false, false, false, false, false, false])
  const opened = await app.evaluate(() => (globalThis as unknown as { opened: string[] }).opened)
  expect(opened).toEqual(['https://www.apache.org/licenses/LICENSE-2.0'])
})

test('row 7: a frame inside the page has no bridge', async ({ desktop: { page } }) => {
  const inside = await page.evaluate(async () => {
    const found: boolean[] = []
    for (const address of ['varia://app/index.html', 'about:blank', 'data:text/html,x']) {
      const frame = document.createElement('iframe')
      frame.src = address
      document.body.append(frame)
      await new Promise((resolve) => setTimeout(resolve, 300))
      try {
        found.push(frame.contentWindow !== null && 'varia' in frame.contentWindow)
      } catch {
        found.push(false)
      }
      frame.remove()
    }
    return found
  })
  expect(inside).toEqual([false, false, false])
})

test('row 8: nonsense through the bridge is refused, and the window lives on', async ({ desktop: { page } }) => {
  const oks = await page.evaluate(async () => {
    type Any = (...values: unknown[]) => Promise<{ ok: boolean }>
    const varia = (window as unknown as { varia: Record<string, Any> }).varia
    const nonsense = [null, 0, '', {}, [], 'x'.repeat(100_000), { kind: 'folder' }, ['folder'], '../../etc']
    const asked: Promise<boolean>[] = []
    for (const name of ['connect', 'pick', 'reveal', 'openPage']) {
      for (const value of nonsense) {
        if (name === 'connect' && (value === '' || typeof value !== 'string')) {
          asked.push(varia[name]?.(value).then(({ ok }) => ok) ?? Promise.resolve(true))
        } else if (name !== 'connect') {
          asked.push(varia[name]?.(value).then(({ ok }) => ok) ?? Promise.resolve(true))
        }
      }
    }
    return Promise.all(asked)
  })
  expect(oks.filter(Boolean)).toEqual([])
  expect((await callEngine(page, 'app.hello')).door).toBe('desktop')
})

test('row 9: the preload gives named functions and nothing else', async ({ desktop: { page } }) => {
  const given = await page.evaluate(() => {
    const varia = (window as unknown as { varia: Record<string, unknown> }).varia
    return Object.entries(varia).map(([name, value]) => [name, typeof value] as const)
  })
  expect(given.map(([name]) => name).sort()).toEqual([...preloadKeys].sort())
  expect(new Set(given.map(([, type]) => type))).toEqual(new Set(['function']))
})

test('row 10: a path is no grant', async ({ desktop: { page, folder } }) => {
  for (const grant of ['/etc', folder, join(folder, 'projects'), 'x'.repeat(24), '../../../etc/passwd']) {
    const answers = await Promise.all([
      askEngine(page, 'project.open', { from: { kind: 'grant', grant } }),
      askEngine(page, 'project.create', { name: 'Here', folder: grant }),
      askEngine(page, 'collection.preview', { source: { kind: 'grants', grants: [grant] }, framing: {}, seed: 1 }),
    ])
    for (const answer of answers) {
      expect(answer.ok).toBe(false)
      if (!answer.ok) expect(['not-allowed', 'bad-request']).toContain(answer.failure.code)
    }
    const shown = await page.evaluate(async (what) => {
      const varia = (window as unknown as { varia: { reveal(grant: string): Promise<{ ok: boolean }> } }).varia
      return (await varia.reveal(what)).ok
    }, grant)
    expect(shown).toBe(false)
  }
})

test('row 10: what its user picks or drops becomes a grant, and the window never learns the path', async ({
  desktop: { app, page, folder },
}) => {
  await app.evaluate(
    ({ dialog }, place) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [place] })
    },
    join(folder, 'projects'),
  )
  const picked = await page.evaluate(async () => {
    const varia = (window as unknown as { varia: { pick(kind: string): Promise<unknown> } }).varia
    return varia.pick('project-folder')
  })
  expect(picked).toMatchObject({ ok: true, value: [{ name: 'projects', kind: 'folder' }] })
  expect(JSON.stringify(picked)).not.toContain(folder)
  const grant = (picked as { value: { grant: string }[] }).value[0]?.grant
  const made = await callEngine(page, 'project.create', { name: 'Picked', folder: grant as never })
  expect(made.name).toBe('Picked')

  // A hand drops the project's folder on the window.
  const session = await page.context().newCDPSession(page)
  const data = { items: [], files: [join(folder, 'projects', 'Picked.varia')], dragOperationsMask: 1 }
  const at = { x: 700, y: 500, data }
  await session.send('Input.dispatchDragEvent', { type: 'dragEnter', ...at })
  // As the system does it: again and again while the hand holds still, so that the page can say that it takes the drop.
  for (let held = 0; held < 12; held++) {
    await session.send('Input.dispatchDragEvent', { type: 'dragOver', ...at })
    await page.waitForTimeout(30)
  }
  await session.send('Input.dispatchDragEvent', { type: 'drop', ...at })
  const dropped = (): Promise<unknown> =>
    page.evaluate(() => (window as unknown as { varia: { grantDropped(): Promise<unknown> } }).varia.grantDropped())
  await expect.poll(dropped).toMatchObject({ ok: true, value: [{ name: 'Picked.varia', kind: 'project' }] })

  // A page can't drop by itself.
  const forged = await page.evaluate(async () => {
    const transfer = new DataTransfer()
    transfer.items.add(new File(['x'], 'passwd'))
    document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }))
    return (window as unknown as { varia: { grantDropped(): Promise<unknown> } }).varia.grantDropped()
  })
  expect(forged).toEqual({ ok: true, value: [] })
})

test('row 11: nothing ever leaves: the network log of a whole session is empty', async ({ launch, folder }) => {
  const log = join(folder, 'net.json')
  const desktop = await launch({ flags: [`--log-net-log=${log}`] })
  const { page } = desktop
  await callEngine(page, 'project.create', { name: 'Quiet' })
  await callEngine(page, 'collection.import', {
    source: { kind: 'sample', name: 'icons', count: 60 },
    framing: { size: 32 },
  })
  await jobsDone(page)
  for (const key of ['1', '2', '3', '4']) {
    await page.keyboard.press(key)
    await page.waitForTimeout(300)
  }
  await desktop.close()
  const text = readFileSync(log, 'utf8')
  const addresses = [...text.matchAll(/"(?:url|host|location)":"([^"]+)"/g)].map((match) => match[1] ?? '')
  const outward = addresses.filter((address) => !/^(?:varia|data|blob|devtools|chrome|about):/.test(address))
  expect(outward).toEqual([])
})

test('the native menu tells the window what was chosen', async ({ desktop: { app, page } }) => {
  await page.evaluate(() => {
    const heard: unknown[] = []
    ;(window as unknown as { heard: unknown[] }).heard = heard
    ;(window as unknown as { varia: { onMenu(listener: (action: unknown) => void): void } }).varia.onMenu((action) =>
      heard.push(action),
    )
  })
  const chosen = await app.evaluate(
    ({ Menu }, actions) => {
      const menu = Menu.getApplicationMenu()
      return actions.filter((action) => {
        const item = menu?.getMenuItemById(action)
        item?.click()
        return item !== null && item !== undefined
      })
    },
    [...menuActions],
  )
  expect(chosen).toEqual([...menuActions])
  await expect
    .poll(() => page.evaluate(() => (window as unknown as { heard: unknown[] }).heard))
    .toEqual([...menuActions])
})
