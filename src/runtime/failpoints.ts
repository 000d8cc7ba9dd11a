/** Named places where a test may kill the process. In production nothing is set and `failpoint` does nothing. */
export const FAILPOINTS = ['mid-copy', 'before-final', 'after-commit', 'after-complete'] as const
export type Failpoint = (typeof FAILPOINTS)[number]

// KOKI_FAILPOINT=after-commit@5-2-tokusoku/001-identify-delinquents
const [wantedPoint, wantedStep] = (process.env['KOKI_FAILPOINT'] ?? '').split('@')

/** Kills this process without any clean-up when a test asked for just this point of this step. */
export function failpoint(point: Failpoint, stepId: string): void {
  if (point !== wantedPoint || (wantedStep !== undefined && wantedStep !== stepId)) return
  process.stderr.write(`FAILPOINT ${point}@${stepId}\n`)
  process.kill(process.pid, 'SIGKILL')
}
