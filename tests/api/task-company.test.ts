import type { Database } from '#db/database.ts'
import { tellDeadlines } from '#tasklist/deadline-notices.ts'
import { openTestApi, type Login, type TestApi } from '#tests/support/api.ts'
import { newTasks, type NewTask } from '#tests/support/tasks.ts'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'

// Source: ux.md points 1, 2 and 6, and the お知らせ of the reference screens.
const FRIDAY = '2026-11-13T00:00:00.000Z'

interface Notice {
  readonly notificationId: string
  readonly title: string
  readonly text: string
  readonly action: string
  readonly isNew: boolean
  readonly taskId: string | null
}
interface Presence {
  readonly others: readonly { name: string; isMe: boolean; isEditor: boolean }[]
  readonly isEditor: boolean
  readonly reason: string | null
}

let api: TestApi
let db: Database
beforeAll(async () => {
  api = await openTestApi(FRIDAY)
  ;({ db } = api.office)
})
afterAll(async () => {
  await api.close()
})
beforeEach(async () => {
  api.office.clock.set(FRIDAY)
  await db.run(`update tasks set state = 'completed' where state in ('preparing', 'open')`)
  await db.run(`update notifications set read_at = now() where read_at is null`)
})

const make = async (task: NewTask = {}): Promise<string> => (await newTasks(db, [task]))[0] ?? ''
async function ok<T>(login: Login, method: 'GET' | 'POST' | 'PUT', url: string, body?: unknown): Promise<T> {
  const reply = await api.call(login, method, url, body)
  expect(reply.statusCode, reply.body).toBeLessThan(300)
  return reply.json<T>()
}
const fresh = async (login: Login): Promise<Notice[]> =>
  (await ok<{ items: Notice[] }>(login, 'GET', '/api/notifications')).items.filter(({ isNew }) => isNew)
const claim = (login: Login, taskId: string) => ok(login, 'POST', `/api/tasks/${taskId}/claim`)

describe('コメント', () => {
  it('given a comment, then the 担当 is told in its words, it stands in the history, and nobody can change it', async () => {
    const taskId = await make({ number: 'R8-52-0901' })
    await claim('tantou', taskId)
    await ok('kakaricho', 'POST', `/api/tasks/${taskId}/comments`, { text: '第3期の返戻者は居所を確認してから。' })
    expect(await fresh('tantou')).toMatchObject([
      {
        title: 'コメント:佐伯 修',
        text: '「第3期の返戻者は居所を確認してから。」 R8-52-0901',
        action: '002 を開く',
        taskId,
      },
    ])
    expect(await fresh('kakaricho')).toEqual([])
    const { items } = await ok<{ items: object[] }>('tantou', 'GET', `/api/tasks/${taskId}/comments`)
    expect(items).toMatchObject([{ author: '佐伯 修', isMine: false, text: '第3期の返戻者は居所を確認してから。' }])
    await expect(db.run(`update task_comments set text = 'x'`)).rejects.toThrow('permission denied')
    await expect(db.run(`delete from task_comments`)).rejects.toThrow('permission denied')
    const { payload } = await db.one<{ payload: string }>(
      `select payload from audit_events where kind = 'task-commented' and task_id = $1`,
      [taskId],
    )
    expect(payload).not.toContain('返戻者')
  })
})

describe('保存した表示', () => {
  const filter = { view: 'all', urgency: 'overdue', sort: '-yen' }
  const views = async (login: Login) =>
    (
      await ok<{ items: { viewId: string; name: string; unit: { name: string } | null; count: number }[] }>(
        login,
        'GET',
        '/api/tasks/views',
      )
    ).items

  it('given a view of my own, then it is on the server with its count, and nobody else sees it', async () => {
    await make({ dueOn: '2026-11-12' })
    await make({ dueOn: '2026-12-12' })
    const columns = ['due', 'step', 'yen']
    await ok('tantou', 'POST', '/api/tasks/views', { name: '朝いちばん', filter, columns })
    expect(await views('tantou')).toMatchObject([{ name: '朝いちばん', unit: null, count: 1, filter, columns }])
    expect(await views('tantou2')).toEqual([])
    const again = await api.call('tantou', 'POST', '/api/tasks/views', { name: '朝いちばん', filter, columns })
    expect(again.json()).toMatchObject({ status: 409, code: 'TASK-015' })
    const personal = { name: '人', filter: { text: '見本 1郎' }, columns }
    expect((await api.call('tantou', 'POST', '/api/tasks/views', personal)).json()).toMatchObject({ code: 'REQ-001' })
  })

  it('given a view of the 係, then a 係長 of it saves and ends it, and the whole 係 sees it', async () => {
    const { id } = await db.one<{ id: string }>(`select id::text as id from units where name = '賦課収納係'`)
    const body = { name: '督促 第4期', filter, columns: ['due'], unitId: id }
    expect((await api.call('tantou', 'POST', '/api/tasks/views', body)).json()).toMatchObject({ code: 'AUTH-002' })
    const { viewId } = await ok<{ viewId: string }>('kakaricho', 'POST', '/api/tasks/views', body)
    expect((await views('tantou')).find(({ unit }) => unit !== null)).toMatchObject({
      name: '督促 第4期',
      unit: { name: '賦課収納係' },
    })
    const remove = `/api/tasks/views/${viewId}/remove`
    expect((await api.call('tantou', 'POST', remove)).json()).toMatchObject({ code: 'AUTH-002' })
    await ok('kakaricho2', 'POST', remove)
    expect((await views('tantou')).filter(({ unit }) => unit !== null)).toEqual([])
  })
})

describe('いま開いている人', () => {
  let said = 0
  const open = (login: Login, taskId: string, page: string, isLeaving = false) =>
    ok<Presence>(login, 'PUT', `/api/tasks/${taskId}/presence`, { page, said: (said += 1), isLeaving })

  it('given two people and two pages of one of them, then each sees the others and one page is the editor', async () => {
    const taskId = await make()
    await claim('tantou', taskId)
    const [first, second, theirs] = [randomUUID(), randomUUID(), randomUUID()]
    expect(await open('tantou', taskId, first)).toMatchObject({ others: [], isEditor: true, reason: null })
    api.office.clock.set('2026-11-13T00:00:05.000Z')
    expect(await open('tantou', taskId, second)).toMatchObject({
      isEditor: false,
      reason: 'この作業は別の画面で開いて作業しています。',
    })
    const other = await open('kakaricho', taskId, theirs)
    expect(other).toMatchObject({ isEditor: false, reason: 'この作業は三枝 みのりが担当しています。' })
    expect(other.others.map(({ name, isEditor }) => [name, isEditor])).toEqual([
      ['三枝 みのり', true],
      ['三枝 みのり', false],
    ])
    const listed = await ok<{ items: { present: string[] }[] }>('tantou', 'GET', '/api/tasks?view=mine')
    expect(listed.items.map(({ present }) => present)).toEqual([['佐伯 修']])

    const draft = { draft: { decision: 'ok' }, page: second }
    const refused = await api.call('tantou', 'PUT', `/api/tasks/${taskId}/draft`, draft)
    expect(refused.json()).toMatchObject({ status: 409, code: 'TASK-014' })
    await open('tantou', taskId, first, true)
    expect(await open('tantou', taskId, second)).toMatchObject({ isEditor: true })
    await ok('tantou', 'PUT', `/api/tasks/${taskId}/draft`, draft)

    api.office.clock.set('2026-11-13T00:02:00.000Z') // nobody has spoken for two minutes
    expect(await open('kakaricho', taskId, theirs)).toMatchObject({ others: [] })
  })
})

describe('代理', () => {
  it('given somebody who is away, then the deputy sees their tasks, takes them over and is given them; others are not', async () => {
    const { userId: away } = await api.user('tantou')
    const { userId: deputy } = await api.user('tantou2')
    const { userId: lead } = await api.user('kakaricho')
    await db.run(
      `insert into deputies (absent_user_id, deputy_user_id, from_on, to_on, reason, recorded_by, recorded_at, approved_by, approved_at)
       values ($1, $2, '2026-11-13', '2026-11-13', '出張', $1, $4, $3, $4)`,
      [away, deputy, lead, FRIDAY],
    )
    const [held, urgent] = [await make({ dueOn: '2026-11-20' }), await make({ dueOn: '2026-11-16' })]
    await claim('tantou', held)
    await claim('tantou', urgent)
    const listed = await ok<{ items: { taskId: string; isStandIn: boolean }[] }>(
      'tantou2',
      'GET',
      '/api/tasks?view=deputy&sort=dueOn',
    )
    expect(listed.items.map(({ taskId, isStandIn }) => [taskId, isStandIn])).toEqual([
      [urgent, true],
      [held, true],
    ])
    const { views } = await ok<{ views: object }>('tantou2', 'GET', '/api/tasks/counts')
    expect(views).toMatchObject({ deputy: 2, can: 2, mine: 0 })
    const { total } = await ok<{ total: number }>('tantou2', 'GET', '/api/tasks?view=can')
    expect(total).toBe(2)
    const refused = await api.call('kakaricho2', 'POST', `/api/tasks/${held}/claim`)
    expect(refused.json()).toMatchObject({ code: 'TASK-002' })

    expect(await ok('tantou2', 'POST', '/api/tasks/next', {})).toMatchObject({ task: { taskId: urgent } })
    await claim('tantou2', held)
    const events = await db.rows<{ payload: string }>(
      `select payload::json ->> 'payload' as payload from audit_events
       where kind = 'task-claimed' and actor = 'tantou2' and task_id = any($1::uuid[])`,
      [[held, urgent]],
    )
    expect(events.map(({ payload }) => (JSON.parse(payload) as { insteadOf?: string }).insteadOf)).toEqual([
      'tantou',
      'tantou',
    ])
    api.office.clock.set('2026-11-16T00:00:00.000Z') // the deputy's day is over
    await claim('tantou2', held) // their own now
    const { views: after } = await ok<{ views: object }>('tantou', 'GET', '/api/tasks/counts')
    expect(after).toMatchObject({ mine: 0 })
  })
})

describe('お知らせ', () => {
  it('given a handover by a 係長, then both people are told, the number is live and read on the server', async () => {
    const taskId = await make({ number: 'R8-52-0902' })
    await claim('tantou2', taskId)
    await ok('kakaricho', 'POST', '/api/tasks/bulk', { act: 'reassign', to: 'tantou', taskIds: [taskId] })
    const [told] = await fresh('tantou')
    expect(told).toMatchObject({
      title: '担当になりました:002 督促・滞納者確認',
      text: '佐伯 修 が担当をあなたに替えました。R8-52-0902',
      action: '002 を開く',
    })
    expect(await ok('tantou', 'GET', '/api/notifications/unread')).toEqual({ unread: 1 })
    const ids = [told?.notificationId]
    expect(await ok('tantou2', 'POST', '/api/notifications/read', { notificationIds: ids })).toEqual({ unread: 1 }) // not theirs
    expect(await ok('tantou', 'POST', '/api/notifications/read', { notificationIds: ids })).toEqual({ unread: 0 })
    expect(await ok('tantou2', 'POST', '/api/notifications/read', {})).toEqual({ unread: 0 })
    const { items } = await ok<{ items: Notice[] }>('tantou', 'GET', '/api/notifications?group=handover&limit=1')
    expect(items.map(({ isNew }) => isNew)).toEqual([false])
  })

  it('given deadlines, then each is told once a 開庁日 of their own and of what nobody holds, and not on a holiday', async () => {
    const mine = await make({ dueOn: '2026-11-12' })
    await claim('tantou', mine)
    await make({ dueOn: '2026-11-13' })
    await make({ dueOn: '2026-11-17' })
    await make({ dueOn: '2026-11-30' })
    api.office.clock.set('2026-11-15T00:00:00.000Z')
    expect(await tellDeadlines(api.deps)).toBe(0) // Sunday
    api.office.clock.set(FRIDAY)
    expect(await tellDeadlines(api.deps)).toBe(4)
    expect(await tellDeadlines(api.deps)).toBe(0)
    expect(await fresh('tantou')).toMatchObject([
      {
        title: '期限超過が1件あります',
        text: '自分の作業: 期限超過1件。担当が未定の作業: 本日期限1件、2開庁日以内1件。',
        action: '一覧で見る',
      },
    ])
    expect(await fresh('tantou2')).toMatchObject([
      { title: '本日期限が1件あります', text: '担当が未定の作業: 本日期限1件、2開庁日以内1件。' },
    ])
    expect(await fresh('gyomu')).toEqual([])
  })
})
