import { execFile } from 'node:child_process'
import { join } from 'node:path'

/** What a check saw. One that looked at nothing has failed: it proves nothing. */
export interface CheckResult {
  /** Files, terms or entries that were looked at. */
  readonly looked: number
  /** One line a finding, with its place; empty when all is well. */
  readonly findings: readonly string[]
}

/** One check of the sources. `root` is the checkout, or a fixture of the same shape. */
export interface Check {
  readonly name: string
  run(root: string): Promise<CheckResult>
}

export interface ToolOutput {
  readonly code: number
  readonly text: string
}

const MODULES = join(import.meta.dirname, '../../../node_modules')

/** Runs a program of node_modules under this Node, in `cwd`. Its exit code is an answer, not an error. */
export const runTool = (script: string, args: readonly string[], cwd: string): Promise<ToolOutput> =>
  new Promise((ok, no) => {
    execFile(
      process.execPath,
      [join(MODULES, script), ...args],
      { cwd, maxBuffer: 1e8, env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0' } },
      (error, stdout, stderr) => {
        const code = error === null ? 0 : error.code
        if (typeof code === 'number') ok({ code, text: `${stdout}\n${stderr}`.trim() })
        else no(error ?? new Error(script))
      },
    )
  })

/** Lines of a text that are not blank. */
export const linesOf = (text: string): string[] => text.split('\n').filter((line) => line.trim() !== '')
