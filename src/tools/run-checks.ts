import { CHECKS } from './checks/index.ts'
import type { Check } from './checks/check.ts'

const SHOWN = 40

async function findingsOf(check: Check, root: string): Promise<readonly string[]> {
  try {
    const { looked, findings } = await check.run(root)
    return looked === 0 && findings.length === 0 ? ['looked at nothing'] : findings
  } catch (error) {
    return [error instanceof Error ? (error.stack ?? error.message) : String(error)]
  }
}

/** One check with its findings and the seconds it took beside the others. */
async function timed(check: Check, root: string) {
  const startedAt = performance.now()
  const findings = await findingsOf(check, root)
  return { name: check.name, findings, seconds: ((performance.now() - startedAt) / 1000).toFixed(1) }
}

/**
 * Runs every check, all at once, for most are one thread of a program of their own; prints one line each in their order, with
 * its findings when there are any. Answers the counts.
 */
export async function runChecks(
  root: string,
  write: (line: string) => void,
  checks: readonly Check[] = CHECKS,
): Promise<{ readonly passed: number; readonly failed: number }> {
  let failed = 0
  for (const running of checks.map((check) => timed(check, root))) {
    const { name, findings, seconds } = await running
    write(`${findings.length === 0 ? 'ok  ' : 'FAIL'} ${name} ${seconds}s`)
    for (const finding of findings.slice(0, SHOWN)) write(`       ${finding}`)
    if (findings.length > SHOWN) write(`       … and ${findings.length - SHOWN} more`)
    if (findings.length > 0) failed++
  }
  return { passed: checks.length - failed, failed }
}
