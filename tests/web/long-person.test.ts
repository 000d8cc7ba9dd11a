import { afterAll, beforeAll, expect, it } from 'vitest'
import { busyPerson } from '#tests/support/busy-person.ts'
import { sitDown, type Desk } from './support/desk.ts'
import { openPages, type Pages } from './support/pages.ts'

// 被保険者照会 of a person with more lines than one page holds. The pages, the API in this process, PostgreSQL, no engine.
const MOVEMENTS = 410
const LOOKS = 120
/** Each has the person's ten 期割 on its list. */
const RUNS = 7
let pages: Pages
let clerk: Desk
let id: string

beforeAll(async () => {
  pages = await openPages()
  id = await busyPerson(pages.api, { movements: MOVEMENTS, looks: LOOKS, runs: RUNS })
  clerk = await sitDown(pages.browser, pages.url, 'tantou')
}, 120_000)
afterAll(() => pages?.close())

it('turns the pages of お金の動き, 一覧での判定 and この人を見た人, and begins anew when the person is read again', async () => {
  const { page } = clerk
  await page.goto(`/insured/${id}`)
  const money = page.getByRole('region', { name: 'お金の動き' })
  await money.getByText('410件中 1–200件').waitFor()
  const next = () => money.getByRole('button', { name: '次のページ' }).click()
  await next()
  await money.getByText('410件中 201–400件').waitFor()
  await next()
  await money.getByText('410件中 401–410件').waitFor()
  expect(await money.locator('tbody tr').count()).toBe(10)
  await clerk.picture('person-money-last')
  const looks = page.getByRole('region', { name: '作業と閲覧' })
  await looks.getByText('121件中 1–50件').waitFor() // and the look of this clerk
  const [judged, seen] = ['一覧での判定', 'この人を見た人'].map((of) =>
    looks.getByRole('button', { name: `${of}の次のページ` }),
  )
  await looks.getByText('70件中 1–60件').waitFor()
  await judged?.click()
  await looks.getByText('70件中 61–70件').waitFor()
  expect(await looks.getByText('R8-52-0001').count()).toBe(10) // the oldest run
  await seen?.click()
  await looks.getByText('121件中 51–100件').waitFor()
  await looks.getByText('70回目の画面を見た', { exact: false }).waitFor()
  await clerk.picture('person-looks')
  await page.getByRole('button', { name: '照会し直す' }).click()
  await money.getByText('410件中 1–200件').waitFor()
  await looks.getByText(/\d+:\d+–\d+:\d+ 被保険者照会を見た\(\d+回\)/).waitFor() // one line of all looks of the day
  await looks.getByText(/お金の動きを見た\(2回\)/).waitFor()
  await page.getByText(/取得 令和\d+年/).waitFor()
  await clerk.picture('person-looks-folded')
  expect(clerk.complaints).toEqual([])
})
