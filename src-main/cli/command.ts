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

/** A whole number of at least `least`. */
export function wholeNumber(least: number): (text: string) => number {
  return (text) => {
    const value = Number(text)
    if (!/^\d+$/.test(text) || !Number.isSafeInteger(value) || value < least) {
      throw new InvalidArgumentError(`Give a whole number of at least ${String(least)}.`)
    }
    return value
  }
}

/** A number above 0. */
export function positiveNumber(text: string): number {
  const value = Number(text)
  if (text.trim() === '' || !Number.isFinite(value) || value <= 0) {
    throw new InvalidArgumentError('Give a number above 0.')
  }
  return value
}
