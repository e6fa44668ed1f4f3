/**
 * Whether a request comes from our own page: its Host must be a name of this machine (a page of somebody else whose name
 * was bent to point here sends its own), and its Origin must be that same host.
 */
import { type IncomingMessage } from 'node:http'

const loopbackNames = new Set(['localhost', '127.0.0.1', '[::1]'])

/** Names a server that listens on `host` answers to. Ports are not compared: an ssh tunnel changes them. */
export function answeredNames(host: string): ReadonlySet<string> {
  const names = new Set(loopbackNames)
  if (host !== '0.0.0.0' && host !== '::') names.add(host.includes(':') ? `[${host}]` : host.toLowerCase())
  return names
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
