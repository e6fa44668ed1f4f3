/** The command line: `varia <command>`. Progress and errors go to stderr, results to stdout; 0 done, 1 failed, 2 usage. */
import { Command, CommanderError } from 'commander'
import { type Failure, toFailure } from '../contract/errors'
import { type Run } from './command'
import { doctorCommand } from './commands/doctor'
import { benchCommand, openCommand, type RunPlain, serveCommand } from './commands/doors'
import { encodeCommand, exportModelCommand } from './commands/hand-on'
import { infoCommand } from './commands/info'
import { evaluateCommand, mapCommand } from './commands/look'
import { decodeCommand, generateCommand, morphCommand, reconstructCommand, traverseCommand } from './commands/make'
import { addCommand, newCommand } from './commands/new'
import { trainCommand } from './commands/train'
import { dataFolder, packageRoot, versionOf } from './installation'
import { Terminal, type TerminalStreams } from './terminal'
import { Workspace } from './workspace'

export interface CliOptions extends TerminalStreams {
  /** Aborted by Ctrl-C: work stops politely. */
  readonly signal: AbortSignal
}

/** What went wrong was said already; only the exit code remains. */
class Told extends Error {}

/** Runs the command that `words` (without node and script) name. Returns the exit code. */
export async function runCli(words: readonly string[], options: CliOptions): Promise<0 | 1 | 2> {
  const program = programOf(options)
  try {
    await program.parseAsync([...words], { from: 'user' })
    return 0
  } catch (error) {
    if (error instanceof Told) return 1
    // Help and version are thrown too, with exit code 0.
    if (error instanceof CommanderError) {
      if (error.exitCode === 0) return 0
      if (words.includes('--json')) options.out.write(`${JSON.stringify({ error: usageFailure(error) })}\n`)
      return 2
    }
    throw error
  }
}

/** A command line that could not be understood, as a script is told of it; people have read it on stderr. */
function usageFailure(error: CommanderError): Failure {
  const message = error.code === 'commander.help' ? 'No command was given.' : error.message.replace(/^error: /, '')
  return { code: 'bad-request', message, remedy: 'varia --help lists the commands, varia COMMAND --help its options.' }
}

function programOf(options: CliOptions): Command {
  const version = versionOf(packageRoot())
  const plain: RunPlain = async ({ json = false, quiet = false }, work) => {
    const terminal = new Terminal(options, { json, quiet })
    try {
      await work(terminal, options.signal)
    } catch (error) {
      // The command itself found that it was asked for something it can't do.
      if (error instanceof CommanderError) throw error
      const failure = toFailure(error)
      terminal.failure(failure)
      throw new Told(failure.message)
    }
  }
  const run: Run = (given, work) =>
    plain(given, async (terminal, signal) => {
      const workspace = await Workspace.open({
        terminal,
        signal,
        version,
        dataFolder: dataFolder(),
        backend: given.backend,
      })
      try {
        await work(workspace)
      } finally {
        await workspace.close()
      }
    })

  const program = new Command('varia')
    .description('Learns the space a collection of designs spans, on your own machine, and lets you walk through it.')
    .version(version)
  const commands = [
    ...[newCommand, addCommand, infoCommand, trainCommand, evaluateCommand, mapCommand].map((make) => make(run)),
    ...[generateCommand, traverseCommand, reconstructCommand, morphCommand].map((make) => make(run)),
    ...[encodeCommand, decodeCommand, exportModelCommand, doctorCommand].map((make) => make(run)),
    ...[serveCommand, openCommand, benchCommand].map((make) => make(plain)),
  ]
  for (const command of [program, ...commands]) {
    command.exitOverride().configureOutput({
      writeOut: (text) => options.out.write(text),
      writeErr: (text) => options.err.write(text),
    })
    command.showHelpAfterError('(varia --help lists the commands, varia COMMAND --help its options)')
  }
  for (const command of commands) program.addCommand(command)
  return program
}
