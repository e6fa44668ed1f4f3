import { describe, expect, it } from 'vitest'
import { home } from '../../../src-renderer/manifold/camera'
import { between, ease, turnBetween } from '../../../src-renderer/manifold/flight'
import { afterClick, begin, move } from '../../../src-renderer/manifold/gestures'
import { blend, inOrderOf, naturalSpriteSize } from '../../../src-renderer/manifold/layout'
import { placeByNeighbours, placeInFrame } from '../../../src-renderer/manifold/marker'
import { afterFrame, type Pace, steadyPace } from '../../../src-renderer/manifold/resolution'
import { CameraMotion } from '../../../src-renderer/manifold/scene/camera-motion'
import { FrameLoop } from '../../../src-renderer/manifold/scene/frame-loop'
import { hexColor } from '../../../src-renderer/manifold/theme-colors'
import { flingOf, follow, type Trail } from '../../../src-renderer/manifold/trail'

describe('a flight', () => {
  const to = { target: [1, 2, 3] as const, distance: 0.4, azimuth: home.azimuth + 6, elevation: -0.5 }

  it('begins and ends exactly where it should', () => {
    expect(between(home, to, 0)).toMatchObject({ ...home, distance: expect.closeTo(home.distance, 9) as number })
    const end = between(home, to, 1)
    expect(end.target).toEqual([1, 2, 3])
    expect(end.distance).toBeCloseTo(0.4)
    expect(Math.cos(end.azimuth)).toBeCloseTo(Math.cos(to.azimuth))
  })

  it('takes the shorter way round', () => {
    expect(turnBetween(0, 6)).toBeCloseTo(6 - 2 * Math.PI)
    expect(turnBetween(-3, 3)).toBeCloseTo(6 - 2 * Math.PI)
    expect(turnBetween(0.2, 0.5)).toBeCloseTo(0.3)
  })

  it('never overshoots', () => {
    for (let n = 0; n <= 20; n++) expect(ease(n / 20)).toBeGreaterThanOrEqual(ease((n - 1) / 20))
    expect(ease(2)).toBe(1)
  })
})

describe('gestures', () => {
  const at = (button: number, shiftKey = false) => ({ button, shiftKey, x: 10, y: 10 })

  it('mean orbit on the left, pan on the right or with Space, box with Shift', () => {
    expect(begin(at(0), false)?.gesture).toBe('orbit')
    expect(begin(at(2), false)?.gesture).toBe('pan')
    expect(begin(at(1), false)?.gesture).toBe('pan')
    expect(begin(at(0), true)?.gesture).toBe('pan')
    expect(begin(at(0, true), false)?.gesture).toBe('box')
    expect(begin(at(3), false)).toBeNull()
  })

  it('are a click while the hand only trembles, and lose nothing of a drag that began with trembling', () => {
    const press = begin(at(0), false)
    if (press === null) throw new Error('no press')
    const trembled = move(press, 12, 11)
    expect(trembled).toMatchObject({ dx: 0, dy: 0, press: { dragged: false } })
    const dragged = move(trembled.press, 20, 10)
    expect(dragged).toMatchObject({ dx: 10, dy: 0, press: { dragged: true } })
    expect(move(dragged.press, 21, 10)).toMatchObject({ dx: 1, dy: 0 })
  })

  it('select one, add and take away with Shift, and clear on nothing', () => {
    expect(afterClick([1, 2], 3, false)).toEqual([3])
    expect(afterClick([1, 2], 3, true)).toEqual([1, 2, 3])
    expect(afterClick([1, 2], 1, true)).toEqual([2])
    expect(afterClick([1, 2], null, false)).toEqual([])
    expect(afterClick([1, 2], null, true)).toEqual([1, 2])
  })
})

describe('frames', () => {
  function clock() {
    let waiting: ((now: number) => void) | null = null
    return {
      request: (callback: (now: number) => void) => ((waiting = callback), 1),
      cancel: () => (waiting = null),
      get idle() {
        return waiting === null
      },
      tick(now: number) {
        const callback = waiting
        waiting = null
        callback?.(now)
      },
    }
  }

  it('are drawn only when asked for, once however often', () => {
    const time = clock()
    const loop = new FrameLoop(() => false, time)
    loop.request()
    loop.request()
    time.tick(16)
    expect(loop.frames).toBe(1)
    expect(time.idle).toBe(true)
  })

  it('follow each other while something moves, then stop', () => {
    const time = clock()
    let left = 3
    const loop = new FrameLoop(() => --left > 0, time)
    loop.request()
    for (let n = 0; n < 10; n++) time.tick(n * 16)
    expect(loop.frames).toBe(3)
  })

  it('wait while asleep and catch up on waking', () => {
    const time = clock()
    const loop = new FrameLoop(() => false, time)
    loop.asleep = true
    loop.request()
    expect(time.idle).toBe(true)
    loop.asleep = false
    time.tick(1)
    expect(loop.frames).toBe(1)
    loop.asleep = true
    loop.asleep = false
    expect(time.idle).toBe(true)
  })

  it('never come again after the end', () => {
    const time = clock()
    const loop = new FrameLoop(() => true, time)
    loop.request()
    loop.stop()
    loop.request()
    expect(time.idle).toBe(true)
  })
})

describe('the resolution of moving pictures', () => {
  const run = (start: Pace, milliseconds: number, frames: number): Pace => {
    let pace = start
    for (let n = 0; n < frames; n++) pace = afterFrame(pace, milliseconds)
    return pace
  }

  it('stays full where frames are quick', () => {
    expect(run(steadyPace, 16, 300).resolution).toBe(1)
  })

  it('gets coarser where they are slow, to a half and no farther', () => {
    expect(run(steadyPace, 80, 5).resolution).toBe(0.75)
    expect(run(steadyPace, 80, 200).resolution).toBe(0.5)
  })

  it('does not waver between two steps', () => {
    const slow = run(steadyPace, 80, 200)
    expect(run(slow, 30, 300).resolution).toBe(0.5)
    expect(run(slow, 10, 66).resolution).toBe(0.75)
  })
})

describe('layouts', () => {
  it('blend from one to the next', () => {
    const out = new Float32Array(3)
    expect([...blend(Float32Array.of(0, 1, 2), Float32Array.of(4, 1, 0), 0.25, out)]).toEqual([1, 1, 1.5])
  })

  it('are put into the order of the sprites, wherever a map lists its items', () => {
    const positions = Float32Array.of(1, 1, 1, 2, 2, 2)
    expect([...inOrderOf(Int32Array.of(7, 9, 8), Int32Array.of(9, 7), positions)]).toEqual([2, 2, 2, 1, 1, 1, 0, 0, 0])
    expect(inOrderOf(Int32Array.of(9, 7), Int32Array.of(9, 7), positions)).toBe(positions)
  })

  it('have smaller sprites the more of them there are', () => {
    expect(naturalSpriteSize(100_000)).toBeLessThan(naturalSpriteSize(7447))
    expect(naturalSpriteSize(2)).toBe(0.25)
  })
})

describe('the place of a latent that is no item', () => {
  it('follows the linear layout: (z - mean) . basis / scale', () => {
    const frame = {
      mean: Float32Array.of(1, 0, 0, 0),
      basis: Float32Array.of(1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0),
      scale: 2,
      explained: [0.5, 0.3, 0.1],
    }
    expect(placeInFrame(Float32Array.of(3, 4, -2, 9), frame)).toEqual([1, 2, -1])
    expect(placeInFrame(Float32Array.of(3), frame)).toBeNull()
  })

  it('lies between its nearest items elsewhere, at an item that it equals', () => {
    const places = new Map<number, readonly [number, number, number]>([
      [1, [0, 0, 0]],
      [2, [2, 2, 2]],
    ])
    const placeOf = (item: number) => places.get(item) ?? null
    const middle = placeByNeighbours(
      [
        { item: 1, distance: 1 },
        { item: 2, distance: 1 },
      ],
      placeOf,
    )
    expect(middle?.[0]).toBeCloseTo(1)
    expect(
      placeByNeighbours(
        [
          { item: 2, distance: 0 },
          { item: 1, distance: 3 },
        ],
        placeOf,
      )?.[1],
    ).toBeCloseTo(2, 4)
    expect(placeByNeighbours([{ item: 5, distance: 1 }], placeOf)).toBeNull()
  })
})

it('reads the theme colours as they are written in the tokens', () => {
  expect(hexColor(' #7c9cff')).toEqual([124, 156, 255])
  expect(hexColor('#fa0')).toEqual([255, 170, 0])
  expect(hexColor('red')).toEqual([0, 0, 0])
})

describe('a fling', () => {
  const drag = (pace: number, until: number): Trail => {
    let trail: Trail = []
    for (let at = 0; at <= until; at += 10) trail = follow(trail, { x: at * pace, y: 0, at })
    return trail
  }
  const viewport = { width: 800, height: 600 }

  it('has the speed of the last moments of the drag, and none where the hand had come to rest', () => {
    expect(flingOf(drag(1, 300), 300).x).toBeCloseTo(1)
    expect(flingOf(drag(1, 300), 400)).toEqual({ x: 0, y: 0 })
    expect(flingOf(drag(0.05, 300), 300)).toEqual({ x: 0, y: 0 })
    expect(flingOf([], 10)).toEqual({ x: 0, y: 0 })
  })

  it('turns the camera on, ever slower, and comes to rest by itself', () => {
    const motion = new CameraMotion()
    motion.fling({ x: 1, y: 0 }, 0)
    const turns: number[] = []
    for (let now = 16; motion.moving && now < 5000; now += 16) {
      const before = motion.camera.azimuth
      motion.advance(now, viewport)
      turns.push(before - motion.camera.azimuth)
    }
    expect(turns.length).toBeLessThan(60)
    expect(turns.every((turn, n) => turn > 0 && turn <= (turns[n - 1] ?? Infinity))).toBe(true)
    expect(motion.advance(6000, viewport)).toBe(false)
  })

  it('ends when a hand takes hold, and never jumps after a pause', () => {
    const motion = new CameraMotion()
    motion.fling({ x: 1, y: 0 }, 0)
    motion.advance(3000, viewport)
    expect(home.azimuth - motion.camera.azimuth).toBeLessThan(0.4)
    motion.fling({ x: 1, y: 0 }, 3000)
    motion.rest()
    expect(motion.moving).toBe(false)
  })
})
