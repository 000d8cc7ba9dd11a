// npm test: the checks, then every test; ends with one line "N passed, N failed".
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { checkoutFolder } from './launch/data-folder.ts'
import { runChecks } from './run-checks.ts'

interface Report {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly numFailedTestSuites: number
  readonly testResults: readonly { readonly status: string; readonly assertionResults: readonly unknown[] }[]
}

const root = checkoutFolder()

/** Files that failed before any of their tests could run. */
const brokenFiles = ({ testResults }: Report): number =>
  testResults.filter(({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0).length

function runTests(words: readonly string[]): { readonly passed: number; readonly failed: number } {
  const folder = mkdtempSync(join(tmpdir(), 'koki-report-'))
  const file = join(folder, 'report.json')
  try {
    const vitest = join(root, 'node_modules/vitest/vitest.mjs')
    const config = join(root, 'tests/vitest.config.ts')
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
    const { status } = spawnSync(process.execPath, [vitest, 'run', '--config', config, ...reporters, ...words], {
      cwd: root,
      stdio: 'inherit',
    })
    const report = JSON.parse(readFileSync(file, 'utf8')) as Report
    const failed = report.numFailedTests + brokenFiles(report)
    // an unhandled error or a failed set-up fails the run without failing a test
    return { passed: report.numPassedTests, failed: status !== 0 && failed === 0 ? 1 : failed }
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    return { passed: 0, failed: 1 }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const checks = await runChecks(root, console.log)
const tests = runTests(process.argv.slice(2))
const failed = checks.failed + tests.failed
console.log(`${checks.passed + tests.passed} passed, ${failed} failed`)
process.exitCode = failed === 0 && tests.passed > 0 ? 0 : 1
