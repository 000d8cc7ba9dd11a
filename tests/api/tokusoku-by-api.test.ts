import { verifyExport } from '#audit/verify-file.ts'
import { startSealer } from '#audit/sealer.ts'
import { tokusoku } from '#workers/5-2-tokusoku/index.ts'
import { openTestApi, type Login, type TestApi } from '#tests/support/api.ts'
import { registerNoticeSettings } from '#tests/support/notice-settings.ts'
import { instalment, insured, loadRows, person, receipt } from '#tests/support/office-facts.ts'
import { stepBench, type StepBench } from '#tests/support/step-bench.ts'
import { untranslated } from '#tests/support/untranslated.ts'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { checkMayRelease } from '#runtime/four-eyes.ts'
import { lockOpenTask } from '#runtime/task-lock.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const S = (name: string): string => `5-2-tokusoku/${name}`
const slip = (n: number) => ({ 通知書番号: `26001234${String(n).padStart(2, '0')}` })
const PROTECTED_KANA = 'ミミズクノ ヒメ'
const PROTECTED_ADDRESS = 'かくれ谷町7丁目'
const PROTECTED_PHONE = '0009990123'

interface Row {
  readonly rowNo: number
  readonly insuredNo: string
  readonly insuredId: string
  readonly verdict: string
  readonly reason: string | null
  readonly markReason: string | null
  readonly personKana: string | null
  readonly masked: readonly string[]
  readonly unpaidYen: number
  readonly noticeId?: string
  readonly proposal?: string | null
  readonly printedYen?: number
  readonly currentYen?: number
}
interface Sheet {
  readonly rows: readonly Row[]
  readonly hash: string
  readonly count: number
  readonly totals: { readonly count: number; readonly sums: Record<string, number> }
  readonly overall: { readonly count: number }
}

/** A whole 督促 through the HTTP API on a real database; only the engine's turns are given by hand. Sheet 5.2 §8, base run. */
let api: TestApi
let bench: StepBench
let runId = ''
let taskId = ''
const seen: { readonly url: string; readonly text: string }[] = []

async function ask<T>(
  login: Login,
  method: 'GET' | 'POST' | 'PUT',
  url: string,
  body?: unknown,
  headers?: Record<string, string>,
) {
  const reply = await api.call(login, method, url, body, headers)
  if (reply.statusCode >= 500) throw new Error(api.logged.slice(-2).join('\n'))
  if (login === 'tantou' || login === 'kakaricho2') seen.push({ url, text: reply.body })
  return { status: reply.statusCode, body: reply.json<T>(), headers: reply.headers }
}
const sheet = async (login: Login = 'tantou', query = ''): Promise<Sheet> =>
  (await ask<Sheet>(login, 'GET', `/api/tasks/${taskId}/worksheet${query}`)).body
const rowOf = (list: Sheet, n: number): Row => {
  const row = list.rows.find(({ insuredNo }) => insuredNo === String(n).padStart(8, '0'))
  if (!row) throw new Error(`no row of ${n}`)
  return row
}

beforeAll(async () => {
  api = await openTestApi()
  const { office } = api
  bench = await stepBench(office, [tokusoku])
  await registerNoticeSettings(office)
  const people = [1, 2, 3, 4, 5, 6]
  await loadRows(
    office,
    'atena',
    people.map((n) =>
      person(n, n === 2 ? { 氏名カナ: PROTECTED_KANA, 住所: PROTECTED_ADDRESS, 電話番号: PROTECTED_PHONE } : {}),
    ),
  )
  await loadRows(
    office,
    'hihokensha',
    people.map((n) => insured(n)),
  )
  await loadRows(office, 'yokushi', [
    { 宛名番号: '2'.padStart(15, '0'), 措置区分: '本', 開始日: '2026-04-01', 満了予定日: '2027-03-31' },
  ])
  await loadRows(
    office,
    'kiwari',
    people.map((n) => instalment(n, slip(n))),
  )
  await loadRows(office, 'yuyo', [
    {
      賦課年度: 2026,
      調定年度: 2026,
      ...slip(3),
      期別: '01',
      徴収区分: '普徴',
      猶予開始日: '2026-07-01',
      猶予終了日: '2026-08-12',
      決定番号: 'Y1',
    },
  ])
})
afterAll(async () => {
  await api.close()
})

describe('処理 by the API', () => {
  const params = { dueOn: '2026-07-31', asOf: '2026-08-12', issueOn: '2026-08-20' }

  it('offers the flow with its defaults and checks before starting', async () => {
    const flows = await ask<{
      items: { flow: string; number: string; name: string; canStart: boolean; steps: { step: string }[] }[]
    }>('tantou', 'GET', '/api/flows')
    expect(flows.body.items).toHaveLength(1)
    expect(flows.body.items[0]).toMatchObject({ flow: '5-2-tokusoku', number: '5.2', name: '督促', canStart: true })
    expect(flows.body.items[0]?.steps.map(({ step }) => step)).toEqual([
      '001',
      '002',
      '003',
      '004',
      'E2',
      '005',
      '006',
      '007',
    ])
    const defaults = await ask<{ params: Record<string, unknown> }>(
      'tantou',
      'GET',
      '/api/flows/5-2-tokusoku/defaults?dueOn=2026-07-31',
    )
    // sheet 5.2 §2 and §8: base run
    expect(defaults.body.params).toMatchObject({ dueOn: '2026-07-31', asOf: '2026-08-12', issueOn: '2026-08-20' })
    const bad = await ask<{ problem: { code: string }; title: null }>('tantou', 'POST', '/api/runs/check', {
      flow: '5-2-tokusoku',
      params: { ...params, asOf: '2026-07-31' },
    })
    expect(bad.body.problem.code).toBe('F52-02')
    const good = await ask<{ problem: null; variables: Record<string, unknown>; files: { kind: string }[] }>(
      'tantou',
      'POST',
      '/api/runs/check',
      { flow: '5-2-tokusoku', params },
    )
    expect(good.body.problem).toBeNull()
    expect(good.body.variables).toMatchObject({ designatedOn: '2026-08-31' })
    expect(good.body.files.map(({ kind }) => kind)).toContain('kiwari')
    expect(await api.office.db.rows('select id from runs')).toEqual([])
  })

  it('starts once for one Idempotency-Key, even when pressed twice at once, and tells another content apart', async () => {
    const key = { 'idempotency-key': 'press-0001' }
    const start = () =>
      ask<{ runId: string; number: string }>('tantou', 'POST', '/api/runs', { flow: '5-2-tokusoku', params }, key)
    const [a, b] = await Promise.all([start(), start()])
    expect([a.status, b.status]).toEqual([201, 201])
    expect(a.body).toEqual(b.body)
    expect(a.body.number).toBe('R8-52-0001')
    const third = await start()
    expect(third.headers['idempotent-replayed']).toBe('true')
    expect(await api.office.db.rows('select id from runs')).toHaveLength(1)
    const other = await ask<{ code: string }>('tantou', 'POST', '/api/runs', { flow: '5-2-tokusoku', params: {} }, key)
    expect([other.status, other.body.code]).toEqual([409, 'RUN-006'])
    runId = a.body.runId
  })

  it('refuses what the flow refuses, as a problem document', async () => {
    const reply = await ask<Record<string, unknown>>('tantou', 'POST', '/api/runs', {
      flow: '5-2-tokusoku',
      params: { dueOn: '2026-07-30' },
    })
    expect(reply.headers['content-type']).toBe('application/problem+json; charset=utf-8')
    expect(reply.body).toMatchObject({
      type: '/api/docs#F52-01',
      status: 422,
      code: 'F52-01',
      detail: '指定した納期限の期割がありません。',
      next: '納期限を確認してください。',
      errors: [],
    })
  })

  it('refuses unknown fields and never turns a text into a number in a body', async () => {
    const reply = await ask<{ code: string; errors: object[] }>('tantou', 'POST', '/api/insured/search', {
      q: 'x',
      limit: '5',
      extra: 1,
    })
    expect([reply.status, reply.body.code]).toEqual([400, 'REQ-001'])
    expect(reply.body.errors).toEqual([
      { path: 'body/extra', message: 'この項目はありません。' },
      { path: 'body/limit', message: '値の型が違います。引用符のない数字(整数)で入れてください。' },
    ])
    expect((await ask('tantou', 'GET', '/api/tasks?limit=5')).status).toBe(200)
    expect((await ask('tantou', 'GET', '/api/tasks?limit=five')).status).toBe(400)
    expect((await ask('tantou', 'GET', '/api/tasks?name=%E8%A6%8B%E6%9C%AC')).status).toBe(400)
  })
})

describe('002 by the API', () => {
  it('shows the task in the list, counts it, and gives it to one person', async () => {
    await bench.run(runId, S('001-identify-delinquents'))
    taskId = await bench.open(runId, S('002-confirm-delinquents'))
    const list = await ask<{ items: Record<string, unknown>[]; total: number }>(
      'tantou',
      'GET',
      '/api/tasks?view=can&sort=dueOn',
    )
    expect(list.body.total).toBe(1)
    expect(list.body.items[0]).toMatchObject({
      taskId,
      flow: '5-2-tokusoku',
      step: '002',
      name: '督促・滞納者確認',
      runId,
      runNumber: 'R8-52-0001',
      state: 'open',
      assignee: null,
      // confirmDueOn: 3 開庁日 before 2026-08-20 (sheet §2)
      dueOn: '2026-08-17',
      daysLeft: 1,
      urgency: 'soon',
      count: 6,
      yen: 73_800,
      decisions: ['ok', 'redo'],
    })
    const next = await ask<{ task: { taskId: string; assignee: { isMe: boolean } } }>(
      'tantou',
      'POST',
      '/api/tasks/next',
      {},
    )
    expect([next.body.task.taskId, next.body.task.assignee.isMe]).toEqual([taskId, true])
    const other = await ask<{ code: string; detail: string }>('tantou2', 'POST', `/api/tasks/${taskId}/claim`)
    expect([other.status, other.body.code, other.body.detail]).toEqual([
      409,
      'TASK-002',
      'この作業は三枝 みのりが担当しています。',
    ])
    const counts = await ask<{ views: object; urgencies: object; states: object }>(
      'tantou2',
      'GET',
      '/api/tasks/counts',
    )
    expect(counts.body).toMatchObject({
      views: { mine: 0, can: 0, all: 1, second: 0, proposed: 0 },
      urgencies: { overdue: 0, today: 0, soon: 1, later: 0, none: 0 },
      states: { unclaimed: 0, working: 1, returned: 0, proposed: 0 },
    })
  })

  it('is found by a person on its list, by POST only', async () => {
    const find = async (text: string) =>
      (await ask<{ total: number }>('tantou', 'POST', '/api/tasks/search', { text })).body.total
    expect(await find('00000004')).toBe(1)
    expect(await find('ミホン 4')).toBe(1)
    expect(await find('R8-52')).toBe(1)
    expect(await find('00000099')).toBe(0)
    expect(await find('%')).toBe(0)
  })

  it('carries everything the work screen needs', async () => {
    const { body } = await ask<{
      steps: { step: string; state: string }[]
      worksheet: { chips: { label: string; count: number }[]; columns: { name: string }[]; reasons: { code: string }[] }
      marks: { reasons: { code: string; isAllowed: boolean; needsFollowUp: boolean }[] }
      form: { properties: object }
      fourEyes: null
      history: { text: string }[]
    }>('tantou', 'GET', `/api/tasks/${taskId}`)
    expect(body.steps.map(({ step, state }) => `${step} ${state}`)).toEqual([
      '001 done',
      '002 current',
      '003 waiting',
      '004 waiting',
      'E2 waiting',
      '005 waiting',
      '006 waiting',
      '007 waiting',
    ])
    expect(body.worksheet.chips.slice(0, 3).map(({ label, count }) => `${label} ${count}`)).toEqual([
      'すべて 6',
      '対象 4',
      '除外 2',
    ])
    expect(body.worksheet.columns.map(({ name }) => name)).toContain('unpaidYen')
    expect(Object.keys(body.form.properties)).toContain('decision')
    expect(body.fourEyes).toBeNull()
    const reasons = new Map(body.marks.reasons.map((reason) => [reason.code, reason]))
    expect(reasons.get('T10')).toMatchObject({ isAllowed: true, needsFollowUp: true })
    expect(reasons.get('T99')).toMatchObject({ isAllowed: false })
    expect(body.history.map(({ text }) => text)).toEqual(['担当した', '作業ができた'])
  })

  it('pages, filters and sorts the list; a masked person’s kana is not in it', async () => {
    const list = await sheet()
    expect(list.rows.map(({ insuredNo, verdict, reason }) => [insuredNo.slice(-1), verdict, reason])).toEqual([
      ['1', '対象', null],
      ['4', '対象', null],
      ['5', '対象', null],
      ['6', '対象', null],
      ['2', '除外', 'A05'],
      ['3', '除外', 'A01'],
    ])
    expect(rowOf(list, 2)).toMatchObject({ personKana: null, masked: ['personKana', 'note', 'bank'] })
    expect(rowOf(list, 1)).toMatchObject({ personKana: 'ミホン 1ロウ', unpaidYen: 12_300 })
    const filter = encodeURIComponent(JSON.stringify({ verdict: ['対象'] }))
    const page = await sheet('tantou', `?filter=${filter}&sort=-unpaidYen&limit=3`)
    expect([
      page.rows.length,
      page.totals.count,
      page.totals.sums['unpaidYen'],
      page.overall.count,
      page.count,
    ]).toEqual([3, 4, 49_200, 6, 6])
    expect((await ask('tantou', 'GET', `/api/tasks/${taskId}/worksheet?filter=%7B%22x%22:1%7D`)).status).toBe(400)
    expect((await ask('tantou', 'GET', `/api/tasks/${taskId}/worksheet?sort=personName`)).status).toBe(400)
    const found = await ask<Sheet>('tantou', 'POST', `/api/tasks/${taskId}/worksheet/search`, {
      filter: { text: 'ﾐﾎﾝ 5' },
    })
    expect(found.body.rows.map(({ insuredNo }) => insuredNo)).toEqual(['00000005'])
  })

  it('writes one read event with the persons; without it nothing is shown', async () => {
    const list = await sheet()
    const event = await api.office.db.one<{ n: number; actor: string; payload: string }>(
      `select (select count(*)::int from audit_event_subjects x where x.event_id = e.id) as n, actor, payload
       from audit_events e where kind = 'read' order by id desc limit 1`,
    )
    expect([event.n, event.actor]).toEqual([6, 'tantou'])
    expect(event.payload).not.toContain('ミホン')
    const { openDatabase } = await import('#db/database.ts')
    const owner = openDatabase(api.office.ownerUrl)
    await owner.run(`create function full_disk() returns trigger language plpgsql as $$ begin raise 'no space'; end $$`)
    await owner.run(`create trigger full_disk before insert on audit_events for each row execute function full_disk()`)
    const refused = await api.call('tantou', 'GET', `/api/tasks/${taskId}/worksheet`)
    await owner.run('drop trigger full_disk on audit_events')
    await owner.close()
    expect([refused.statusCode, refused.json<{ code: string }>().code]).toEqual([500, 'REQ-004'])
    expect(refused.body).not.toContain(rowOf(list, 1).insuredNo)
    expect(api.logged.at(-1)).toMatch(/^request failed .*"GET \/api\/tasks\/:taskId\/worksheet"/)
  })

  it('gives a CSV without the protected person, and says so', async () => {
    const reply = await api.call('tantou', 'GET', `/api/tasks/${taskId}/worksheet.csv`)
    seen.push({ url: 'csv', text: reply.body })
    const lines = reply.body.split('\r\n')
    expect(reply.rawPayload.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]))
    expect(lines).toHaveLength(8) // head, five rows, foot, end
    expect(lines[6]).toBe('支援措置により1件を除いています')
    expect(lines[1]?.split(',').slice(1, 8)).toEqual([
      '対象',
      '',
      '',
      '24か月以内に督促がありません',
      '00000001',
      'ミホン 1ロウ',
      '見本 1郎',
    ])
    const output = await api.office.db.one<{ content: string }>(
      `select payload::json ->> 'payload' as content from audit_events where kind = 'output' order by id desc limit 1`,
    )
    expect(JSON.parse(output.content)).toMatchObject({ count: 5, omitted: 1, what: 'CSV 確認の一覧' })
  })

  it('pins a row on top for everybody; 完了 waits until somebody has looked at it', async () => {
    const pin = (rowNo: number, how: string, login: Login = 'tantou') =>
      ask<{ pins: object[]; code: string }>(login, 'POST', `/api/tasks/${taskId}/pins`, { rowNo, pin: how })
    const before = await sheet()
    const row = rowOf(before, 3)
    expect((await pin(row.rowNo, 'on')).body.pins).toEqual([{ rowNo: row.rowNo, isSeen: false }])
    const after = await sheet('kakaricho')
    expect(after.rows.map(({ insuredNo }) => insuredNo.slice(-1))).toEqual(['3', '1', '4', '5', '6', '2'])
    expect((await sheet('tantou', '?offset=1&limit=2')).rows.map(({ insuredNo }) => insuredNo.slice(-1))).toEqual([
      '1',
      '4',
    ])
    expect((await pin(row.rowNo, 'seen', 'tantou2')).body.code).toBe('TASK-002')
    expect((await pin(99, 'on')).body.code).toBe('TASK-007')
    const done = { decision: 'ok', hash: after.hash, count: after.count }
    const refused = await ask<{ code: string }>('tantou', 'POST', `/api/tasks/${taskId}/complete`, done)
    expect([refused.status, refused.body.code]).toEqual([422, 'TASK-031'])
    expect((await pin(row.rowNo, 'seen')).body.pins).toEqual([{ rowNo: row.rowNo, isSeen: true }])
    expect((await pin(row.rowNo, 'off')).body.pins).toEqual([])
    expect((await sheet()).rows.map(({ rowNo }) => rowNo)).toEqual(before.rows.map(({ rowNo }) => rowNo))
  })

  it('keeps the columns that a person leaves out, for that person', async () => {
    const hidden = async (login: Login) =>
      (await ask<{ worksheet: { hiddenColumns: string[] } }>(login, 'GET', `/api/tasks/${taskId}`)).body.worksheet
        .hiddenColumns
    await ask('tantou', 'PUT', '/api/sheets/delinquents/columns', { hidden: ['kana', 'limitOn'] })
    await ask('tantou', 'PUT', '/api/sheets/delinquents/columns', { hidden: ['limitOn'] })
    expect([await hidden('tantou'), await hidden('kakaricho')]).toEqual([['limitOn'], []])
  })

  it('marks people of the list who have one name, 異体字 folded', async () => {
    const sheetOfNames = async () =>
      (
        await ask<{ rows: { insuredNo: string; hasNamesake: boolean }[] }>(
          'tantou',
          'GET',
          `/api/tasks/${taskId}/worksheet`,
        )
      ).body.rows.filter(({ hasNamesake }) => hasNamesake)
    expect(await sheetOfNames()).toEqual([])
    await loadRows(api.office, 'atena', [person(4, { 氏名: '渡邉 髙子' }), person(5, { 氏名: '渡辺 高子' })])
    expect((await sheetOfNames()).map(({ insuredNo }) => insuredNo)).toEqual(['00000004', '00000005'])
  })

  it('marks rows with a reason of the closed list and completes what was on screen', async () => {
    const before = await sheet()
    const mark = (login: Login, body: object) =>
      ask<{ code: string; count: number; hash: string }>(login, 'POST', `/api/tasks/${taskId}/marks`, body)
    const rows = [rowOf(before, 6).rowNo]
    expect((await mark('tantou', { rows, action: 'exclude', reason: 'T11', followUpOn: '2026-09-01' })).body.code).toBe(
      'TASK-011',
    )
    expect((await mark('tantou', { rows, action: 'exclude', reason: 'T10' })).body.code).toBe('TASK-010')
    expect((await mark('tantou', { rows, action: 'exclude', reason: 'Z1' })).body.code).toBe('TASK-009')
    expect((await mark('tantou', { rows: [rowOf(before, 3).rowNo], action: 'include' })).body.code).toBe('F52-15')
    expect((await mark('tantou2', { rows, action: 'exclude', reason: 'T16' })).body.code).toBe('TASK-002')
    const done = await mark('tantou', {
      rows,
      action: 'exclude',
      reason: 'T10',
      note: '領収書を確認',
      followUpOn: '2026-09-01',
    })
    expect([done.status, done.body.count]).toEqual([200, 1])
    expect(done.body.hash).not.toBe(before.hash)
    const old = await ask<{ code: string }>('tantou', 'POST', `/api/tasks/${taskId}/complete`, {
      decision: 'ok',
      hash: before.hash,
      count: 6,
    })
    expect([old.status, old.body.code]).toEqual([409, 'TASK-005'])
    const body = { decision: 'ok', hash: done.body.hash, count: 6 }
    const key = { 'idempotency-key': 'complete-0001' }
    const complete = await ask<{ state: string }>('tantou', 'POST', `/api/tasks/${taskId}/complete`, body, key)
    expect([complete.status, complete.body.state]).toEqual([200, 'completing'])
    expect(
      (await ask<{ state: string }>('tantou', 'POST', `/api/tasks/${taskId}/complete`, body, key)).body.state,
    ).toBe('completing')
    // without the key too, the same person's same decision is one; another person's comes too late
    expect((await ask('tantou', 'POST', `/api/tasks/${taskId}/complete`, body)).status).toBe(200)
    expect((await ask<{ code: string }>('tantou2', 'POST', `/api/tasks/${taskId}/complete`, body)).body.code).toBe(
      'TASK-003',
    )
    // a clerk's own next read never shows the finished task; its deadline is no longer one
    expect((await ask<{ total: number }>('tantou', 'GET', '/api/tasks')).body.total).toBe(0)
    const over = await ask('tantou', 'GET', `/api/tasks/${taskId}`)
    expect(over.body).toMatchObject({ state: 'completing', dueOn: '2026-08-17', daysLeft: null, urgency: 'none' })
  })
})

/** What keeps kakaricho2 from releasing while standing in for `absent`; the deputy is taken back with the transaction. */
async function refusalAsDeputyOf(absent: Login): Promise<unknown> {
  const user = await api.user('kakaricho2')
  const rule = api.deps.registry.human(S('004-check-notices')).fourEyes
  if (rule === null) throw new Error('004 is four-eyes')
  const told = new Error('rolled back')
  let refusal: unknown = null
  const work = api.office.db.tx(async (tx) => {
    await tx.run(
      `insert into deputies (absent_user_id, deputy_user_id, from_on, to_on, reason, recorded_by, recorded_at, approved_by, approved_at)
       select a.id, $1, $2, $2, '休暇', a.id, $3, p.id, $3 from users a, users p where a.login = $4 and p.login = 'kanri'`,
      [user.userId, api.office.clock.today(), api.office.clock.now(), absent],
    )
    const task = await lockOpenTask(tx, taskId)
    await checkMayRelease(tx, task, rule, user, api.office.clock.today()).catch((error: unknown) => {
      refusal = error
    })
    throw told
  })
  await expect(work).rejects.toBe(told)
  return refusal
}

describe('004 by the API', () => {
  it('proposes, and only another person releases; the attempt is an event', async () => {
    await bench.run(runId, S('003-make-tokusoku-notices'))
    taskId = await bench.open(runId, S('004-check-notices'))
    await ask('kakaricho', 'POST', `/api/tasks/${taskId}/claim`)
    await loadRows(api.office, 'shuno', [receipt({ ...slip(4), 領収日: '2026-08-14', 収納日: '2026-08-14' })])
    const fresh = await ask<{ hash: string; count: number }>('kakaricho', 'POST', `/api/tasks/${taskId}/refresh`)
    const list = await sheet('kakaricho')
    expect([fresh.body.hash, fresh.body.count]).toEqual([list.hash, 3])
    expect(rowOf(list, 4)).toMatchObject({ verdict: '要確認', proposal: 'P01', printedYen: 12_300, currentYen: 0 })
    expect(rowOf(list, 4).noticeId).toMatch(/^[0-9a-f-]{36}$/)
    const accepted = await ask<{ count: number; hash: string }>(
      'kakaricho',
      'POST',
      `/api/tasks/${taskId}/proposals/accept`,
    )
    expect(accepted.body.count).toBe(1)
    const body = { decision: 'ok', hash: accepted.body.hash, count: 3 }
    expect((await ask<{ code: string }>('kakaricho', 'POST', `/api/tasks/${taskId}/complete`, body)).body.code).toBe(
      'TASK-006',
    )
    expect(
      (await ask<{ isProposed: boolean }>('kakaricho', 'POST', `/api/tasks/${taskId}/propose`, body)).body.isProposed,
    ).toBe(true)
    const eyes = async (login: Login) =>
      (
        await ask<{
          fourEyes: { canRelease: boolean; refusal: string | null; first: { name: string; isMe: boolean } }
        }>(login, 'GET', `/api/tasks/${taskId}`)
      ).body.fourEyes
    expect(await eyes('kakaricho')).toMatchObject({
      canRelease: false,
      refusal: '作成・確認した人は発送を承認できません。別の係長に依頼してください。',
      first: { name: '佐伯 修', isMe: true },
    })
    expect(await eyes('kakaricho2')).toMatchObject({ canRelease: true, refusal: null })
    expect(await refusalAsDeputyOf('kakaricho')).toMatchObject({ code: 'F52-07' })
    expect(await refusalAsDeputyOf('tantou2')).toBeNull()
    const same = await ask<{ code: string }>('kakaricho', 'POST', `/api/tasks/${taskId}/release`, body)
    expect([same.status, same.body.code]).toEqual([403, 'F52-07'])
    expect(
      await api.office.db.rows(`select id from audit_events where kind = 'refused' and task_id = $1`, [taskId]),
    ).toHaveLength(1)
    expect((await ask('kakaricho2', 'POST', `/api/tasks/${taskId}/release`, body)).status).toBe(200)
  })

  it('hands out the papers with an event, and no individual one in bulk', async () => {
    await bench.run(runId, S('e2-dispatch-notices'))
    const run = await ask<{
      documents: { documentId: string; noticeCount: number }[]
      results: Record<string, number>
      canCancel: boolean
    }>('kakaricho2', 'GET', `/api/runs/${runId}`)
    expect(run.body.results).toMatchObject({
      delinquentCount: 6,
      targetCount: 3,
      excludedCount: 3,
      noticeCount: 3,
      releasedCount: 2,
      pulledCount: 1,
      printFileCount: 1,
    })
    expect(run.body.canCancel).toBe(false)
    expect(run.body.documents).toHaveLength(1)
    expect(run.body.documents[0]).toMatchObject({ noticeCount: 2, state: 'current' })
    const pdf = await api.call('tantou', 'GET', `/api/documents/${run.body.documents[0]?.documentId ?? ''}`)
    expect([pdf.statusCode, pdf.headers['content-type'], pdf.rawPayload.subarray(0, 5).toString()]).toEqual([
      200,
      'application/pdf',
      '%PDF-',
    ])
    const notices = await ask<{ items: { state: string; insuredNo: string; noticeId: string }[]; total: number }>(
      'tantou',
      'GET',
      `/api/runs/${runId}/notices`,
    )
    expect(notices.body.items.map(({ insuredNo, state }) => `${insuredNo.slice(-1)} ${state}`)).toEqual([
      '1 released',
      '4 pulled',
      '5 released',
    ])
    const one = await api.call('tantou', 'GET', `/api/documents/notice-${notices.body.items[0]?.noticeId ?? ''}`)
    expect([one.statusCode, one.rawPayload.subarray(0, 5).toString()]).toEqual([200, '%PDF-'])
    expect(
      (await api.call('kanri', 'GET', `/api/documents/notice-${notices.body.items[0]?.noticeId ?? ''}`)).statusCode,
    ).toBe(403)
    const cancel = await ask<{ code: string }>('kakaricho', 'POST', `/api/runs/${runId}/cancel`, {
      reason: '試しに止める',
    })
    expect([cancel.status, cancel.body.code]).toEqual([409, 'F52-12'])
  })
})

describe('伏せ字', () => {
  it('opens protected fields for a 係長 with a reason only, as an event', async () => {
    const found = await ask<{ items: { insuredId: string; isProtected: boolean; kana: object; address: object }[] }>(
      'tantou',
      'POST',
      '/api/insured/search',
      { q: '00000002' },
    )
    expect(found.body.items).toHaveLength(1)
    expect(found.body.items[0]).toMatchObject({
      isProtected: true,
      kana: { isMasked: true, value: null },
      address: { isMasked: true, value: null },
    })
    const id = found.body.items[0]?.insuredId ?? ''
    expect((await ask<{ address: object }>('tantou', 'GET', `/api/insured/${id}`)).body.address).toEqual({
      isMasked: true,
      value: null,
    })
    expect(
      (await ask<{ code: string }>('tantou', 'POST', `/api/insured/${id}/disclose`, { reason: '本人来庁のため' }))
        .status,
    ).toBe(403)
    expect((await ask('kakaricho', 'POST', `/api/insured/${id}/disclose`, { reason: '短い' })).status).toBe(400)
    const opened = await ask<{ address: { value: string }; readers: { text: string; isRefused: boolean }[] }>(
      'kakaricho',
      'POST',
      `/api/insured/${id}/disclose`,
      { reason: '本人来庁のため' },
    )
    expect(opened.body.address.value).toContain(PROTECTED_ADDRESS)
    expect(opened.body.readers[0]).toMatchObject({ text: '伏せた項目を開いた。理由: 本人来庁のため', isRefused: false })
    expect(opened.body.readers[1]).toMatchObject({
      text: '断られた:伏せた項目を理由を書いて開く。この操作をする権限がありません。(AUTH-002)',
      isRefused: true,
    })
  })

  it('keeps the protected address, telephone and kana out of everything 担当 and 係長 have read, and out of journal and log', async () => {
    expect(seen.length).toBeGreaterThan(30)
    const journal = await api.office.db.rows<{ payload: string }>('select payload from audit_events')
    const texts = [
      ...seen,
      ...journal.map(({ payload }) => ({ url: 'journal', text: payload })),
      ...api.logged.map((text) => ({ url: 'log', text })),
    ]
    for (const { url, text } of texts) {
      const isOwnPage = /^\/api\/insured\/\d+$/.test(url) // 氏名カナ is masked in lists only (sheets 1.1 §2.2, 5.2 002)
      for (const secret of [PROTECTED_ADDRESS, PROTECTED_PHONE, ...(isOwnPage ? [] : [PROTECTED_KANA])])
        expect(text.includes(secret) ? `${url}: ${text.slice(0, 300)}` : '').toBe('')
    }
  })
})

describe('監査 by the API', () => {
  it('follows the run, and verifies and takes away the journal', async () => {
    const sealer = startSealer(api.office.db, api.office.clock, () => undefined, { everyMs: 3_600_000 })
    await sealer.sealNow()
    const page = await ask<{ items: { eventId: string; category: string; summary: string }[]; total: number }>(
      'kansa',
      'GET',
      `/api/audit?runId=${runId}&limit=500`,
    )
    const said = page.body.items.map(({ summary }) => summary)
    expect(said).toContain('処理 R8-52-0001 を始めた')
    expect(said).toContain('1件を除外した(納付確認中(領収書提示))')
    expect(said).toContain('一人目の確認をした')
    expect(said).toContain('二人目として認めた')
    expect(said).toContain('工程が終わった(発送を認めた2、引抜き1、印刷ファイル1)')
    const refused = await ask<{ items: { summary: string }[] }>(
      'kansa',
      'GET',
      `/api/audit?runId=${runId}&category=refused`,
    )
    const bySubject = await ask<{ total: number }>('kansa', 'POST', '/api/audit/search', { subject: '00000002' })
    expect(bySubject.body.total).toBeGreaterThan(3)
    expect(refused.body.items.map(({ summary }) => summary)).toContain(
      '断られた:二人目の確認。作成・確認した人は発送を承認できません。別の係長に依頼してください。(F52-07)',
    )
    const event = page.body.items.find(({ summary }) => summary === '1件を除外した(納付確認中(領収書提示))')
    const detail = await ask<{ why: string; hash: string; sealHash: string; payload: string }>(
      'kansa',
      'GET',
      `/api/audit/${event?.eventId ?? ''}`,
    )
    expect(detail.body.why).toBe('納付確認中(領収書提示) 領収書を確認')
    expect(detail.body.sealHash).toMatch(/^[0-9a-f]{64}$/)
    const verified = await ask<{ isSound: boolean; firstBad: null }>('kansa', 'POST', '/api/audit/verify')
    expect(verified.body).toMatchObject({ isSound: true, firstBad: null })
    await sealer.sealNow()
    await sealer.stop()
    const exported = await api.call('kansa', 'GET', '/api/audit/export')
    const path = join(api.office.folder, 'export.jsonl')
    writeFileSync(path, exported.body)
    const file = await verifyExport(path)
    expect(file.firstBad).toBeNull()
    expect(Number(file.checked)).toBe(exported.body.trim().split('\n').length - 1)
  })
})

describe('the records of all this', () => {
  it('are in Japanese: names and values', async () => {
    expect(await untranslated(api)).toEqual([])
  })
})
