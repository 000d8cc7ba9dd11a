import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { raiseAlarm } from '#engine/alarms.ts'
import type { Login, TestApi } from '#tests/support/api.ts'
import { clerksOf } from '#tests/support/clerks.ts'
import { dispatchedRun } from '#tests/support/dispatched-run.ts'
import { loadRows, person } from '#tests/support/office-facts.ts'
import { stepBench } from '#tests/support/step-bench.ts'
import { atena } from '#tests/support/tokusoku-office.ts'
import { tokusoku } from '#workers/5-2-tokusoku/index.ts'
import { bigList } from './support/big-list.ts'
import { fillOffice, officeOf } from './support/delinquent-office.ts'
import { sitDown, violationsOf, type Desk } from './support/desk.ts'
import { fillLists, MANY } from './support/many-rows.ts'
import { openPages, type Pages } from './support/pages.ts'
import { SCREENS, type Made } from './support/screens.ts'

// Source: ux.md, Accessibility: axe without violations on every screen with many rows. Without an engine: the pages, the API
// in this process, PostgreSQL. The day is 2026-08-20.

/** Before the login; they have their own tests here. Home goes on to the first screen of the menu. */
const OUTSIDE = ['/', '/lock', '/login']
/** In one of the small run's letters: 𠮷 is not printed without a decision. */
const [RETURNED, STAYED, GUARDED, RARE] = [2, 3, 4, 5] as const

let pages: Pages
let api: TestApi
let made: Made
const desks = new Map<Login, Desk>()

const deskOf = async (login: Login): Promise<Desk> => {
  const desk = desks.get(login) ?? (await sitDown(pages.browser, pages.url, login))
  desks.set(login, desk)
  return desk
}

/** A run that is over, with a letter that stayed in the house, one that came back and one to a protected person. */
async function smallRun(): Promise<Pick<Made, 'runId' | 'returnId' | 'guardedReturnId'>> {
  const { office } = api
  const bench = await stepBench(office, [tokusoku])
  await office.db.run(`update users set login = 'demo-' || login`) // they step aside while the bench makes its own
  const clerks = await clerksOf(office, bench)
  const given = { people: [1, 2, 3, 4, 5, 6], isReported: true, undispatched: [STAYED] }
  const { runId, noticeOf } = await dispatchedRun(office, bench, clerks, given)
  await office.db.run(`update users set login = 'bench-' || login where login not like 'demo-%'`)
  await office.db.run(`update users set login = substr(login, 6) where login like 'demo-%'`)
  await loadRows(office, 'yokushi', [{ 宛名番号: atena(GUARDED), 措置区分: '本', 開始日: '2026-08-20' }])
  const comeBack = async (n: number): Promise<string> => {
    const body = { returnedOn: '2026-08-20', reason: 'R4' }
    const reply = await api.call('kakaricho', 'POST', `/api/notices/${await noticeOf(n)}/return`, body)
    expect(reply.statusCode, reply.body).toBe(201)
    return reply.json<{ returnId: string }>().returnId
  }
  return { runId, returnId: await comeBack(RETURNED), guardedReturnId: await comeBack(GUARDED) }
}

const idOf = async (sql: string): Promise<string> => String((await api.office.db.one<{ id: bigint | string }>(sql)).id)
const personOf = (n: number): Promise<string> =>
  idOf(`select id from insured where insured_no = '${String(n).padStart(8, '0')}'`)

/** Paths of the router; the module is named at run time, for its pages are not compiled with the tests. */
async function routePaths(): Promise<string[]> {
  const place = new URL('../../src/web/routes.tsx', import.meta.url).pathname
  const { router } = (await import(place)) as { router: { routesByPath: Record<string, unknown> } } // as TanStack Router types it
  return Object.keys(router.routesByPath).toSorted()
}

/** All of it takes about 80 seconds on two idle cores: asked for by KOKI_AXE=1, not part of `npm test`. */
const isWanted = process.env['KOKI_AXE'] === '1'

it('every route of the router has its row in the list of screens', async () => {
  expect([...new Set([...OUTSIDE, ...SCREENS.map(({ route }) => route)])].toSorted()).toEqual(await routePaths())
})

describe.runIf(isWanted)(`axe on every screen, lists with ${MANY} rows`, () => {
  beforeAll(async () => {
    pages = await openPages({ moveClock: () => undefined })
    api = pages.api
    const { office } = api
    const small = await smallRun()
    await fillOffice(officeOf(api))
    await loadRows(office, 'atena', [person(RARE, { 氏名: '𠮷田 見本' })])
    const taskId = await bigList(api)
    await fillLists(office.db, 'kakaricho')
    await raiseAlarm(office.db, office.clock, 'run-lost', 'R8-52-0001')
    made = {
      ...small,
      taskId,
      bigRunId: await idOf(`select run_id as id from tasks where id = '${taskId}'`),
      guardedId: await personOf(GUARDED),
      rareId: await personOf(RARE),
      sentFileId: await idOf(`select file_id as id from tainosha_files where run_id = '${small.runId}' limit 1`),
      fileId: await idOf(`select id from files where name = 'shuno-${MANY}.csv'`),
    }
  }, 240_000)
  afterAll(() => pages?.close())

  it.each(SCREENS)(
    'finds nothing on $route for $login, nor in $dialogs',
    async (screen) => {
      const desk = await deskOf(screen.login)
      const { page } = desk
      await page.goto(screen.address(made))
      await page.getByText(screen.sees).first().waitFor()
      await screen.prepare?.(desk)
      await desk.picture(`axe${screen.route.replaceAll('/', '-')}`)
      expect((await desk.violations()).join(' ')).toBe('')
      const asking = await page
        .locator('button:visible:not([aria-disabled])', { hasText: /….{0,12}$/ })
        .allTextContents()
      const known = [...screen.dialogs, ...(screen.inPlace ?? [])]
      expect(asking.filter((text) => !known.some((name) => text.startsWith(name)))).toEqual([])
      for (const [n, name] of screen.dialogs.entries()) {
        await page.getByRole('button', { name }).and(page.locator(':not([aria-disabled])')).first().click()
        await page.locator('.dialog').waitFor()
        await desk.picture(`axe${screen.route.replaceAll('/', '-')}-${n}`)
        expect([name, ...(await violationsOf(page, '.scrim'))].join(' ')).toBe(name)
        await desk.press('Escape')
        await page.locator('.dialog').waitFor({ state: 'detached' })
      }
      expect(desk.complaints.join(' ')).toBe('')
    },
    90_000,
  )

  it('finds nothing on the login page, nor on the lock', async () => {
    const desk = await deskOf('kakaricho')
    await desk.press('Control+Alt+l')
    await desk.page.getByText('この端末から消してあります').waitFor()
    expect((await desk.violations()).join(' ')).toBe('')
    await desk.page.getByRole('link', { name: '別の人が使う' }).click()
    await desk.page.getByText('見本の利用者で入る').waitFor()
    expect((await desk.violations()).join(' ')).toBe('')
  })
})
