import type { Database } from '#db/database.ts'
import { foldCounters } from '#tasklist/chores.ts'
import { openTestApi, type Login, type TestApi } from '#tests/support/api.ts'
import { insured, loadRows, person } from '#tests/support/office-facts.ts'
import { newTasks, type NewTask } from '#tests/support/tasks.ts'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'

// Source: ux.md points 1 to 6; a Friday, 期限 in 開庁日.
const FRIDAY = '2026-11-13T00:00:00.000Z'

interface Listed {
  readonly items: readonly { taskId: string; dueOn: string | null; daysLeft: number | null; count: number | null }[]
  readonly total: number
  readonly isTotalExact: boolean
  readonly nextCursor: string | null
}
interface Outcome {
  readonly results: readonly { taskId: string; isDone: boolean; code: string | null; next: string | null }[]
  readonly done: number
  readonly refused: number
}

let api: TestApi
let db: Database
const make = (...tasks: readonly NewTask[]): Promise<readonly string[]> => newTasks(db, tasks)

beforeAll(async () => {
  api = await openTestApi(FRIDAY)
  ;({ db } = api.office)
  await loadRows(api.office, 'atena', [person(1), person(2)])
  await loadRows(api.office, 'hihokensha', [insured(1), insured(2)])
})
afterAll(async () => {
  await api.close()
})
beforeEach(async () => {
  await db.run(`update tasks set state = 'completed' where state in ('preparing', 'open')`)
})

async function list(login: Login, query: string): Promise<Listed> {
  const reply = await api.call(login, 'GET', `/api/tasks?${query}`)
  expect(reply.statusCode, reply.body).toBe(200)
  return reply.json<Listed>()
}
const ids = async (login: Login, query: string): Promise<string[]> =>
  (await list(login, query)).items.map(({ taskId }) => taskId)
async function bulk(login: Login, body: object): Promise<Outcome> {
  const reply = await api.call(login, 'POST', '/api/tasks/bulk', body)
  expect(reply.statusCode, reply.body).toBe(200)
  return reply.json<Outcome>()
}
const counts = async (login: Login): Promise<Record<string, Record<string, number>>> =>
  (await api.call(login, 'GET', '/api/tasks/counts')).json()

describe('作業一覧', () => {
  it('given four deadlines, then the words of 開庁日 and the counts beside the filters agree with the lists behind them', async () => {
    const [overdue, today, soon, none] = await make(
      { dueOn: '2026-11-12' },
      { dueOn: '2026-11-13' },
      { dueOn: '2026-11-17' }, // Monday is in between: 2 開庁日
      { dueOn: null },
    )
    const all = await list('tantou', 'view=all&sort=dueOn')
    expect(all.items.map(({ taskId, daysLeft }) => [taskId, daysLeft])).toEqual([
      [overdue, -1],
      [today, 0],
      [soon, 2],
      [none, null],
    ])
    const { views, urgencies, states } = await counts('tantou')
    expect(urgencies).toEqual({ overdue: 1, today: 1, soon: 1, later: 0, none: 1 })
    expect(views).toMatchObject({ all: 4, can: 4, mine: 0, second: 0 })
    expect(states).toMatchObject({ unclaimed: 4, working: 0 })
    expect(await ids('tantou', 'urgency=soon')).toEqual([soon])
    expect((await list('tantou', 'urgency=none&view=can')).total).toBe(1)
  })

  it('given years, 納期限, amounts and 処理番号, then each narrows the list, and a walk by page marks meets every task once', async () => {
    const made = await make(
      ...Array.from({ length: 7 }, (_, n) => ({
        dueOn: '2026-11-20',
        levyDueOn: '2026-10-31',
        yen: 1_000 * n,
        rows: [1],
      })),
      { number: 'R7-52-0009', levyDueOn: '2026-01-31', yen: 99_000, rows: [2] },
    )
    const old = made.at(-1)
    expect(await ids('tantou', 'fiscalYear=2025')).toEqual([old])
    expect(await ids('tantou', 'levyDueOn=2026-01-31')).toEqual([old])
    expect(await ids('tantou', 'yenFrom=50000')).toEqual([old])
    expect(await ids('tantou', 'runNumber=r7-52')).toEqual([old])
    expect((await list('tantou', 'yenTo=2000')).total).toBe(3)
    // the second filter is one that no cells know: its few tasks are gathered, not walked to
    for (const filter of ['view=all', 'yenFrom=0']) {
      const seen: string[] = []
      let cursor = ''
      do {
        const page = await list('tantou', `${filter}&sort=-yen&limit=3${cursor}`)
        expect(page).toMatchObject({ total: 8, isTotalExact: true })
        seen.push(...page.items.map(({ taskId }) => taskId))
        cursor = page.nextCursor === null ? '' : `&cursor=${page.nextCursor}`
      } while (cursor !== '')
      expect([filter, seen]).toEqual([filter, made.toReversed()])
    }
    expect(await list('tantou', 'yenFrom=0&offset=8')).toMatchObject({ items: [], nextCursor: null, total: 8 })
    expect(await list('tantou', 'yenFrom=100000')).toMatchObject({ items: [], nextCursor: null, total: 0 })
  })

  it('given a person on a list, when the number or the kana is searched, then the task is found, by POST and as a read event', async () => {
    const [one] = await make({ rows: [1] }, { rows: [2] })
    for (const text of ['00000001', '0000000１', 'ﾐﾎﾝ1ﾛｳ', '見本 1郎']) {
      const reply = await api.call('tantou', 'POST', '/api/tasks/search', { text })
      expect([text, reply.json<Listed>().items.map(({ taskId }) => taskId)]).toEqual([text, [one]])
    }
    const { n } = await db.one<{ n: number }>(
      `select count(*)::int as n from audit_events where kind = 'read' and payload like '%作業の検索%'`,
    )
    expect(n).toBe(4)
  })

  it('given 1,001 tasks that cells do not tell apart, then the total says that there are more', async () => {
    const [one] = await make({ yen: 7, rows: [1] })
    await db.run(
      `insert into tasks (id, epoch, job_key, element_instance_key, process_instance_key, run_id, step_run_id, flow, step_id, name,
         candidate_role, state, worksheet_id, created_at)
       select gen_random_uuid(), 1, n, n, n, run_id, step_run_id, flow, step_id, name, candidate_role, state, worksheet_id, created_at
       from tasks, generate_series(900001, 901000) n where id = $1`,
      [one ?? ''],
    )
    const many = await list('tantou', 'yenTo=7&limit=2')
    expect(many).toMatchObject({ total: 1_000, isTotalExact: false })
    expect(many.items).toHaveLength(2)
    expect(many.nextCursor).not.toBeNull()
    await db.run(`update tasks set state = 'cancelled' where job_key = 901000`)
    expect(await list('tantou', 'yenTo=7&limit=1')).toMatchObject({ total: 1_000, isTotalExact: true })
    await db.run(`update tasks set state = 'open' where job_key = 901000`)
    expect(await list('tantou', 'view=all&limit=1')).toMatchObject({ total: 1_001, isTotalExact: true })
  })

  it('given claims, releases and folding, then the counts stay what counting would give', async () => {
    const made = await make(...Array.from({ length: 30 }, (_, n) => ({ dueOn: `2026-11-${10 + (n % 9)}` })))
    await bulk('tantou', { act: 'claim', taskIds: made.slice(0, 12) })
    await bulk('tantou', { act: 'release', taskIds: made.slice(0, 5) })
    await Promise.all([foldCounters(db), bulk('tantou2', { act: 'claim', taskIds: made.slice(20) }), foldCounters(db)])
    await foldCounters(db)
    const { views, states } = await counts('tantou')
    expect(views).toMatchObject({ all: 30, mine: 7, can: 20 })
    expect(states).toMatchObject({ working: 17, unclaimed: 13 })
    const { entries, cells } = await db.one<{ entries: number; cells: number }>(
      `select count(*)::int as entries, count(distinct (flow, candidate_role, state, is_held, is_proposed, is_returned, due_on,
         follow_up_on))::int as cells from task_counters`,
    )
    expect(entries).toBe(cells)
    expect(
      await db.one(
        `select (select sum(n)::int from task_counters where is_held) as told,
           (select count(*)::int from tasks where state in ('preparing', 'open') and assignee is not null) as true`,
      ),
    ).toEqual({ told: 17, true: 17 })
  })
})

describe('まとめて', () => {
  it('given tasks of mine, of another and of nobody, when all are claimed, then each has its own answer and the free ones are mine', async () => {
    const [free, theirs, over] = await make({}, {}, {})
    await bulk('tantou2', { act: 'claim', taskIds: [theirs] })
    await db.run(`update tasks set state = 'completed' where id = $1`, [over ?? ''])
    const nowhere = '00000000-0000-4000-8000-000000000000'
    const outcome = await bulk('tantou', { act: 'claim', taskIds: [free, theirs, over, nowhere] })
    expect(outcome).toMatchObject({ done: 1, refused: 3 })
    expect(outcome.results.map(({ code }) => code)).toEqual([null, 'TASK-002', 'TASK-003', 'TASK-001'])
    expect(await ids('tantou', 'view=mine')).toEqual([free])
  })

  it('given a task of another, when a 担当 hands it on, then it is refused; a 係長 may, and both people are told', async () => {
    const [task] = await make({})
    await bulk('tantou2', { act: 'claim', taskIds: [task] })
    expect((await bulk('tantou', { act: 'reassign', to: 'tantou', taskIds: [task] })).results[0]?.code).toBe('AUTH-002')
    expect(await bulk('kakaricho', { act: 'reassign', to: 'tantou', taskIds: [task] })).toMatchObject({ done: 1 })
    expect((await bulk('kakaricho', { act: 'reassign', to: 'gyomu', taskIds: [task] })).results[0]?.code).toBe(
      'TASK-012',
    )
    expect(await ids('tantou', 'view=mine')).toEqual([task])
    const told = await db.rows<{ login: string; kind: string }>(
      `select u.login, n.kind from notifications n join users u on u.id = n.user_id where n.task_id = $1 order by 1`,
      [task ?? ''],
    )
    expect(told).toEqual([
      { login: 'tantou', kind: 'assigned' },
      { login: 'tantou2', kind: 'taken-away' },
    ])
    const [event] = await db.rows<{ payload: string }>(
      `select payload::json ->> 'payload' as payload from audit_events where kind = 'task-reassigned' and task_id = $1`,
      [task ?? ''],
    )
    expect(JSON.parse(event?.payload ?? '')).toMatchObject({ from: 'tantou2', to: 'tantou' })
  })

  it('given the same Idempotency-Key, when it comes twice, then the second answer is the first', async () => {
    const [task] = await make({})
    const body = { act: 'claim', taskIds: [task] }
    const key = { 'idempotency-key': 'bulk-claim-0001' }
    const first = await api.call('tantou', 'POST', '/api/tasks/bulk', body, key)
    const second = await api.call('tantou', 'POST', '/api/tasks/bulk', body, key)
    expect(second.json()).toEqual(first.json())
    expect(second.headers['idempotent-replayed']).toBe('true')
  })

  it('given two clerks who choose the same hundred in opposite order, then every task has one holder and nobody fails', async () => {
    const made = await make(...Array.from({ length: 100 }, () => ({})))
    const [a, b] = await Promise.all([
      bulk('tantou', { act: 'claim', taskIds: made }),
      bulk('tantou2', { act: 'claim', taskIds: made.toReversed() }),
    ])
    expect(a.done + b.done).toBe(100)
    expect((await list('tantou', 'view=mine')).total).toBe(a.done)
  })
})

describe('再開日', () => {
  it('given a 再開日, then the task is out of the usual lists until that 開庁日, and 次の1件 does not give it', async () => {
    const [task] = await make({ dueOn: '2026-11-16' })
    const saturday = await api.call('tantou', 'POST', '/api/tasks/bulk', {
      act: 'postpone',
      taskIds: [task],
      followUpOn: '2026-11-14',
    })
    expect(saturday.json()).toMatchObject({ code: 'TASK-013', params: { next: '2026-11-16' } })
    await bulk('tantou', { act: 'postpone', taskIds: [task], followUpOn: '2026-11-16', note: '電話待ち' })
    expect(await ids('tantou', 'view=all')).toEqual([])
    expect(await ids('tantou', 'view=waiting')).toEqual([task])
    expect((await counts('tantou'))['views']).toMatchObject({ all: 0, can: 0, waiting: 1 })
    expect((await api.call('tantou', 'POST', '/api/tasks/next', {})).json()).toEqual({ task: null })
    api.office.clock.set('2026-11-16T00:00:00.000Z')
    expect(await ids('tantou', 'view=all')).toEqual([task])
    expect((await counts('tantou'))['views']).toMatchObject({ all: 1, can: 1, waiting: 0 })
    api.office.clock.set(FRIDAY)
  })
})

describe('担当する人の係', () => {
  interface Choices {
    readonly units: readonly { unitId: string; name: string; openTasks: number }[]
  }
  const units = async (): Promise<Choices['units']> =>
    (await api.call('kakaricho', 'GET', '/api/tasks/choices')).json<Choices>().units

  it('given days of belonging to a 係, then list and count go by the people who belong to it today', async () => {
    const [held, waiting, free] = await make({}, {}, {})
    for (const taskId of [held, waiting])
      expect((await api.call('tantou', 'POST', `/api/tasks/${taskId}/claim`)).statusCode).toBe(200)
    await db.run(`update tasks set follow_up_on = '2026-11-20' where id = $1`, [waiting ?? ''])
    const { userId } = await api.user('tantou')
    const { id } = await db.one<{ id: bigint }>(
      `insert into units (code, name, kana, valid_from, recorded_at)
       values ('99', '給付係', 'キュウフガカリ', '2026-04-01', $1) returning id`,
      [FRIDAY],
    )
    const belongs = (from: string, to: string | null) =>
      db.run(
        `insert into unit_members (unit_id, user_id, valid_from, valid_to, recorded_at) values ($1, $2, $3, $4, $5)`,
        [id, userId, from, to, FRIDAY],
      )
    const shown = async (): Promise<[string[], number | undefined]> => [
      await ids('kakaricho', `view=all&unit=${id}`),
      (await units()).find(({ unitId }) => unitId === `${id}`)?.openTasks,
    ]
    expect(await shown()).toEqual([[], 0])
    await belongs('2026-11-14', null) // from tomorrow
    expect(await shown()).toEqual([[], 0])
    await belongs('2026-04-01', '2026-11-12') // until yesterday
    expect(await shown()).toEqual([[], 0])
    await db.run(`update unit_members set valid_to = '2026-11-13' where unit_id = $1 and valid_from = '2026-04-01'`, [
      id,
    ])
    expect(await shown()).toEqual([[held], 1]) // until today, although an end is set
    expect((await ids('kakaricho', `view=waiting&unit=${id}`)).length).toBe(1)
    expect(await ids('kakaricho', 'view=all')).toContain(free)
  })
})

describe('次の1件', () => {
  it('given 20 who press at once and 15 tasks, then 15 get the 15 most urgent ones, each once, and 5 get none', async () => {
    const made = await make(...Array.from({ length: 15 }, (_, n) => ({ dueOn: `2026-11-${10 + n}` })))
    const logins: readonly Login[] = ['tantou', 'tantou2', 'kakaricho', 'kakaricho2']
    const taken = await Promise.all(
      Array.from({ length: 20 }, (_, n) => api.call(logins[n % 4] ?? 'tantou', 'POST', '/api/tasks/next', {})),
    )
    const got = taken.flatMap((reply) => reply.json<{ task: { taskId: string } | null }>().task?.taskId ?? [])
    expect(got.toSorted()).toEqual([...made].toSorted())
    expect((await counts('tantou'))['states']).toMatchObject({ unclaimed: 0, working: 15 })
  })

  it('given a proposal of my own, then it is not handed to me; another 係長 gets it', async () => {
    const [task] = await make({})
    const { userId } = await api.user('kakaricho')
    await db.run(`update tasks set proposed_by = $2, proposed_at = $3, proposal = '{}' where id = $1`, [
      task ?? '',
      userId,
      FRIDAY,
    ])
    for (const login of ['kakaricho', 'tantou'] as const)
      expect((await api.call(login, 'POST', '/api/tasks/next', {})).json()).toEqual({ task: null })
    expect((await counts('kakaricho'))['views']).toMatchObject({ can: 0, second: 0, proposed: 1 })
    expect((await counts('kakaricho2'))['views']).toMatchObject({ can: 1, second: 1, proposed: 0 })
    expect((await api.call('kakaricho2', 'POST', '/api/tasks/next', {})).json()).toMatchObject({
      task: { taskId: task },
    })
  })
})

describe('二人目の確認 and 代理', () => {
  it('given proposals, then list, count and 次の1件 leave out what the second person may not confirm as a deputy or their deputy made', async () => {
    const { userId: me } = await api.user('kakaricho')
    const { userId: other } = await api.user('kakaricho2')
    const { userId: clerk } = await api.user('tantou')
    const proposed = async (by: bigint, at: string): Promise<string> => {
      const [task = ''] = await make({})
      await db.run(`update tasks set proposed_by = $2, proposed_at = $3, proposal = '{}' where id = $1`, [task, by, at])
      return task
    }
    const standIn = (absent: bigint, deputy: bigint, day: string) =>
      db.run(
        `insert into deputies (absent_user_id, deputy_user_id, from_on, to_on, reason, recorded_by, recorded_at, approved_by, approved_at)
         values ($1, $2, $3, $3, '出張', $1, $4, $5, $4)`,
        [absent, deputy, day, FRIDAY, clerk],
      )
    // kakaricho2 stood in for kakaricho on the 10th; on the 11th for nobody
    await standIn(me, other, '2026-11-10')
    const asMyDeputy = await proposed(other, '2026-11-10T01:00:00.000Z')
    const onTheirOwn = await proposed(other, '2026-11-11T01:00:00.000Z')
    const ofClerk = await proposed(clerk, '2026-11-10T01:00:00.000Z')
    expect(new Set(await ids('kakaricho', 'view=second'))).toEqual(new Set([onTheirOwn, ofClerk]))
    expect((await list('kakaricho', 'view=can')).total).toBe(2)
    expect((await counts('kakaricho'))['views']).toMatchObject({ second: 2, can: 2 })
    // today kakaricho stands in for kakaricho2: nothing of theirs is confirmed by the deputy
    await standIn(other, me, '2026-11-13')
    expect(await ids('kakaricho', 'view=second')).toEqual([ofClerk])
    expect((await counts('kakaricho'))['views']).toMatchObject({ second: 1, can: 1 })
    expect((await api.call('kakaricho', 'POST', '/api/tasks/next', {})).json()).toMatchObject({
      task: { taskId: ofClerk },
    })
    expect((await api.call('kakaricho', 'POST', '/api/tasks/next', {})).json()).toEqual({ task: null })
    expect(await ids('kakaricho', 'view=all')).toContain(asMyDeputy)
  })
})
