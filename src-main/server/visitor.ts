/**
 * Whether a request comes from our own page: its Host must be a name of this machine (a page of somebody else whose name
 * was bent to point here sends its own), and its Origin must be that same host.
 */
import { type IncomingMessage } from 'node:http'
import { networkInterfaces } from 'node:os'

const loopbackNames = new Set(['localhost', '127.0.0.1', '[::1]'])

/** An address as it stands in a Host header. */
export function inHeader(address: string): string {
  return address.includes(':') ? `[${address.toLowerCase()}]` : address.toLowerCase()
}

/** Addresses under which others reach this machine: where it listens on all of them, those are its names. */
export function outerAddresses(): string[] {
  const all = Object.values(networkInterfaces()).flatMap((some) => some ?? [])
  const outer = all.filter(({ internal, scopeid }) => !internal && (scopeid ?? 0) === 0)
  return outer.map(({ address }) => address)
}

const everywhere = new Set(['0.0.0.0', '::'])

/** Whether only this machine reaches a server on `host`. */
export function isLoopback(host: string): boolean {
  return loopbackNames.has(inHeader(host)) || host.startsWith('127.')
}

/** Whether a server on `host` listens on every address of the machine. */
export function isEverywhere(host: string): boolean {
  return everywhere.has(host)
}

/**
 * Names a server that listens on `host` answers to. Ports are not compared: an ssh tunnel changes them. Addresses are safe
 * to answer to: only names can be bent.
 */
export function answeredNames(host: string): ReadonlySet<string> {
  const more = isEverywhere(host) ? outerAddresses() : [host]
  return new Set([...loopbackNames, ...more.map(inHeader)])
}

/** The name in a Host header, or null where it is malformed. */
export function hostName(header: string | undefined): string | null {
  const match = /^(\[[0-9a-f:.]+\]|[a-z0-9.-]+)(?::\d{1,5})?$/i.exec(header ?? '')
  return match?.[1]?.toLowerCase() ?? null
}

export function hasOwnHost(request: IncomingMessage, names: ReadonlySet<string>): boolean {
  const name = hostName(request.headers.host)
  return name !== null && names.has(name)
}

/** Whether the Origin header names the very host the request was sent to. Absent ones do not. */
export function hasOwnOrigin(request: IncomingMessage): boolean {
  const { origin, host } = request.headers
  return origin !== undefined && host !== undefined && origin.toLowerCase() === `http://${host.toLowerCase()}`
}
