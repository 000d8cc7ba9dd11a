import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { completeTask, proposeTask, releaseTask } from '#runtime/decide-task.ts'
import { claimTask } from '#runtime/human.ts'
import { tokusoku } from '#workers/5-2-tokusoku/index.ts'
import { openTestApi, type TestApi } from '../support/api.ts'
import { clerksOf } from '../support/clerks.ts'
import { registerNoticeSettings } from '../support/notice-settings.ts'
import { instalment, insured, loadRows, person } from '../support/office-facts.ts'
import { stepBench } from '../support/step-bench.ts'

const S = (name: string): string => `5-2-tokusoku/${name}`
const slip = (n: number) => ({ 通知書番号: `26001234${String(n).padStart(2, '0')}` })
const ADDRESS = { 送付先区分: '本人', 郵便番号: '0000099', 住所: 'みほん市支援センター気付', 開始日: '2026-04-01' }

/** Sheet 1.1 §2.2, sheet 5.2 003 rule 5: the 送付先 of a protected person, which 被保険者照会 opens for a 係長 only, is on its paper. */
describe('the paper of a person under 支援措置', () => {
  let api: TestApi
  let [bulk, individual]: readonly [string[], string[]] = [[], []]

  beforeAll(async () => {
    api = await openTestApi()
    const { office } = api
    const bench = await stepBench(office, [tokusoku])
    await office.db.run(`update users set login = 'api-' || login`) // the demo logins step aside while the bench makes its own
    const clerks = await clerksOf(office, bench)
    await office.db.run(`update users set login = 'bench-' || login where login not like 'api-%'`)
    await office.db.run(`update users set login = substr(login, 5) where login like 'api-%'`)
    await registerNoticeSettings(office)
    await loadRows(office, 'atena', [person(1), person(2)])
    await loadRows(office, 'hihokensha', [insured(1), insured(2)])
    await loadRows(office, 'yokushi', [{ 宛名番号: '000000000000002', 措置区分: '本', 開始日: '2026-04-01' }])
    await loadRows(office, 'soufusaki', [{ 宛名番号: '000000000000002', 氏名: '見本 2郎', ...ADDRESS }])
    await loadRows(office, 'kiwari', [instalment(1, slip(1)), instalment(2, slip(2))])
    // given: a run to the print files, 2 as an individual letter
    const params = { dueOn: '2026-07-31', asOf: '2026-08-12', issueOn: '2026-08-20' }
    const { runId } = await bench.start(clerks.tantou, params)
    await bench.run(runId, S('001-identify-delinquents'))
    const at002 = await bench.open(runId, S('002-confirm-delinquents'))
    await claimTask(bench.deps, { taskId: at002, user: clerks.kakaricho })
    await clerks.mark(at002, clerks.kakaricho, [2], 'include')
    const ok = { ...(await clerks.seen(at002)), decision: 'ok' }
    await completeTask(bench.deps, { taskId: at002, user: clerks.kakaricho, body: ok })
    await bench.run(runId, S('003-make-tokusoku-notices'))
    const taskId = await bench.open(runId, S('004-check-notices'))
    await claimTask(bench.deps, { taskId, user: clerks.tantou })
    const body = { ...(await clerks.seen(taskId)), decision: 'ok' }
    await proposeTask(bench.deps, { taskId, user: clerks.tantou, body })
    await releaseTask(bench.deps, { taskId, user: clerks.kakaricho2, body })
    await bench.run(runId, S('e2-dispatch-notices'))
    const papers = async (isIndividual: boolean): Promise<string[]> =>
      (
        await office.db.rows<{ id: string }>(
          `select 'notice-' || id as id from notices where run_id = $1 and is_individual = $2
           union all select 'print-' || id from print_files where run_id = $1 and is_individual = $2`,
          [runId, isIndividual],
        )
      ).map(({ id }) => id)
    bulk = await papers(false)
    individual = await papers(true)
  })
  afterAll(() => api.close())

  test('opens for a 係長; for others it is refused, and the attempt is an event', async () => {
    expect([bulk.length, individual.length]).toEqual([2, 2])
    const statuses = async (login: 'tantou' | 'kansa' | 'kakaricho', ids: readonly string[]): Promise<number[]> => {
      const found: number[] = []
      for (const id of ids) found.push((await api.call(login, 'GET', `/api/documents/${id}`)).statusCode)
      return found
    }
    expect(await statuses('tantou', bulk)).toEqual([200, 200])
    expect(await statuses('tantou', individual)).toEqual([403, 403])
    expect(await statuses('kansa', individual)).toEqual([403, 403])
    expect(await statuses('kakaricho', individual)).toEqual([200, 200])
    const { count } = await api.office.db.one<{ count: bigint }>(
      `select count(*) as count from audit_events where kind = 'refused' and payload like '%GET /api/documents/:documentId%'`,
    )
    expect(count).toBe(4n)
  })

  test('the bytes of a file with protected columns (宛名, 送付先, 抑止) are for a 係長 too; those of 期割 are for all who work', async () => {
    const content = async (login: 'tantou' | 'kansa' | 'kakaricho', kind: string): Promise<number> => {
      const { id } = await api.office.db.one<{ id: string }>(`select id from files where kind = $1`, [kind])
      return (await api.call(login, 'GET', `/api/files/${id}/content`)).statusCode
    }
    for (const kind of ['atena', 'soufusaki', 'yokushi']) {
      expect([kind, await content('tantou', kind), await content('kansa', kind)]).toEqual([kind, 403, 403])
      expect([kind, await content('kakaricho', kind)]).toEqual([kind, 200])
    }
    expect(await content('tantou', 'kiwari')).toBe(200)
  })
})
