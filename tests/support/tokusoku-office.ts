import { expect } from 'vitest'
import { completeTask } from '#runtime/decide-task.ts'
import { claimTask } from '#runtime/human.ts'
import type { TaskUser } from '#runtime/human-context.ts'
import { tokusoku } from '#workers/5-2-tokusoku/index.ts'
import { clerksOf, type Clerks } from './clerks.ts'
import { openTestOffice, type TestOffice } from './intake.ts'
import { registerNoticeSettings } from './notice-settings.ts'
import { instalment, insured, KEY, loadRows, person } from './office-facts.ts'
import { stepBench, type StepBench } from './step-bench.ts'

/** Step id of 5.2 by its number. */
export const STEP = {
  '001': '5-2-tokusoku/001-identify-delinquents',
  '002': '5-2-tokusoku/002-confirm-delinquents',
  '003': '5-2-tokusoku/003-make-tokusoku-notices',
  '004': '5-2-tokusoku/004-check-notices',
  E2: '5-2-tokusoku/e2-dispatch-notices',
  '005': '5-2-tokusoku/005-make-tainosha-file',
  '006': '5-2-tokusoku/006-confirm-tainosha-file',
  '007': '5-2-tokusoku/007-register-dispatch',
} as const
type No = keyof typeof STEP
type Cells = Parameters<typeof loadRows>[2][number]

export const atena = (n: number): string => String(n).padStart(15, '0')
/** 期割 key of person `n`: 通知書番号 26001234nn, 期別 01. */
export const keyOf = (n: number, more: Cells = {}): Cells => ({
  ...KEY,
  通知書番号: `26001234${String(n).padStart(2, '0')}`,
  ...more,
})
/** Key of a 取残し with 督促手数料 100 (納期限 2026-03-31). */
export const oldKeyOf = (n: number): Cells => keyOf(n, { 賦課年度: 2025, 調定年度: 2025, 期別: '09' })
export const BASE_RUN = { dueOn: '2026-07-31', asOf: '2026-08-12', issueOn: '2026-08-20' } as const
/** For a base run with 取残し past its 発送期限. */
export const LATE_REASON = '取残しを含むため'

/** Loads rows of a kind; all must be accepted. */
export async function acceptRows(office: TestOffice, kind: string, rows: readonly Cells[]): Promise<void> {
  expect(await loadRows(office, kind, rows)).toMatchObject({ status: 'accepted', errors: [] })
}
/** These persons, insured; each with 12,300 円 due on 7/31. `own`: how the person or the 期割 of one is registered otherwise. */
export async function acceptPeople(
  office: TestOffice,
  numbers: readonly number[],
  own: { readonly person?: (n: number) => Cells; readonly instalment?: (n: number) => Cells } = {},
): Promise<void> {
  const { person: personOf = () => ({}), instalment: instalmentOf = (n: number) => keyOf(n) } = own
  await acceptRows(
    office,
    'atena',
    numbers.map((n) => person(n, personOf(n))),
  )
  await acceptRows(
    office,
    'hihokensha',
    numbers.map((n) => insured(n)),
  )
  await acceptRows(
    office,
    'kiwari',
    numbers.map((n) => instalment(n, instalmentOf(n))),
  )
}

/** An office that does 督促 on the step bench; 2026-08-14, options of sheet 5.2 §8 unless `options` says otherwise. */
export interface TokusokuOffice {
  readonly office: TestOffice
  readonly bench: StepBench
  readonly clerks: Clerks
  /** Loads rows of a kind; all must be accepted. */
  load(kind: string, rows: readonly Cells[]): Promise<void>
  /** Persons 1…n insured; each with 12,300 円 due on 7/31 unless `own` gives another 期割. */
  people(numbers: readonly number[], own?: (n: number) => Cells): Promise<void>
  /** Puts one version of an ordinance option in force. */
  option(name: string, value: unknown, validFrom?: string): Promise<void>
  start(params?: object): Promise<string>
  /** Runs an 自動 step; returns its output. */
  step(runId: string, no: No): Promise<Record<string, unknown>>
  open(runId: string, no: No): Promise<string>
  /** Decides a claimed task with what is on its screen now. */
  decide(taskId: string, user: TaskUser, form: object): Promise<void>
  /** From the start to the end of 002, everything confirmed. */
  confirmed(params?: object): Promise<string>
  /** From the start to the opened 004, nothing decided there. */
  checked(params?: object): Promise<{ readonly runId: string; readonly taskId: string }>
  /** State of the newest notice by person. */
  states(runId: string): Promise<Readonly<Record<number, string>>>
}

export async function openTokusokuOffice(now = '2026-08-14T00:00:00.000Z'): Promise<TokusokuOffice> {
  const office = await openTestOffice(now)
  const bench = await stepBench(office, [tokusoku])
  const clerks = await clerksOf(office, bench)
  await registerNoticeSettings(office)
  let recorded = 0 // of two versions of one day the later recorded counts
  const at: TokusokuOffice = {
    office,
    bench,
    clerks,
    load: (kind, rows) => acceptRows(office, kind, rows),
    people: (numbers, own = (n) => keyOf(n)) => acceptPeople(office, numbers, { instalment: own }),
    async option(name, value, validFrom = '2020-04-01') {
      await office.db.run(
        `insert into ordinance_options (flow, name, value, valid_from, recorded_at)
         values ('5-2-tokusoku', $1, $2, $3, $4::timestamptz + $5 * interval '1 second')`,
        [name, JSON.stringify(value), validFrom, office.clock.now(), ++recorded],
      )
    },
    start: async (params = {}) => (await bench.start(clerks.tantou, { ...BASE_RUN, ...params })).runId,
    step: async (runId, no) => (await bench.run(runId, STEP[no])).output,
    open: (runId, no) => bench.open(runId, STEP[no]),
    async decide(taskId, user, form) {
      await completeTask(bench.deps, {
        taskId,
        user,
        body: { ...(await clerks.seen(taskId)), decision: 'ok', ...form },
      })
    },
    async confirmed(params) {
      const runId = await at.start(params)
      await at.step(runId, '001')
      await clerks.complete(runId, STEP['002'], {})
      return runId
    },
    async checked(params) {
      const runId = await at.confirmed(params)
      await at.step(runId, '003')
      const taskId = await at.open(runId, '004')
      await claimTask(bench.deps, { taskId, user: clerks.tantou })
      return { runId, taskId }
    },
    async states(runId) {
      const rows = await office.db.rows<{ n: number; state: string }>(
        `select distinct on (s.insured_no) s.insured_no::int as n, n.state from notices n join insured s on s.id = n.insured_id
         where n.run_id = $1 order by s.insured_no, n.version desc, n.made_at desc`,
        [runId],
      )
      return Object.fromEntries(rows.map(({ n, state }) => [n, state]))
    },
  }
  return at
}
