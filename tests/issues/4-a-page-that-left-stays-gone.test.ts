import { afterAll, beforeAll, expect, it } from 'vitest'
import { presentPages, reportPresence } from '#runtime/presence.ts'
import { openTestApi, type TestApi } from '#tests/support/api.ts'
import { newTasks } from '#tests/support/tasks.ts'

// F5 while a page was saying that it is there: its leaving overtook that word, the page that was gone counted as the one that
// had the task open first, and the person could only read for 45 seconds. Coming back quickly lost the page in the same way.
let api: TestApi
beforeAll(async () => {
  api = await openTestApi()
})
afterAll(() => api.close())

const GONE = '11111111-1111-4111-8111-111111111111'
const NEXT = '22222222-2222-4222-8222-222222222222'

async function office() {
  const [taskId = ''] = await newTasks(api.office.db, [{}])
  const user = await api.user('tantou')
  return {
    say: (page: string, said: number, isLeaving = false) =>
      reportPresence(api.deps, { taskId, page, said, isLeaving, user }),
    there: async () => (await presentPages(api.office.db, taskId, api.deps.clock.now())).map(({ page }) => page),
  }
}

it('given a page that has left, when a word arrives that it said before, then it stays gone', async () => {
  const { say, there } = await office()
  expect([await say(GONE, 1), await say(GONE, 3, true), await say(GONE, 2)]).toEqual([true, true, false])
  await say(NEXT, 1)
  expect(await there()).toEqual([NEXT])
})

it('given a page that came back, when its leaving arrives late, then it is there', async () => {
  const { say, there } = await office()
  expect([await say(GONE, 1), await say(GONE, 3), await say(GONE, 2, true)]).toEqual([true, false, false])
  expect(await there()).toEqual([GONE])
})

it('given a leaving that arrives before anything else of the page, then the page is not there', async () => {
  const { say, there } = await office()
  expect([await say(GONE, 2, true), await say(GONE, 1)]).toEqual([false, false])
  expect(await there()).toEqual([])
})

it('given a page that left and comes again, then it has the task open from now on', async () => {
  const { say, there } = await office()
  await say(GONE, 1)
  await say(GONE, 2, true)
  api.office.clock.set('2026-08-14T00:00:10.000Z')
  await say(NEXT, 1)
  api.office.clock.set('2026-08-14T00:00:20.000Z')
  expect(await say(GONE, 3)).toBe(true)
  expect(await there()).toEqual([NEXT, GONE])
})
