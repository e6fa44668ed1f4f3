import { describe, expect, it } from 'vitest'
import { DeviceQueue } from '../../src-main/compute/queue'

/** A promise and the function that keeps it. */
function gate(): { open: () => void; opened: Promise<void> } {
  let open = (): void => undefined
  const opened = new Promise<void>((resolve) => (open = resolve))
  return { open, opened }
}

describe('the device queue', () => {
  it('puts a hand before training and training before background work, first come first served within each', async () => {
    const queue = new DeviceQueue()
    const order: string[] = []
    const note = (name: string) => () => void order.push(name)
    await Promise.all([
      queue.run('background', note('map')),
      queue.run('training', note('step 1')),
      queue.run('training', note('step 2')),
      queue.run('interactive', note('slider 1')),
      queue.run('interactive', note('slider 2')),
    ])
    expect(order).toEqual(['slider 1', 'slider 2', 'step 1', 'step 2', 'map'])
  })

  it('runs one task at a time, also when a task waits for something', async () => {
    const queue = new DeviceQueue()
    let running = 0
    let most = 0
    const work = async () => {
      most = Math.max(most, ++running)
      await new Promise((resolve) => setTimeout(resolve, 5))
      running--
    }
    await Promise.all(Array.from({ length: 5 }, () => queue.run('training', work)))
    expect(most).toBe(1)
  })

  it('lets a hand in between two training steps that were asked for earlier', async () => {
    const queue = new DeviceQueue()
    const order: string[] = []
    const { open, opened } = gate()
    const first = queue.run('training', async () => {
      await opened
      order.push('step 1')
    })
    const second = queue.run('training', () => void order.push('step 2'))
    await new Promise((resolve) => setTimeout(resolve, 5))
    const slider = queue.run('interactive', () => void order.push('slider'))
    open()
    await Promise.all([first, second, slider])
    expect(order).toEqual(['step 1', 'slider', 'step 2'])
  })

  it('turns the event loop between tasks, so that requests get in while training goes on', async () => {
    const queue = new DeviceQueue()
    const order: string[] = []
    const steps = Array.from({ length: 3 }, (_, i) =>
      queue.run('training', () => {
        order.push(`step ${i}`)
        if (i === 0) setImmediate(() => order.push('request'))
      }),
    )
    await Promise.all(steps)
    expect(order.indexOf('request')).toBeLessThan(order.indexOf('step 2'))
  })

  it('rejects only the task that failed', async () => {
    const queue = new DeviceQueue()
    const failing = queue.run('interactive', () => {
      throw new Error('out of luck')
    })
    const fine = queue.run('interactive', () => 42)
    await expect(failing).rejects.toThrow('out of luck')
    await expect(fine).resolves.toBe(42)
  })

  it('takes a task out when its signal aborts while it waits, and never runs it', async () => {
    const queue = new DeviceQueue()
    const { open, opened } = gate()
    const holding = queue.run('training', () => opened)
    const abort = new AbortController()
    let ran = false
    const waiting = queue.run('training', () => void (ran = true), abort.signal)
    await new Promise((resolve) => setTimeout(resolve, 5))
    expect(queue.waiting('training')).toBe(1)
    abort.abort()
    await expect(waiting).rejects.toMatchObject({ code: 'cancelled' })
    expect(queue.waiting()).toBe(0)
    open()
    await holding
    expect(ran).toBe(false)
  })

  it('refuses a task whose signal has already aborted', async () => {
    const abort = new AbortController()
    abort.abort()
    await expect(new DeviceQueue().run('background', () => 1, abort.signal)).rejects.toMatchObject({
      code: 'cancelled',
    })
  })

  it('lets a task that has begun run to its end', async () => {
    const queue = new DeviceQueue()
    const abort = new AbortController()
    const { open, opened } = gate()
    const task = queue.run('training', () => opened.then(() => 'done'), abort.signal)
    await new Promise((resolve) => setTimeout(resolve, 5))
    abort.abort()
    open()
    await expect(task).resolves.toBe('done')
  })

  it('goes on after having been empty', async () => {
    const queue = new DeviceQueue()
    await queue.run('training', () => undefined)
    await new Promise((resolve) => setTimeout(resolve, 5))
    await expect(queue.run('background', () => 'later')).resolves.toBe('later')
  })

  it('waits for a hand that drags, and lets a step through now and then all the same', async () => {
    const queue = new DeviceQueue()
    const order: string[] = []
    let dragging = true
    const step = async (): Promise<void> => {
      order.push('step')
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
    const training = (async () => {
      while (dragging) await queue.run('training', step)
    })()
    await queue.run('interactive', () => undefined)
    for (let move = 0; move < 40; move++) {
      await queue.run('interactive', () => void order.push('answer'))
      await new Promise((resolve) => setTimeout(resolve, 3))
    }
    dragging = false
    await training
    const steps = order.filter((what) => what === 'step').length
    expect(steps).toBeGreaterThanOrEqual(4)
    expect(steps).toBeLessThan(20)
  })

  it('does not keep a step waiting once the hand has let go', async () => {
    const queue = new DeviceQueue()
    await queue.run('interactive', () => undefined)
    await expect(queue.run('training', () => 'step')).resolves.toBe('step')
  })
})
