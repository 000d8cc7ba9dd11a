import { appendEvent } from '#audit/append.ts'
import { actorOf } from '#runtime/actor.ts'
import { tokusoku } from '#workers/5-2-tokusoku/index.ts'
import type { TestApi } from './api.ts'
import { instalment, insured, person, receipt } from './office-facts.ts'
import { stepBench } from './step-bench.ts'
import { acceptRows, BASE_RUN, STEP } from './tokusoku-office.ts'

/** 期割 of the person; all other movements are small payments of them. */
const CHARGES = 10
const letterNo = (n: number): string => String(2_600_000_001 + n)

/** 被保険者番号 1 with so many lines of お金の動き, looks at it, and 督促 an hour apart that have it on their list. Its id. */
export async function busyPerson(
  api: TestApi,
  of: { readonly movements: number; readonly looks: number; readonly runs: number },
): Promise<string> {
  const { office } = api
  const { db, clock } = office
  await acceptRows(office, 'atena', [person(1)])
  await acceptRows(office, 'hihokensha', [insured(1)])
  const charges = Array.from({ length: CHARGES }, (_, n) => instalment(1, { 通知書番号: letterNo(n) }))
  await acceptRows(office, 'kiwari', charges)
  const paid = of.movements - CHARGES
  const receipts = Array.from({ length: paid }, (_, n) =>
    receipt({ 通知書番号: letterNo(n % CHARGES), 収納額: 1 + Math.floor(n / CHARGES), 領収日: '2026-08-03' }),
  )
  await acceptRows(office, 'shuno', receipts)
  const { id } = await db.one<{ id: bigint }>(`select id from insured`)
  const bench = await stepBench(office, [tokusoku])
  const tantou = await api.user('tantou')
  for (let n = 1; n <= of.runs; n += 1) {
    clock.set(new Date(Date.parse(clock.now()) + 3_600_000).toISOString())
    const { runId } = await bench.start(tantou, BASE_RUN)
    await bench.run(runId, STEP['001'])
  }
  const actor = actorOf(await api.user('tantou2'))
  await db.tx(async (tx) => {
    for (let n = 1; n <= of.looks; n += 1) {
      const payload = { what: `${n}回目の画面`, count: 1 }
      const subjects = [{ kind: 'insured', id: `${id}` }] as const
      await appendEvent(tx, { at: clock.now(), kind: 'read', actor, subjects, payload })
    }
  })
  return `${id}`
}
