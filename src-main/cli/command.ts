/** What all commands share: options, numbers, and how they are run. */
import { Command, InvalidArgumentError, Option } from 'commander'
import { type BackendName, backendNames } from '../contract/backend'
import { type Workspace } from './workspace'

/** How a command gets its work done: opens a workspace, runs, closes it, whatever happens. */
export type Run = (
  options: { readonly json?: boolean; readonly quiet?: boolean; readonly backend?: BackendName },
  work: (workspace: Workspace) => Promise<void>,
) => Promise<void>

export interface CommonOptions {
  readonly json?: boolean
  readonly quiet?: boolean
}

/** A command with the options every command has. */
export function commandOf(name: string, description: string): Command {
  return new Command(name)
    .description(description)
    .option('--json', 'print one JSON object on stdout')
    .option('-q, --quiet', 'no progress on stderr')
}

export const backendOption = (): Option =>
  new Option('--backend <name>', 'what computes, instead of the best that works').choices(backendNames)

export const runOption = (): Option =>
  new Option('--run <number>', 'the run to use, instead of the selected one').argParser(wholeNumber(1))

export const forceOption = (): Option => new Option('--force', 'write over a file that is there')

/** A whole number from `least` to `most`. */
export function wholeNumber(least: number, most = Number.MAX_SAFE_INTEGER): (text: string) => number {
  return (text) => {
    const value = Number(text)
    if (!/^\d+$/.test(text) || !Number.isSafeInteger(value) || value < least || value > most) {
      const range = most === Number.MAX_SAFE_INTEGER ? `of at least ${String(least)}` : rangeText(least, most)
      throw new InvalidArgumentError(`Give a whole number ${range}.`)
    }
    return value
  }
}

/** A number above 0, up to `most`. */
export function positiveNumber(most: number): (text: string) => number {
  return (text) => {
    const value = Number(text)
    if (text.trim() === '' || !(value > 0 && value <= most)) {
      throw new InvalidArgumentError(`Give a number above 0, up to ${String(most)}.`)
    }
    return value
  }
}

/** A number from `least` to `most`, both included. */
export function numberBetween(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text)
    if (text.trim() === '' || !(value >= least && value <= most)) {
      throw new InvalidArgumentError(`Give a number ${rangeText(least, most)}.`)
    }
    return value
  }
}

/** Some words, `most` characters of them at most. */
export function shortText(most: number): (text: string) => string {
  return (text) => {
    const trimmed = text.trim()
    if (trimmed === '' || trimmed.length > most) {
      throw new InvalidArgumentError(`Give 1 to ${String(most)} characters.`)
    }
    return trimmed
  }
}

const rangeText = (least: number, most: number): string => `from ${String(least)} to ${String(most)}`
