import { afterAll, beforeAll, expect, it } from 'vitest'
import { openTestApi, type TestApi } from '#tests/support/api.ts'
import { busyPerson } from '#tests/support/busy-person.ts'

// 被保険者照会 ended at 500 lines of お金の動き, at 60 of 一覧での判定 and at 50 of those who looked, and did not say so.
const MOVEMENTS = 510
const LOOKS = 120
/** Each has the person's ten 期割 on its list. */
const RUNS = 7
let api: TestApi
let id: string

interface Page<T> {
  readonly items: readonly T[]
  readonly total: number
  readonly nextCursor: string | null
}
interface Judgement {
  readonly runNumber: string
}
interface Detail {
  readonly judgements: readonly Judgement[]
  readonly judgementTotal: number
  readonly movements: readonly { readonly postingNumber: string }[]
  readonly movementTotal: number
  readonly readers: readonly { readonly eventId: string; readonly text: string }[]
  readonly readerTotal: number
}
const get = async <T>(path: string): Promise<T> => {
  const reply = await api.call('kansa', 'GET', `/api/insured/${path}`)
  expect(reply.statusCode, reply.body).toBe(200)
  return reply.json<T>()
}

beforeAll(async () => {
  api = await openTestApi()
  id = await busyPerson(api, { movements: MOVEMENTS, looks: LOOKS, runs: RUNS })
}, 120_000)
afterAll(() => api.close())

it('お金の動き says how many there are, and the older ones come page by page', async () => {
  const person = await get<Detail>(id)
  expect([person.movements.length, person.movementTotal]).toEqual([200, MOVEMENTS])
  const told = person.movements.map(({ postingNumber }) => postingNumber)
  for (let offset: string | null = `${told.length}`; offset !== null;) {
    const page: Page<{ postingNumber: string }> = await get(`${id}/movements?limit=200&offset=${offset}`)
    expect(page.total).toBe(MOVEMENTS)
    told.push(...page.items.map(({ postingNumber }) => postingNumber))
    offset = page.nextCursor
  }
  expect([told.length, new Set(told).size]).toEqual([MOVEMENTS, MOVEMENTS])
})

it('一覧での判定 says how many there are, and those of older runs come page by page', async () => {
  const person = await get<Detail>(id)
  expect([person.judgements.length, person.judgementTotal]).toEqual([60, RUNS * 10])
  const told = person.judgements.map(({ runNumber }) => runNumber)
  const older = await get<Page<Judgement>>(`${id}/judgements?limit=60&offset=60`)
  expect([older.items.length, older.total, older.nextCursor]).toEqual([10, RUNS * 10, null])
  told.push(...older.items.map(({ runNumber }) => runNumber))
  const newestFirst = Array.from({ length: RUNS }, (_, n) => `R8-52-000${RUNS - n}`)
  expect(told).toEqual(newestFirst.flatMap((number) => Array<string>(10).fill(number)))
})

it('この人を見た人 says how many looks there were; to turn its pages moves none', async () => {
  const { readers, readerTotal } = await get<Detail>(id)
  expect(readers[0]).toMatchObject({ text: '被保険者照会を見た', times: 3 })
  expect(readers).toHaveLength(50)
  const told = readers.map(({ text }) => text)
  for (let offset: string | null = '50'; offset !== null;) {
    const page: Page<{ text: string }> = await get(
      `${id}/readers?limit=50&offset=${offset}&upTo=${readers[0]?.eventId}`,
    )
    expect(page.total).toBe(readerTotal)
    told.push(...page.items.map(({ text }) => text))
    offset = page.nextCursor
  }
  expect(told).toHaveLength(readerTotal)
  expect(told.slice(-LOOKS)).toEqual(Array.from({ length: LOOKS }, (_, n) => `${LOOKS - n}回目の画面を見た`))
})

it('to turn a page is a look of its own, and there are no pages of nobody', async () => {
  await get(`${id}/movements?limit=1`)
  const { readers } = await get<Detail>(id)
  expect(readers[1]?.text).toBe('お金の動きを見た')
  for (const page of ['movements', 'judgements', 'readers'])
    expect((await api.call('kansa', 'GET', `/api/insured/999999/${page}`)).json()).toMatchObject({ code: 'REQ-002' })
})
