import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { markRows } from '#runtime/human.ts'
import { openTestApi, type TestApi } from '#tests/support/api.ts'
import { registerNoticeSettings } from '#tests/support/notice-settings.ts'
import { loadRows } from '#tests/support/office-facts.ts'
import { twoAt002 } from '#tests/support/two-at-002.ts'

const ADDRESS = 'みほん市秘密町9丁目9番'
const SECRET_NOTE = '秘密町の妹さんの家にいるとのこと'
const OPEN_NOTE = '窓口で<領収書>を見た'

/** 督促 up to a decided 002: person 1 is excluded with a memo, person 2 is under 抑止 and has a memo, too. */
describe('証拠一式', () => {
  let api: TestApi
  let runId: string
  let taskId: string

  beforeAll(async () => {
    api = await openTestApi('2026-08-14T00:00:00.000Z')
    await registerNoticeSettings(api.office)
    const { bench, tantou, ...made } = await twoAt002(api, {
      second: { 住所: ADDRESS },
      isGuarded: true,
      isClaimed: true,
    })
    ;({ runId, taskId } = made)
    const note = (rowNo: number, text: string, action: 'note' | 'exclude', reason: string | null) =>
      markRows(bench.deps, {
        taskId,
        user: tantou,
        target: { rows: [rowNo] },
        mark: { action, reason, note: text, followUpOn: reason === null ? null : ('2026-09-01' as never) },
      })
    await note(1, OPEN_NOTE, 'exclude', 'T10')
    await note(2, SECRET_NOTE, 'note', null)
    // a refused act carries the task only, and belongs to the run all the same
    const refused = await api.call('tantou', 'POST', `/api/tasks/${taskId}/release`, { hash: 'x', count: 2 })
    expect(refused.statusCode).toBe(403)
  })
  afterAll(() => api.close())

  const pack = () => api.call('kansa', 'GET', `/api/runs/${runId}/evidence`)
  const eventsOfRun = async (): Promise<number> =>
    (
      await api.office.db.one<{ n: number }>(
        `select count(*)::int as n from audit_events e
         where e.run_id = $1 or (e.run_id is null and e.task_id in (select id from tasks where run_id = $1))`,
        [runId],
      )
    ).n

  it('holds every event of the run, its own making and the refusal among them', async () => {
    const reply = await pack()
    expect(reply.statusCode).toBe(200)
    expect(reply.headers['content-type']).toBe('text/html; charset=utf-8')
    expect(reply.headers['content-disposition']).toBe('attachment; filename="koki-evidence-R8-52-0001.html"')
    const rows = [...reply.body.matchAll(/data-event=['"](\d+)['"]/g)].map(([, id]) => id)
    expect(rows.length).toBe(await eventsOfRun())
    expect(reply.body).toContain(`記録 ${rows.length}件`)
    expect(reply.body).toContain('証拠一式を出力した(1件)')
    expect(reply.body).toContain('断られた:')
    const hashes = await api.office.db.rows<{ hash: string }>(`select hash from audit_events where run_id = $1`, [
      runId,
    ])
    for (const { hash } of hashes) expect(reply.body).toContain(hash)
  })

  it('says what was checked, decided and pinned, and opens without network', async () => {
    const { body } = await pack()
    expect(body).toContain('納期の期割は、完納でなければ一覧にちょうど一行ある')
    expect(body).toContain('T10 納付確認中(領収書提示)')
    expect(body).toContain('001 滞納者把握')
    expect(body).toContain('R8.8.20')
    expect(body).not.toMatch(/(src|href)=["']?(https?:)?\/\//)
    expect(body).toMatch(/^<!doctype html>/)
    expect(body).not.toMatch(/<script/i)
  })

  it('is in Japanese: no name or code of ours stands in it', async () => {
    const { body } = await pack()
    const read = body
      .replace(/^[\s\S]*<body>/, '')
      .replaceAll(/<(pre|code)[\s\S]*?<\/\1>/g, '')
      .replaceAll(/<[^>]*>/g, ' ')
    expect(read).toMatch(/取残しも含める\s+はい/)
    expect(read).toMatch(/基準日\s+R8\.8\.12/)
    expect(read).toMatch(/滞納者一覧\s+1\s+除外\s+T10/)
    expect(
      read.match(/\b[a-z]+[A-Z][A-Za-z]*\b|\b(?:null|true|false|ok|exclude|include|note|delinquents)\b/g),
    ).toBeNull()
  })

  const details = async () => {
    const list = (await api.call('kansa', 'GET', `/api/audit?taskId=${taskId}&category=change`)).json<{
      items: { eventId: string }[]
    }>()
    const found = []
    for (const { eventId } of list.items) found.push((await api.call('kansa', 'GET', `/api/audit/${eventId}`)).json())
    return found
  }

  it('shows memos escaped, and none about a person under 抑止, on any road', async () => {
    const { body } = await pack()
    expect(body).toContain('窓口で&lt;領収書&gt;を見た')
    expect(body).toMatch(/理由・メモ:\s*\(伏せています\)/)
    for (const secret of [SECRET_NOTE, ADDRESS, '秘密町']) expect(body).not.toContain(secret)
    const seen = JSON.stringify(await details())
    expect(seen).toContain('領収書')
    expect(seen).not.toContain('秘密町')
  })

  it('is for 係長 and 監査 only', async () => {
    for (const login of ['tantou', 'gyomu', 'kanri'] as const)
      expect((await api.call(login, 'GET', `/api/runs/${runId}/evidence`)).statusCode, login).toBe(403)
    expect((await api.call('kakaricho', 'GET', `/api/runs/${runId}/evidence`)).statusCode).toBe(200)
    const unknown = await api.call('kansa', 'GET', '/api/runs/00000000-0000-4000-8000-000000000000/evidence')
    expect(unknown.json()).toMatchObject({ status: 404, code: 'RUN-001' })
  })

  it('hides what was typed before the person came under 抑止', async () => {
    await loadRows(api.office, 'yokushi', [
      { 宛名番号: '000000000000001', 措置区分: '仮', 開始日: '2026-08-14', 満了予定日: '2027-03-31' },
    ])
    const { body } = await pack()
    expect(body).not.toContain('領収書&gt;')
    expect(body).toContain('書かれた言葉は伏せています')
    const seen = await details()
    expect(JSON.stringify(seen)).not.toContain('窓口で')
    expect(seen).toContainEqual(expect.objectContaining({ isMasked: true, payload: null, why: null, changes: [] }))
  })
})
