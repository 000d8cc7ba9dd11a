import { afterAll, beforeAll, expect, it } from 'vitest'
import { openTestApi, type TestApi } from '#tests/support/api.ts'
import { insured, loadRows, person } from '#tests/support/office-facts.ts'
import { newTasks } from '#tests/support/tasks.ts'

// A typed text that fits more than 1,000 people was answered with the tasks of the first 1,000 as if they were all: 「該当なし」
// could stand there for somebody who has a task.
let api: TestApi
const MANY = Array.from({ length: 1_001 }, (_, at) => at + 1)

interface Found {
  readonly total: number
  readonly isTotalExact: boolean
  readonly onlyOfPeople: number | null
}
const search = async (text: string): Promise<Found> => {
  const reply = await api.call('tantou', 'POST', '/api/tasks/search', { text })
  expect(reply.statusCode, reply.body).toBe(200)
  const { total, isTotalExact, onlyOfPeople } = reply.json<Found>()
  return { total, isTotalExact, onlyOfPeople }
}

beforeAll(async () => {
  api = await openTestApi('2026-11-13T00:00:00.000Z')
  await loadRows(
    api.office,
    'atena',
    MANY.map((n) => person(n)),
  )
  await loadRows(
    api.office,
    'hihokensha',
    MANY.map((n) => insured(n)),
  )
  await newTasks(api.office.db, [{ rows: [1] }])
})
afterAll(() => api.close())

it.each(['0000', 'ミホン', '見本'])(
  'given 1,001 people that %s fits, when it is searched, then the answer says that it is of 1,000',
  async (text) => {
    expect(await search(text)).toMatchObject({ isTotalExact: false, onlyOfPeople: 1_000 })
  },
)

it.each(['00000001', 'ミホン 1ロウ'])('given one person that %s fits, then it is of all', async (text) => {
  expect(await search(text)).toEqual({ total: 1, isTotalExact: true, onlyOfPeople: null })
})

it('given exactly 1,000 people that a text fits, then it is of all', async () => {
  await api.office.db.run(`update insured set insured_no = '99999999' where insured_no = '00001001'`)
  expect(await search('0000')).toEqual({ total: 1, isTotalExact: true, onlyOfPeople: null })
})

it('given a 処理番号, then people are not asked for', async () => {
  expect(await search('R8-99')).toEqual({ total: 0, isTotalExact: true, onlyOfPeople: null })
})
