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

/** Runs every check and prints one line each, with its findings when there are any. Answers the counts. */
export async function runChecks(
  root: string,
  write: (line: string) => void,
  checks: readonly Check[] = CHECKS,
): Promise<{ readonly passed: number; readonly failed: number }> {
  let failed = 0
  for (const check of checks) {
    const startedAt = performance.now()
    const findings = await findingsOf(check, root)
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
    write(`${findings.length === 0 ? 'ok  ' : 'FAIL'} ${check.name} ${seconds}s`)
    for (const finding of findings.slice(0, SHOWN)) write(`       ${finding}`)
    if (findings.length > SHOWN) write(`       … and ${findings.length - SHOWN} more`)
    if (findings.length > 0) failed++
  }
  return { passed: checks.length - failed, failed }
}
