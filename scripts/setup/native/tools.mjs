/** A C++ compiler and a Python with pip: looked for, never assumed. */
import { spawnSync } from 'node:child_process'

const answers = (command, args) => spawnSync(command, args, { stdio: 'ignore', timeout: 20_000 }).status === 0

/** The command of a C++ compiler, or null. `CXX` is asked first. */
export function findCompiler() {
  const commands = [process.env.CXX, 'c++', 'g++', 'clang++'].filter((command) => command)
  return commands.find((command) => answers(command, ['--version'])) ?? null
}

/** The command of a Python 3 that has pip, or null. `PYTHON` is asked first. */
export function findPython() {
  const commands = [process.env.PYTHON, 'python3', 'python'].filter((command) => command)
  return commands.find((command) => answers(command, ['-m', 'pip', '--version'])) ?? null
}
