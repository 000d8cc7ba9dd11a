import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { FastifyInstance } from 'fastify'
import { buildApp } from '#api/app.ts'
import { listenToChanges, type Changes } from '#api/changes.ts'
import { temporaryFolder } from '#tests/support/temporary.ts'
import { sitDown, type Desk } from './support/desk.ts'
import { openPages, type Pages } from './support/pages.ts'

// A page that was open over an upgrade asked for parts of the old pages, which were gone (404): the router loaded the whole
// page again by itself, and while the server was still starting the browser showed an error of its own, nothing of ours.

const BUILT = join(import.meta.dirname, '../../dist/web')
const folder = temporaryFolder()
const [older, newer] = [join(folder, 'older'), join(folder, 'newer')]

let pages: Pages
let clerk: Desk
let later: { readonly app: FastifyInstance; readonly changes: Changes } | undefined

/** The pages as a build of changed sources makes them: all parts have other names. */
function rename(from: string, to: string): void {
  mkdirSync(join(to, 'assets'), { recursive: true })
  const scripts = readdirSync(join(from, 'assets')).filter((name) => name.endsWith('.js'))
  const renamed = (text: string): string => scripts.reduce((all, name) => all.replaceAll(name, `newer-${name}`), text)
  for (const name of readdirSync(join(from, 'assets')))
    if (!scripts.includes(name)) cpSync(join(from, 'assets', name), join(to, 'assets', name))
  for (const name of scripts)
    writeFileSync(join(to, 'assets', `newer-${name}`), renamed(readFileSync(join(from, 'assets', name), 'utf8')))
  writeFileSync(join(to, 'index.html'), renamed(readFileSync(join(from, 'index.html'), 'utf8')))
}

const stop = async (): Promise<void> => {
  await (later?.app ?? pages.api.app).close()
  await later?.changes.close()
  later = undefined
}

/** Starts the API on the same address and database with these pages, as a start after an upgrade does. */
async function start(webRoot: string): Promise<void> {
  const changes = await listenToChanges(pages.api.deps.db)
  const app = await buildApp({ ...pages.api.deps, webRoot }, changes)
  await app.listen({ host: '127.0.0.1', port: Number(new URL(pages.url).port) })
  later = { app, changes }
}

/** The head asks at intervals, and when one comes back to the page. */
const comeBack = () => clerk.page.evaluate(() => window.dispatchEvent(new Event('visibilitychange')))
const menu = (name: string) => clerk.page.getByRole('link', { name, exact: true })
const banner = () => clerk.page.getByText('新しい版になりました。', { exact: true })

beforeAll(async () => {
  cpSync(BUILT, older, { recursive: true })
  rename(BUILT, newer)
  pages = await openPages({ webRoot: older })
  clerk = await sitDown(pages.browser, pages.url, 'tantou')
})
afterAll(async () => {
  await stop()
  await pages.close()
  rmSync(folder, { recursive: true })
})

it('given a page of the version that runs, then it says nothing of a version', async () => {
  await menu('処理').click()
  await clerk.page.getByRole('heading', { level: 1, name: '処理' }).waitFor()
  expect(await banner().count()).toBe(0)
})

it('given a server that is away, when a screen is opened for the first time, then its place says so and the page stays', async () => {
  await stop()
  await menu('ファイル').click()
  await clerk.page.getByText('この画面を読み込めませんでした').waitFor()
  await clerk.page.getByRole('button', { name: '再読み込みする' }).click()
  await clerk.page.getByText('サーバーとつながっていません。').waitFor()
  await menu('処理').click()
  await clerk.page.getByRole('heading', { level: 1, name: '処理' }).waitFor() // what was fetched before is still there
  expect(new URL(clerk.page.url()).pathname).toBe('/runs')
  await clerk.picture('upgrade-away')
})

it('given a newer version behind an open page, then it says so, and a screen whose part is gone offers to load again', async () => {
  await start(newer)
  await comeBack()
  await banner().waitFor()
  await menu('設定').click()
  await clerk.page.getByText('この画面を読み込めませんでした').waitFor()
  await clerk.picture('upgrade-newer')
  expect(await clerk.page.getByRole('button', { name: '再読み込みする' }).count()).toBe(2) // the banner's and the screen's
  await clerk.page.getByRole('main').getByRole('button', { name: '再読み込みする' }).click()
  await clerk.page.getByRole('heading', { level: 1, name: '条例等の設定' }).waitFor()
  expect(await clerk.page.locator('script[type="module"]').getAttribute('src')).toContain('newer-')
  await comeBack()
  expect(await banner().count()).toBe(0)
})
