import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { workThroughRun } from './clerk.ts'
import { startKiller, type Kill } from './killer.ts'
import { startOffice, type OfficeSystem } from './office-system.ts'
import { copyOffice, prepareOffice } from './prepare.ts'
import { runFingerprint, type RunFingerprint } from './run-fingerprint.ts'
import { violationsOf } from './violations.ts'

export interface FaultsRequest {
  /** An empty folder that the server's account can reach. */
  readonly folder: string
  readonly insured: number
  readonly seed: number
  readonly kills: number
  /** Seconds between a recovery and the next kill: at least, at most. */
  readonly pause: readonly [number, number]
  readonly log: (line: string) => void
}
export interface FaultsResult {
  readonly kills: readonly Kill[]
  /** What the undisturbed and the disturbed run left behind. */
  readonly expected: Outcome
  readonly found: Outcome
}
export interface Outcome {
  readonly fingerprint: RunFingerprint
  /** What must never be there: violated invariants of books, journal and engine. */
  readonly violations: readonly string[]
  readonly seconds: number
}

/** 督促 over the same books twice: undisturbed, and while the parts of the product are killed at random. */
export async function compareRuns(request: FaultsRequest): Promise<FaultsResult> {
  const { folder, log } = request
  const [calm, wild] = [join(folder, 'calm'), join(folder, 'wild')]
  log(`見本 ${request.insured}人を作ります`)
  await prepareOffice(calm, request.insured)
  copyOffice(calm, wild)
  const expected = await withOffice(calm, (system) => undisturbed(system))
  log(`乱されない処理 ${expected.seconds}秒`)
  rmSync(calm, { recursive: true, force: true })
  const { kills, found } = await withOffice(wild, (system) => disturbed(system, request))
  log(`乱された処理 ${found.seconds}秒`)
  return { kills, expected, found }
}

async function withOffice<T>(root: string, work: (system: OfficeSystem) => Promise<T>): Promise<T> {
  const system = await startOffice(root)
  try {
    return await work(system)
  } finally {
    await system.stop()
  }
}

async function undisturbed(system: OfficeSystem): Promise<Outcome> {
  const startedAt = performance.now()
  const runId = await workThroughRun(system, { before: async () => undefined, at: () => undefined })
  return outcomeOf(system, runId, startedAt)
}

/**
 * Share of the kills that must have happened before the last decision of a step, and in how many decisions they are
 * spread: the run must not be over before they are.
 */
const SHARE: Readonly<Record<string, readonly [share: number, decisions: number]>> = {
  '002': [0.3, 3],
  '004': [0.65, 3],
  '006': [0.85, 2],
  '007': [1, 1],
}

async function disturbed(
  system: OfficeSystem,
  { seed, kills: most, pause, log }: FaultsRequest,
): Promise<{ readonly kills: readonly Kill[]; readonly found: Outcome }> {
  const startedAt = performance.now()
  let place = '開始'
  let count = 0
  const killer = startKiller(system, {
    seed,
    most,
    pause,
    during: () => place,
    onKill: (kill) => {
      count = kill.no
      log(killLine(kill))
    },
  })
  const rounds = new Map<string, number>()
  try {
    const runId = await workThroughRun(system, {
      at: (now) => (place = now),
      // the first rounds are not waited for: the steps are at work, and killed, most of the time
      before: async (step) => {
        const round = (rounds.get(step) ?? 0) + 1
        rounds.set(step, round)
        const [share, decisions] = SHARE[step] ?? [0, 1]
        const wanted = Math.floor(most * share * Math.min(1, round / decisions))
        while (count < Math.min(most, wanted)) await new Promise((wake) => setTimeout(wake, 100))
      },
    })
    const kills = await killer.stop()
    return { kills, found: await outcomeOf(system, runId, startedAt) }
  } finally {
    await killer.stop()
  }
}

export const killLine = ({ no, at, victim, during, recovery, missing }: Kill): string =>
  `| ${no} | ${at} | ${victim} | ${during} | ${recovery ?? `戻らない(${missing})`} |`

/** A command whose answer was lost by the last kill is sent again after a while that doubles, to 5 seconds. */
const SETTLE_MS = 60_000

async function outcomeOf(system: OfficeSystem, runId: string, startedAt: number): Promise<Outcome> {
  const seconds = Math.round((performance.now() - startedAt) / 100) / 10
  const { db } = system
  const until = performance.now() + SETTLE_MS
  const isOwing = `select from outbox where run_id = $1 and state = 'pending'`
  while ((await db.rows(isOwing, [runId])).length > 0 && performance.now() < until)
    await new Promise((wake) => setTimeout(wake, 200))
  return {
    fingerprint: await runFingerprint(db, runId),
    violations: await violationsOf(db, runId, system.today()),
    seconds,
  }
}
