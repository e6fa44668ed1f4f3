/** Projects that its user opens from outside: a double click, the command line, a recent document. */
import { extname, resolve } from 'node:path'

/** The projects a command line names: every argument that ends in `.varia`, relative to where it was typed. */
export function projectsOf(commandLine: readonly string[], workingFolder: string): string[] {
  return commandLine
    .slice(1)
    .filter((argument) => !argument.startsWith('-') && extname(argument).toLowerCase() === '.varia')
    .map((argument) => resolve(workingFolder, argument))
}
