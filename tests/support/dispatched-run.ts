import { plainDateOf, type PlainDate } from '#kernel/plain-date.ts'
import { claimTask } from '#runtime/human.ts'
import { completeTask, proposeTask, releaseTask } from '#runtime/decide-task.ts'
import type { Clerks } from './clerks.ts'
import type { TestOffice } from './intake.ts'
import { registerNoticeSettings } from './notice-settings.ts'
import { loadRows } from './office-facts.ts'
import { acceptPeople } from './tokusoku-office.ts'
import type { StepBench } from './step-bench.ts'

const S = (name: string): string => `5-2-tokusoku/${name}`
export const slipOf = (n: number) => ({ 通知書番号: `26001234${String(n).padStart(2, '0')}` })
export const atenaOf = (n: number): string => String(n).padStart(15, '0')

/** A 督促 whose letters have left on 2026-08-20 with 指定期限 8/31: the base run of sheet 5.2 §8. */
export interface DispatchedRun {
  readonly runId: string
  /** The notice of person n. */
  noticeOf(n: number): Promise<string>
}

/**
 * Takes a run to the end of 007. `people` owe 12,300 each; those of `guarded` are under 抑止 with a 送付先 and get their letter
 * as 個別送付. `returns` go in with the form of 007.
 */
export async function dispatchedRun(
  office: TestOffice,
  bench: StepBench,
  clerks: Clerks,
  given: {
    readonly people: readonly number[]
    readonly guarded?: readonly number[]
    /** 005 and 006 before 007: the file of the 広域連合 is sent. */
    readonly isReported?: boolean
    /** They stay in the house (007). */
    readonly undispatched?: readonly number[]
    readonly returns?: readonly { readonly person: number; readonly returnedOn: PlainDate; readonly reason: string }[]
  },
): Promise<DispatchedRun> {
  const { people, guarded = [], undispatched = [], returns = [] } = given
  office.clock.set('2026-08-14T00:00:00.000Z')
  await registerNoticeSettings(office)
  await acceptPeople(office, people)
  if (guarded.length > 0) {
    await loadRows(
      office,
      'yokushi',
      guarded.map((n) => ({ 宛名番号: atenaOf(n), 措置区分: '本', 開始日: '2026-04-01', 満了予定日: '2027-03-31' })),
    )
    await loadRows(
      office,
      'soufusaki',
      guarded.map((n) => ({
        宛名番号: atenaOf(n),
        送付先区分: '本人',
        氏名: `見本 ${n}郎`,
        郵便番号: '0000099',
        住所: 'みほん市支援センター気付',
        開始日: '2026-04-01',
      })),
    )
  }
  const params = { dueOn: '2026-07-31', asOf: '2026-08-12', issueOn: '2026-08-20' }
  const { runId } = await bench.start(clerks.tantou, params)
  await bench.run(runId, S('001-identify-delinquents'))
  const at002 = await bench.open(runId, S('002-confirm-delinquents'))
  await claimTask(bench.deps, { taskId: at002, user: clerks.kakaricho })
  if (guarded.length > 0) await clerks.mark(at002, clerks.kakaricho, guarded, 'include')
  await completeTask(bench.deps, {
    taskId: at002,
    user: clerks.kakaricho,
    body: { ...(await clerks.seen(at002)), decision: 'ok' },
  })
  await bench.run(runId, S('003-make-tokusoku-notices'))
  const at004 = await bench.open(runId, S('004-check-notices'))
  await claimTask(bench.deps, { taskId: at004, user: clerks.tantou })
  const body = { ...(await clerks.seen(at004)), decision: 'ok' }
  await proposeTask(bench.deps, { taskId: at004, user: clerks.tantou, body })
  await releaseTask(bench.deps, { taskId: at004, user: clerks.kakaricho2, body })
  const { output } = await bench.run(runId, S('e2-dispatch-notices'))
  const noticeOf = async (n: number): Promise<string> =>
    (
      await office.db.one<{ id: string }>(
        `select n.id from notices n join insured s on s.id = n.insured_id where n.run_id = $1 and s.insured_no = $2
         and n.state in ('released', 'dispatched')`,
        [runId, String(n).padStart(8, '0')],
      )
    ).id
  if (given.isReported === true) {
    await bench.run(runId, S('005-make-tainosha-file'))
    await clerks.complete(runId, S('006-confirm-tainosha-file'), { sentOn: '2026-08-14', sentBy: '1' })
  }
  office.clock.set('2026-08-20T00:00:00.000Z')
  await clerks.complete(runId, S('007-register-dispatch'), {
    decision: 'ok',
    issuedOn: plainDateOf('2026-08-20'),
    dispatchedCount: Number(output['releasedCount']) - undispatched.length,
    method: '1',
    ...(undispatched.length > 0
      ? {
          undispatched: await Promise.all(
            undispatched.map(async (n) => ({ noticeId: await noticeOf(n), reason: 'P08' })),
          ),
        }
      : {}),
    ...(returns.length > 0
      ? {
          returns: await Promise.all(
            returns.map(async (one) => ({
              noticeId: await noticeOf(one.person),
              returnedOn: one.returnedOn,
              reason: one.reason,
            })),
          ),
        }
      : {}),
  })
  return { runId, noticeOf }
}
