import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { API, type RouteKey } from '#api/contract.ts'
import { placeOf } from '#api/register.ts'
import { isAllowed } from '#access/rights.ts'
import { completeTask, proposeTask, releaseTask } from '#runtime/decide-task.ts'
import { claimTask, markRows } from '#runtime/human.ts'
import type { TaskUser } from '#runtime/human-context.ts'
import { worksheetHash } from '#runtime/worksheet/hash.ts'
import { tokusoku } from '#workers/5-2-tokusoku/index.ts'
import { LOGINS, openTestApi, type Login, type TestApi } from '#tests/support/api.ts'
import { attach, rowOfPerson } from '#tests/support/attach.ts'
import { registerNoticeSettings } from '#tests/support/notice-settings.ts'
import { instalment, insured, loadRows, person } from '#tests/support/office-facts.ts'
import { stepBench, type StepBench } from '#tests/support/step-bench.ts'
import { readPdf } from '../notices/read-pdf.ts'

const S = (name: string): string => `5-2-tokusoku/${name}`
const ATENA = '000000000000002'
/** What must never be seen: 住所, 方書, 郵便番号, 電話, 送付先, 相手方, 口座番号, 名義. */
const SECRETS = [
  '秘匿町8丁目',
  '秘匿荘205',
  '9998887',
  '099-777-6655',
  '秘匿支援館',
  '9990001',
  '秘匿 相手',
  '相手町4丁目',
  '7654321',
  'ヒトクメイギ',
] as const
/** Too short to look for in a text: the bank and its branch, as a value of their own. */
const SECRET_VALUES = new Set(['9876', '765'])

/** A person under 抑止, and one who is not, from the files to the registered dispatch, with an individual letter. */
describe('the address of a person under 抑止', () => {
  let api: TestApi
  let bench: StepBench
  let runId: string
  const tasks: string[] = []

  beforeAll(async () => {
    api = await openTestApi('2026-08-14T00:00:00.000Z')
    const { office } = api
    await registerNoticeSettings(office)
    const address = { 郵便番号: '9998887', 住所: 'みほん市秘匿町8丁目', 方書: '秘匿荘205', 電話: '099-777-6655' }
    const home = Object.fromEntries(
      Object.entries(address).flatMap(([name, value]) => {
        const column = office.profiles.of('atena', 'in').columns.find((one) => one.name.startsWith(name))
        return column === undefined ? [] : [[column.name, value]]
      }),
    )
    await loadRows(office, 'atena', [person(1), person(2, home)])
    // a second file of the person's with an error in a protected column, and one in the birthday
    await loadRows(office, 'atena', [person(2, { ...home, 郵便番号: '9998887秘匿町8丁目', 生年月日: '1945-13-05' })])
    await loadRows(office, 'hihokensha', [insured(1), insured(2)])
    await loadRows(office, 'yokushi', [
      {
        宛名番号: ATENA,
        措置区分: '本',
        開始日: '2026-04-01',
        満了予定日: '2027-03-31',
        相手方氏名: '秘匿 相手',
        相手方生年月日: '1944-04-04',
        相手方住所: 'みほん市相手町4丁目',
      },
    ])
    await loadRows(office, 'soufusaki', [
      {
        宛名番号: ATENA,
        送付先区分: '本人',
        氏名: '見本 2郎',
        郵便番号: '9990001',
        住所: 'みほん市秘匿支援館気付',
        開始日: '2026-04-01',
      },
    ])
    await loadRows(office, 'koza', [
      {
        被保険者番号: '00000002',
        銀行番号: '9876',
        支店番号: '765',
        預金種目: '1',
        口座番号: '7654321',
        口座名義カナ: 'ヒトクメイギ',
        開始日: '2026-04-01',
      },
    ])
    await loadRows(office, 'kiwari', [
      instalment(1, { 通知書番号: '2600123401' }),
      instalment(2, { 通知書番号: '2600123402' }),
    ])
    bench = await stepBench(office, [tokusoku])
    const [tantou, kakaricho, kakaricho2] = [
      await api.user('tantou'),
      await api.user('kakaricho'),
      await api.user('kakaricho2'),
    ]
    const params = { dueOn: '2026-07-31', asOf: '2026-08-12', issueOn: '2026-08-20' }
    runId = (await bench.start(tantou, params)).runId
    await bench.run(runId, S('001-identify-delinquents'))
    const two = await open('002-confirm-delinquents', kakaricho)
    await attachMap(two, 2)
    await attachMap(two, null)
    await mark(two, kakaricho, 2, 'include', '秘匿町8丁目へ電話で確かめた')
    await completeTask(bench.deps, { taskId: two, user: kakaricho, body: { ...(await seen(two)), decision: 'ok' } })
    await bench.run(runId, S('003-make-tokusoku-notices'))
    const four = await open('004-check-notices', tantou)
    const release = { ...(await seen(four)), decision: 'ok' }
    await proposeTask(bench.deps, { taskId: four, user: tantou, body: release })
    await releaseTask(bench.deps, { taskId: four, user: kakaricho2, body: release })
    await bench.run(runId, S('e2-dispatch-notices'))
    await bench.run(runId, S('005-make-tainosha-file'))
    const six = await open('006-confirm-tainosha-file', tantou)
    const review = await mark(six, tantou, 2, 'exclude', null)
    expect(review).toBe(1)
    const sent = { decision: 'ok', sentOn: '2026-08-14', sentBy: '1' }
    await completeTask(bench.deps, { taskId: six, user: tantou, body: { ...(await seen(six)), ...sent } })
    office.clock.set('2026-08-20T01:00:00.000Z')
    const seven = await open('007-register-dispatch', tantou)
    const registered = { decision: 'ok', issuedOn: '2026-08-20', dispatchedCount: 2, method: '1' }
    await completeTask(bench.deps, { taskId: seven, user: tantou, body: { ...(await seen(seven)), ...registered } })
    const { id } = await office.db.one<{ id: string }>(`select id from notices where is_individual and run_id = $1`, [
      runId,
    ])
    const returned = await api.call('kakaricho', 'POST', `/api/notices/${id}/return`, {
      returnedOn: '2026-08-20',
      reason: 'R2',
      note: '秘匿町8丁目にはいない',
    })
    expect([returned.statusCode, returned.body]).toEqual([201, expect.any(String)])
  })
  afterAll(() => api.close())

  async function open(step: string, user: TaskUser): Promise<string> {
    const taskId = await bench.open(runId, S(step))
    tasks.push(taskId)
    await claimTask(bench.deps, { taskId, user })
    return taskId
  }
  async function seen(taskId: string): Promise<{ hash: string | null; count: number | null }> {
    const { id, count } = await api.office.db.one<{ id: bigint | null; count: bigint | null }>(
      `select w.id, w.row_count as count from tasks t left join worksheets w on w.id = t.worksheet_id where t.id = $1`,
      [taskId],
    )
    return id === null
      ? { hash: null, count: null }
      : { hash: await worksheetHash(api.office.db, id), count: Number(count) }
  }
  /** A map to the house, named after it. */
  async function attachMap(taskId: string, n: number | null): Promise<void> {
    const reply = await attach(api, 'tantou', taskId, {
      name: '秘匿町8丁目 秘匿荘205.txt',
      bytes: Buffer.from('みほん市秘匿町8丁目'),
      ...(n === null ? {} : { row: await rowOfPerson(api, taskId, n) }),
    })
    expect([reply.statusCode, reply.json<{ name: object }>().name]).toEqual([201, { isMasked: true, value: null }])
  }
  async function mark(taskId: string, user: TaskUser, n: number, action: 'include' | 'exclude', note: string | null) {
    const { no } = await api.office.db.one<{ no: number }>(
      `select r.row_no as no from tasks t join worksheet_rows r on r.worksheet_id = t.worksheet_id
       join insured s on s.id = r.insured_id where t.id = $1 and s.insured_no = $2`,
      [taskId, String(n).padStart(8, '0')],
    )
    const plain = { action, reason: null, note, followUpOn: null } as const
    return markRows(bench.deps, { taskId, user, target: { rows: [no] }, mark: plain })
  }

  /** Every value there is for each parameter of an address. */
  async function values(): Promise<Readonly<Record<string, readonly string[]>>> {
    const ids = async (sql: string): Promise<string[]> =>
      (await api.office.db.rows<{ id: string | bigint }>(sql)).map(({ id }) => String(id))
    return {
      taskId: tasks,
      runId: [runId],
      fileId: await ids(`select id from files`),
      documentId: [
        ...(await ids(`select 'print-' || id as id from print_files`)),
        ...(await ids(`select 'notice-' || id as id from notices`)),
      ],
      insuredId: await ids(`select id from insured`),
      returnId: await ids(`select id from returned_letters`),
      attachmentId: await ids(`select id from task_attachments`),
      eventId: await ids(`select id from audit_events order by id desc limit 60`),
      key: await ids(`select process_instance_key as id from trace_instances union select 1`),
      flow: ['5-2-tokusoku'],
      name: ['feeYen', 'notices'],
      kind: ['atena'],
      day: ['2026-08-20'],
    }
  }

  /** GET addresses of a route, one for each combination of what there is. */
  function urls(key: RouteKey, given: Readonly<Record<string, readonly string[]>>): string[] {
    const { url } = placeOf(key)
    const names = [...url.matchAll(/:(\w+)/g)].map(([, name]) => name ?? '')
    for (const name of names) if (given[name] === undefined) throw new Error(`${key}: no value for :${name}`)
    return names.reduce<string[]>(
      (made, name) => made.flatMap((one) => (given[name] ?? []).map((value) => one.replace(`:${name}`, value))),
      [url],
    )
  }

  /** Reads by POST, with what a curious person would ask. */
  const SEARCHES: Readonly<Record<string, readonly object[]>> = {
    'POST /api/tasks/search': [{}],
    'POST /api/tasks/:taskId/worksheet/search': [{ filter: {} }, { filter: { text: '秘匿町8丁目' } }],
    'POST /api/tasks/:taskId/worksheet/print': [{}],
    'POST /api/tasks/:taskId/worksheet/breakdown': [{}],
    'POST /api/insured/search': [
      { q: '00000002' },
      { q: '見本 2郎' },
      ...SECRETS.map((q) => ({ q })),
      { q: '9876' },
      { q: '765' },
    ],
    'POST /api/audit/search': [{}, { subject: '00000002' }],
    'POST /api/runs/check': [{ flow: '5-2-tokusoku', params: {} }],
  }

  /** Secrets in a text, the request's own words left out of the question. */
  const found = (text: string, asked = ''): string[] =>
    SECRETS.filter((secret) => text.includes(secret) && !asked.includes(secret))
  const foundValues = (value: unknown): string[] => {
    if (typeof value === 'string') return SECRET_VALUES.has(value) ? [value] : []
    if (typeof value !== 'object' || value === null) return []
    return Object.values(value).flatMap(foundValues)
  }

  /**
   * Whether a 係長 opens here what is a 係長's to open by design: the letter of 個別送付, and the bytes of files (sheet 1.1 §2.4,
   * decision record 0024). Everybody else is refused there, which has a test of its own.
   */
  async function isOpenedTo(login: Login, url: string): Promise<boolean> {
    if (!login.startsWith('kakaricho')) return false
    const document = /^\/api\/documents\/(print|notice)-(.+)$/.exec(url)
    if (document !== null) {
      const table = document[1] === 'print' ? 'print_files' : 'notices'
      const row = await api.office.db.maybe<{ individual: boolean }>(
        `select is_individual as individual from ${table} where id = $1`,
        [document[2] ?? ''],
      )
      return row?.individual === true
    }
    return /^\/api\/files\/[^/]+\/content$/.test(url)
  }

  it.each(LOGINS)('is on no road that %s may go', async (login) => {
    const given = await values()
    const roles = (await api.user(login)).roles
    const leaks: string[] = []
    let looked = 0
    for (const key of Object.keys(API) as RouteKey[]) {
      if (!isAllowed(key, roles) || key === 'GET /api/events' || key.includes('/login')) continue
      const { method } = placeOf(key)
      const bodies: readonly (object | undefined)[] = method === 'GET' ? [undefined] : (SEARCHES[key] ?? [])
      for (const body of bodies)
        for (const url of urls(key, given)) {
          const reply = await api.call(login, method, url, body)
          if (await isOpenedTo(login, url)) continue
          looked += 1
          const type = String(reply.headers['content-type'] ?? '')
          const asked = body === undefined ? '' : JSON.stringify(body)
          const text = type.includes('pdf')
            ? (await readPdf(new Uint8Array(reply.rawPayload))).pages.map((page) => page.text).join()
            : reply.body
          const values = type.includes('json') && !key.includes('profiles') ? foundValues(reply.json()) : []
          for (const secret of [...found(text, asked), ...values]) leaks.push(`${method} ${url} ${asked}: ${secret}`)
          for (const header of Object.values(reply.headers))
            for (const secret of found(decodeURIComponent(String(header)))) leaks.push(`${url} header: ${secret}`)
        }
    }
    expect(leaks).toEqual([])
    expect(looked).toBeGreaterThan(20)
  })

  it('finds nobody by a protected field, and the person by number and name', async () => {
    const search = async (q: string) =>
      (await api.call('tantou', 'POST', '/api/insured/search', { q })).json<{ total: number }>().total
    expect(await search('00000002')).toBe(1)
    for (const secret of ['秘匿町8丁目', '秘匿荘205', '099-777-6655', '7654321']) expect(await search(secret)).toBe(0)
  })

  it('opens the individual letter and the files to a 係長 only', async () => {
    const { document, files } = await api.office.db.one<{ document: string; files: string[] }>(
      `select (select 'print-' || id from print_files where is_individual limit 1) as document,
         (select array_agg(id::text) from files where kind in ('atena', 'soufusaki', 'yokushi', 'koza')) as files`,
    )
    const roads = [`/api/documents/${document}`, ...files.map((id) => `/api/files/${id}/content`)]
    for (const url of roads) {
      for (const login of ['tantou', 'kansa'] as const)
        expect([url, login, (await api.call(login, 'GET', url)).statusCode]).toEqual([url, login, 403])
      expect([url, (await api.call('kakaricho', 'GET', url)).statusCode]).toEqual([url, 200])
    }
    // the individual letter shows the 送付先 and nothing of the home
    const pdf = await api.call('kakaricho', 'GET', `/api/documents/${document}`)
    const text = (await readPdf(new Uint8Array(pdf.rawPayload))).pages.map((page) => page.text).join()
    expect(text).toContain('秘匿支援館')
    expect(found(text.replaceAll('秘匿支援館', '').replaceAll('9990001', ''))).toEqual([])
  })

  it('is in no log line, no process variable, no message to the engine and no sealed text', async () => {
    expect(found([...api.logged, ...api.office.logged].join('\n'))).toEqual([])
    const { variables, outbox } = await api.office.db.one<{ variables: string; outbox: string }>(
      `select (select coalesce(string_agg(variables::text || params::text || options::text, ' '), '') from runs) as variables,
         (select coalesce(string_agg(payload::text, ' '), '') from outbox) as outbox`,
    )
    expect(found(variables)).toEqual([])
    expect(found(outbox)).toEqual([])
    const events = await api.office.db.rows<{ kind: string; payload: string }>(`select kind, payload from audit_events`)
    const holding = events.filter(({ payload }) => found(payload).length > 0).map(({ kind }) => kind)
    expect(holding).toEqual([])
  })
})
