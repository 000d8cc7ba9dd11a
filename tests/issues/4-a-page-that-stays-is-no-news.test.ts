import { afterAll, beforeAll, expect, it } from 'vitest'
import { reportPresence } from '#runtime/presence.ts'
import { openTestApi, type TestApi } from '#tests/support/api.ts'
import { newTasks } from '#tests/support/tasks.ts'

// A page hears of every change of its task and then says again that it is there. When that counted as a change too, two
// words within one instant of the clock went round without end, and each cut the reading of the list short: a letter made by
// 個別作成 never came to be seen as 「判断待ち」.
let api: TestApi
beforeAll(async () => {
  api = await openTestApi()
})
afterAll(() => api.close())

it('given a page that has a task open, when it says so again within the same instant, then others need not look again', async () => {
  const [taskId = ''] = await newTasks(api.office.db, [{}])
  const user = await api.user('tantou')
  const page = '11111111-1111-4111-8111-111111111111'
  let said = 0
  const say = (isLeaving: boolean) => reportPresence(api.deps, { taskId, page, said: (said += 1), isLeaving, user })
  expect([await say(false), await say(false), await say(false)]).toEqual([true, false, false])
  expect([await say(true), await say(true), await say(false)]).toEqual([true, false, true])
})
