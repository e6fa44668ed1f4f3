/** Channels of contract/rpc over what connects processes: a MessagePort, the parent's relay, a pair in one process. */
import { type Channel } from '../contract/rpc'
import { type EnginePort } from './parent-port'

/**
 * A channel over the end of a MessagePort. The port keeps what it is sent until somebody listens. Posting to a closed
 * port does nothing.
 */
export function portChannel(port: EnginePort): Channel {
  let closed = false
  port.on('close', () => {
    closed = true
  })
  return {
    post: (message) => {
      if (!closed) port.postMessage(message)
    },
    onMessage: (listener) => {
      const heard = ({ data }: { data: unknown }): void => {
        listener(data)
      }
      port.on('message', heard)
      port.start()
      return () => port.off('message', heard)
    },
    onClose: (listener) => {
      port.on('close', listener)
      return () => port.off('close', listener)
    },
  }
}

/** One end of something that is fed from outside. */
export interface FedChannel extends Channel {
  /** What the other side sent. */
  feed(message: unknown): void
  /** The other side is gone. */
  end(): void
}

/** A channel whose messages somebody else carries. What comes before anybody listens is kept for the first who does. */
export function fedChannel(post: (message: unknown) => void): FedChannel {
  const listeners = new Set<(message: unknown) => void>()
  const closeListeners = new Set<() => void>()
  const kept: unknown[] = []
  let ended = false
  return {
    post: (message) => {
      if (!ended) post(message)
    },
    onMessage: (listener) => {
      listeners.add(listener)
      for (const message of kept.splice(0)) listener(message)
      return () => listeners.delete(listener)
    },
    onClose: (listener) => {
      closeListeners.add(listener)
      return () => closeListeners.delete(listener)
    },
    feed: (message) => {
      if (ended) return
      if (listeners.size === 0) kept.push(message)
      for (const listener of [...listeners]) listener(message)
    },
    end: () => {
      if (ended) return
      ended = true
      for (const listener of [...closeListeners]) listener()
    },
  }
}

/** Two joined ends in one process. Messages arrive later, as they do between processes, and are not copied. */
export function channelPair(): readonly [FedChannel, FedChannel] {
  const left: FedChannel = fedChannel((message) => {
    queueMicrotask(() => {
      right.feed(message)
    })
  })
  const right: FedChannel = fedChannel((message) => {
    queueMicrotask(() => {
      left.feed(message)
    })
  })
  left.onClose(() => {
    right.end()
  })
  right.onClose(() => {
    left.end()
  })
  return [left, right]
}
