import { createHash } from 'node:crypto'
import { existsSync, readdirSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestApi, type Login, type TestApi } from '#tests/support/api.ts'
import { attach, rowOfPerson, type RowOfList } from '#tests/support/attach.ts'
import { JPEG, MACROS, PDF, PNG, XLSX, zipOf } from '#tests/support/files.ts'
import { guard, twoAt002 } from '#tests/support/two-at-002.ts'

// Source: ux.md points 1, 16 and 17; decision record 0085. Person 2 is under 抑止; the day is 2026-08-14.

interface Item {
  readonly attachmentId: string
  readonly step: string
  readonly type: string
  readonly name: { readonly isMasked: boolean; readonly value: string | null }
  readonly byteSize: number
  readonly sha256: string
  readonly addedBy: string
  readonly person: { readonly insuredNo: string } | null
  readonly withdrawn: { readonly by: string; readonly reason: { readonly value: string | null } } | null
  readonly canOpen: boolean
  readonly canDisclose: boolean
  readonly canWithdraw: boolean
}

let api: TestApi
let runId: string
let taskId: string
beforeAll(async () => {
  api = await openTestApi('2026-08-14T00:00:00.000Z')
  ;({ runId, taskId } = await twoAt002(api, { isClaimed: true }))
})
afterAll(() => api.close())

const at = (path = ''): string => `/api/tasks/${taskId}/attachments${path}`

const send = (login: Login, name: string, bytes: Buffer, row: RowOfList = {}, headers: Record<string, string> = {}) =>
  attach(api, login, taskId, { name, bytes, row, headers })
async function added(login: Login, name: string, bytes: Buffer, row?: RowOfList): Promise<Item> {
  const reply = await send(login, name, bytes, row)
  expect(reply.statusCode, reply.body).toBe(201)
  return reply.json<Item>()
}
const listed = async (login: Login): Promise<Item[]> =>
  (await api.call(login, 'GET', at())).json<{ items: Item[] }>().items
const rowOf = (n: number) => rowOfPerson(api, taskId, n)
const events = (kind: string) =>
  api.office.db.rows<{ actor: string; payload: string }>(
    `select actor, payload from audit_events where kind = $1 and task_id = $2 order by id`,
    [kind, taskId],
  )
const stored = (): number =>
  readdirSync(`${api.office.folder}/files`, { recursive: true, withFileTypes: true }).filter((one) => one.isFile())
    .length

describe('添付', () => {
  it('given a file beside the task, then it is listed with who, when and hash, and told to the 担当', async () => {
    const item = await added('kakaricho', '領収書 見本1郎.pdf', PDF)
    const sha256 = createHash('sha256').update(PDF).digest('hex')
    expect(item).toMatchObject({
      step: '002',
      type: 'pdf',
      addedBy: '佐伯 修',
      byteSize: PDF.length,
      sha256,
      person: null,
    })
    expect(existsSync(api.deps.files.pathOf(sha256))).toBe(true)
    expect(await listed('tantou')).toMatchObject([
      { name: { isMasked: false, value: '領収書 見本1郎.pdf' }, canOpen: true, canDisclose: false, canWithdraw: false },
    ])
    const told = await api.call('tantou', 'GET', '/api/notifications')
    expect(told.json<{ items: { title: string; text: string }[] }>().items[0]).toMatchObject({ title: '添付:佐伯 修' })
    expect(told.body).not.toContain('領収書')
    const detail = (await api.call('tantou', 'GET', `/api/tasks/${taskId}`)).json<{
      attachmentCount: number
      history: { text: string }[]
    }>()
    expect(detail.attachmentCount).toBe(1)
    expect(detail.history[0]?.text).toMatch(/^添付 \d+ を加えた\(PDF、\d+バイト\)$/)
  })

  it.each([
    ['PDF', PDF, 'a.PDF', 'pdf'],
    ['PNG', PNG, 'a.png', 'png'],
    ['JPEG', JPEG, 'a.jpeg', 'jpeg'],
    ['Excel', XLSX, 'a.xlsx', 'xlsx'],
    ['UTF-8', Buffer.from('﻿氏名,住所\r\n見本,みほん市\r\n'), 'a.csv', 'text'],
    ['Shift_JIS', Buffer.from('8e8196bc0d0a', 'hex'), 'a.txt', 'text'],
  ])('takes %s by its bytes', async (_, bytes, name, type) => {
    expect(await added('tantou', name, bytes)).toMatchObject({ type, name: { value: name } })
  })

  it.each([
    ['a program', Buffer.from('4d5a90000300000004000000ffff0000', 'hex'), 'a.pdf', 'TASK-017'],
    ['macros', MACROS, 'a.xlsx', 'TASK-017'],
    ['an archive', zipOf({ 'a.txt': 'x' }), 'a.xlsx', 'TASK-017'],
    ['the head of a workbook alone', XLSX.subarray(0, 60), 'a.xlsx', 'TASK-017'],
    ['nothing', Buffer.alloc(0), 'a.txt', 'TASK-017'],
    ['a text with control characters', Buffer.from('a\u001b[31m'), 'a.txt', 'TASK-017'],
    ['bytes of no character set', Buffer.from('80a0fdff81', 'hex'), 'a.txt', 'TASK-017'],
    ['a page that calls itself .html', Buffer.from('<script>alert(1)</script>'), 'a.html', 'TASK-018'],
    ['a PDF that calls itself .png', PDF, 'a.png', 'TASK-018'],
    ['a name without an ending', PNG, 'png', 'TASK-018'],
    ['a name of 256 characters', PDF, `${'字'.repeat(252)}.pdf`, 'REQ-001'],
  ])('refuses %s and keeps nothing of it', async (what, bytes, name, code) => {
    const before = stored()
    const reply = await send('tantou', name, bytes)
    expect([what, reply.json<{ code: string }>().code]).toEqual([what, code])
    expect(stored()).toBe(before)
  })

  it('refuses more than 50 MB', async () => {
    const before = stored()
    const reply = await send('tantou', 'a.txt', Buffer.alloc(50 * 1024 ** 2 + 1, 'a'))
    expect(reply.json()).toMatchObject({ status: 413, code: 'REQ-005' })
    expect(stored()).toBe(before)
  })

  it('takes no row that is not on the list, and fields before the file only', async () => {
    const { rowNo, version } = await rowOf(1)
    expect((await send('tantou', 'a.pdf', PDF, { rowNo: 99, version })).json()).toMatchObject({
      code: 'REQ-001',
      detail: expect.stringContaining('rowNo この作業の一覧にない行です。') as string,
    })
    for (const half of [{ rowNo }, { version }])
      expect((await send('tantou', 'a.pdf', PDF, half)).json()).toMatchObject({
        code: 'REQ-001',
        detail: expect.stringContaining('rowNo と、その行を読んだ一覧の version を一緒に送ってください。') as string,
      })
    const nameless = '--b\r\ncontent-disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n%PDF-\r\n--b--\r\n'
    const type = { 'content-type': 'multipart/form-data; boundary=b' }
    expect((await api.call('tantou', 'POST', at(), nameless, type)).json()).toMatchObject({ code: 'REQ-001' })
    expect((await api.call('tantou', 'POST', at(), { name: 'a.pdf' })).json()).toMatchObject({ code: 'REQ-001' })
  })

  it('is one for the same Idempotency-Key', async () => {
    const before = (await listed('tantou')).length
    const [first, second] = [
      await send('tantou', 'once.pdf', PDF, undefined, { 'idempotency-key': 'attach-0001' }),
      await send('tantou', 'once.pdf', PDF, undefined, { 'idempotency-key': 'attach-0001' }),
    ]
    expect(second.json<Item>().attachmentId).toBe(first.json<Item>().attachmentId)
    expect((await listed('tantou')).length).toBe(before + 1)
  })

  it.each([
    'a"; filename=b.html.pdf',
    'a\r\nset-cookie: koki_session=x.pdf',
    '../../etc/passwd.pdf',
    "x';drop table files;--(1)*.pdf",
    '\u202efdp.exe.pdf',
    '髙﨑𠮷.pdf',
  ])('keeps the name %j as it is, saved and never shown', async (name) => {
    const { attachmentId } = await added('tantou', name, PDF)
    const content = await api.call('tantou2', 'GET', at(`/${attachmentId}/content`))
    expect(content.rawPayload).toEqual(PDF)
    expect(content.headers['set-cookie']).toBeUndefined()
    const disposition = String(content.headers['content-disposition'])
    expect(disposition).toMatch(/^attachment; filename\*=UTF-8''[\w%.~!-]+$/)
    expect(decodeURIComponent(disposition.split("''")[1] ?? '')).toBe(name)
    expect(content.headers['content-type']).toBe('application/octet-stream')
    expect(content.headers['x-content-type-options']).toBe('nosniff')
    expect(content.headers['content-security-policy']).toBe("default-src 'none'; sandbox")
    expect((await events('output')).at(-1)).toMatchObject({ actor: 'tantou2' })
    expect(JSON.parse((await events('output')).at(-1)?.payload ?? '')).toMatchObject({
      payload: { what: '添付', detail: { attachmentId } },
    })
  })

  it('tells the journal of every look, and names no file there', async () => {
    const before = (await events('read')).length
    await listed('kansa')
    const reads = await events('read')
    expect(reads.slice(before).map(({ actor }) => actor)).toEqual(['kansa'])
    const { text } = await api.office.db.one<{ text: string }>(
      `select string_agg(payload, ' ') as text from audit_events`,
    )
    for (const name of ['領収書', '髙﨑', 'once.pdf']) expect(text).not.toContain(name)
    expect(api.logged.join('\n')).not.toContain('.pdf')
  })

  it('is nothing for 業務設計者 and 管理者, and 監査 adds none', async () => {
    const [item] = await listed('tantou')
    for (const login of ['gyomu', 'kanri'] as const)
      for (const path of ['', `/${item?.attachmentId}/content`])
        expect([login, path, (await api.call(login, 'GET', at(path))).statusCode]).toEqual([login, path, 403])
    expect((await send('kansa', 'a.pdf', PDF)).statusCode).toBe(403)
    expect((await events('refused')).length).toBeGreaterThan(0)
    const elsewhere = `/api/tasks/00000000-0000-4000-8000-000000000000/attachments`
    expect((await api.call('tantou', 'GET', elsewhere)).json()).toMatchObject({ code: 'TASK-001' })
    expect((await api.call('tantou', 'GET', `${elsewhere}/${item?.attachmentId}/content`)).json()).toMatchObject({
      code: 'TASK-019',
    })
  })
})

describe('添付の取下げ', () => {
  const withdraw = (login: Login, id: string, reason = '別の人の書類でした') =>
    api.call(login, 'POST', at(`/${id}/withdraw`), { reason })

  it('is for who added it and for a 係長, with a reason, once; the file stays for 係長 and 監査', async () => {
    const { attachmentId } = await added('tantou', 'wrong.pdf', PDF)
    expect((await withdraw('tantou2', attachmentId)).json()).toMatchObject({ code: 'AUTH-002' })
    expect((await withdraw('tantou', attachmentId, '短い')).json()).toMatchObject({ code: 'REQ-001' })
    const done = await withdraw('tantou', attachmentId)
    expect(done.json()).toMatchObject({
      withdrawn: { by: '三枝 みのり', reason: { isMasked: false, value: '別の人の書類でした' } },
      canOpen: false,
      canWithdraw: false,
    })
    expect((await withdraw('kakaricho', attachmentId)).json()).toMatchObject({ status: 409, code: 'TASK-020' })
    const open = async (login: Login) => (await api.call(login, 'GET', at(`/${attachmentId}/content`))).statusCode
    expect([await open('tantou'), await open('kakaricho'), await open('kansa')]).toEqual([403, 200, 200])
    const other = await added('tantou', 'other.pdf', PDF)
    expect((await withdraw('kakaricho', other.attachmentId)).statusCode).toBe(200)
    expect((await listed('tantou')).filter(({ withdrawn }) => withdrawn !== null)).toHaveLength(2)
    expect(await events('attachment-withdrawn')).toHaveLength(2)
  })

  it('changes and deletes nothing', async () => {
    const { db } = api.office
    for (const table of ['task_attachments', 'task_attachment_withdrawals']) {
      await expect(db.run(`update ${table} set at = now()`)).rejects.toThrow('permission denied')
      await expect(db.run(`delete from ${table}`)).rejects.toThrow('permission denied')
    }
  })
})

describe('添付 about a person under 抑止', () => {
  const SECRET = '秘密町9丁目の地図.pdf'
  const disclose = (login: Login, id: string, reason = '警察からの照会に答えるため') =>
    api.call(login, 'POST', at(`/${id}/disclose`), { reason })

  it('is opened by a 係長 with a reason only, from the day of the measure; another person stays open', async () => {
    const ofTwo = await added('tantou', SECRET, PDF, await rowOf(2))
    const ofOne = await added('tantou', '一郎.pdf', PDF, await rowOf(1))
    expect(ofTwo).toMatchObject({ person: { insuredNo: '00000002' }, name: { value: SECRET }, canOpen: true })
    await guard(api, 2, '2026-08-14')
    const items = await listed('kakaricho')
    const now = items.find(({ attachmentId }) => attachmentId === ofTwo.attachmentId)
    expect(now).toMatchObject({ name: { isMasked: true, value: null }, canOpen: false, canDisclose: true })
    expect(items.find(({ attachmentId }) => attachmentId === ofOne.attachmentId)).toMatchObject({ canOpen: true })
    for (const login of ['tantou', 'kakaricho', 'kansa'] as const)
      expect((await api.call(login, 'GET', at(`/${ofTwo.attachmentId}/content`))).json()).toMatchObject({
        status: 403,
        code: 'TASK-021',
      })
    expect((await disclose('tantou', ofTwo.attachmentId)).json()).toMatchObject({ code: 'AUTH-002' })
    expect((await disclose('kakaricho', ofTwo.attachmentId, '')).json()).toMatchObject({ code: 'REQ-001' })
    const opened = await disclose('kakaricho', ofTwo.attachmentId)
    expect(opened.rawPayload).toEqual(PDF)
    expect(decodeURIComponent(String(opened.headers['content-disposition']))).toContain(SECRET)
    const { subject, payload } = await api.office.db.one<{ subject: string; payload: string }>(
      `select i.insured_no as subject, e.payload from audit_events e join insured i on i.id::text = e.subject_id
       where e.kind = 'disclosed' and e.task_id = $1`,
      [taskId],
    )
    expect([subject, JSON.parse(payload)]).toEqual([
      '00000002',
      expect.objectContaining({
        payload: {
          reason: '警察からの照会に答えるため',
          fields: ['attachment'],
          attachmentId: ofTwo.attachmentId,
        },
      }),
    ])
    const refused = (await events('refused')).map((event) => event.payload).join(' ')
    expect(refused).toContain('TASK-021')
  })

  it('guards what is about the task as a whole when such a person is on the lists of its run', async () => {
    const whole = (await listed('tantou')).filter(({ person: whom }) => whom === null)
    expect(whole.length).toBeGreaterThan(3)
    expect(whole.filter(({ name, canOpen }) => !name.isMasked || canOpen)).toEqual([])
  })

  it('is on the list of the run and in its 証拠一式 with its hash, the name left out', async () => {
    const ofRun = (await api.call('kansa', 'GET', `/api/runs/${runId}/attachments?limit=3`)).json<{
      items: Item[]
      total: number
      nextCursor: string
    }>()
    expect([ofRun.items.length, ofRun.nextCursor, ofRun.total]).toEqual([3, '3', (await listed('kansa')).length])
    const { body } = await api.call('kansa', 'GET', `/api/runs/${runId}/evidence`)
    expect(body).toContain(createHash('sha256').update(PDF).digest('hex'))
    expect(body).toContain('一郎.pdf')
    expect(body).toContain('添付 ')
    for (const hidden of ['秘密町', '領収書', '別の人の書類']) expect(body).not.toContain(hidden)
    expect(
      (await api.call('tantou', 'GET', '/api/runs/00000000-0000-4000-8000-000000000000/attachments')).json(),
    ).toMatchObject({ code: 'RUN-001' })
  })
})

describe('添付 of a task that is over', () => {
  it('stays and can be opened; none is added or withdrawn any more', async () => {
    const ofOne = (await listed('tantou')).find(({ person: whom }) => whom?.insuredNo === '00000001')
    await api.office.db.run(`update tasks set state = 'completed' where id = $1`, [taskId])
    expect((await send('tantou', 'late.pdf', PDF)).json()).toMatchObject({ code: 'TASK-003' })
    const late = await api.call('tantou', 'POST', at(`/${ofOne?.attachmentId}/withdraw`), { reason: '間違えました' })
    expect(late.json()).toMatchObject({ code: 'TASK-003' })
    expect((await api.call('tantou', 'GET', at(`/${ofOne?.attachmentId}/content`))).statusCode).toBe(200)
  })
})
