import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readPdf } from '#tests/notices/read-pdf.ts'
import { launchBrowser } from '#tests/support/browser.ts'
import { startProduct, type Product } from '#tests/support/product.ts'
import { until } from '#tests/support/until.ts'
import { fillOffice, OVERPAID, PAID_LATER, payLater, PEOPLE, PROTECTED, SECRETS } from './support/delinquent-office.ts'
import { sitDown, type Desk } from './support/desk.ts'

// Source: sheet 5.2 §3 and §4. Nothing is clicked; the second person and the receipts of others come from outside.

const insuredNo = (n: number): string => String(n).padStart(8, '0')

interface TaskRow {
  readonly taskId: string
  readonly step: string
  readonly state: string
}

let product: Product
let browser: Browser
let runId: string

const openTask = (step: string): Promise<TaskRow> =>
  until(
    `task ${step} is open`,
    async () => {
      const { body } = await product.call<{ items: TaskRow[] }>('tantou', 'GET', `/api/tasks?runId=${runId}&limit=50`)
      return body.items.find((task) => task.step === step && task.state === 'open')
    },
    120_000,
  )

const verdictOf = async (n: number, step: string): Promise<string> => {
  const { verdict } = await product.db.one<{ verdict: string }>(
    `select case m.action when 'exclude' then '除外' when 'pull' then '除外' when 'include' then '対象' else r.verdict end as verdict
     from tasks t join worksheet_rows r on r.worksheet_id = t.worksheet_id join insured i on i.id = r.insured_id
     left join lateral (select action from worksheet_marks k where k.worksheet_id = r.worksheet_id and k.row_no = r.row_no
                        and k.action <> 'note' order by id desc limit 1) m on true
     where t.run_id = $1 and t.step_id like $2 and i.insured_no = $3 order by t.created_at desc limit 1`,
    [runId, `%/${step}-%`, insuredNo(n)],
  )
  return verdict
}

const gridReady = async ({ page }: Desk, count: number, unit: string): Promise<void> => {
  await page.getByText(`表示中 ${count.toLocaleString('en-US')}${unit}の合計`).waitFor()
  await page.locator('[role=row][aria-rowindex="2"] .code').first().waitFor()
}

/** The main button, once nothing holds it back: what is older than 30 s has to be read again first. */
const free = async ({ page }: Desk, name: string): Promise<void> =>
  page.locator('button:not([aria-disabled])', { hasText: name }).waitFor()

/** Answers the question that a decision asks, by its button. */
const answer = async (desk: Desk, verb: string): Promise<void> => {
  await desk.tabTo(new RegExp(`^${verb}$`))
  await desk.press('Enter')
  await desk.page
    .getByText(/この作業は済みました|一人目 三枝/)
    .first()
    .waitFor({ timeout: 60_000 })
}

/** From anywhere to the screen of the run, as a clerk looks how far it is. */
async function openRun(desk: Desk): Promise<void> {
  await desk.tabTo(/^処理$/)
  await desk.press('Enter')
  await desk.page.getByRole('row', { name: /R8-52-0001/ }).waitFor()
  await desk.tabTo(/^処理 1件$/)
  await desk.press('Home', 'Enter')
  await desk.page.getByRole('heading', { level: 1 }).waitFor()
  await desk.page.waitForURL(/\/runs\//)
}

/** Waits on the screen of the run until a step asks for a person, goes there, and takes the task. */
async function takeNext(desk: Desk, step: string): Promise<void> {
  const link = desk.page.getByRole('link', { name: new RegExp(`${step} .* へ進む`) })
  await link.waitFor({ timeout: 120_000 }) // live: nothing is pressed meanwhile
  await desk.tabTo(new RegExp(`${step} .* へ進む`))
  await desk.press('Enter')
  await desk.page.getByRole('heading', { level: 1, name: new RegExp(`^${step}`) }).waitFor()
  await desk.press('c')
  await desk.page.getByRole('button', { name: '手放す' }).waitFor()
}

describe('a working day of 督促, by keyboard alone, over 1,000 rows', () => {
  beforeAll(async () => {
    product = await startProduct('2026-08-14')
    await fillOffice(product)
    browser = await launchBrowser()
  }, 240_000)
  afterAll(async () => {
    await browser?.close()
    await product?.close()
  })

  let clerk: Desk

  it('given the login page and the start form, when the clerk begins the day by keys, then the run starts', async () => {
    clerk = await sitDown(browser, product.url, 'tantou')
    const { page } = clerk
    await clerk.tabTo(/^処理$/)
    await clerk.press('Enter')
    await page
      .getByRole('link', { name: /5\.2 督促/ })
      .first()
      .waitFor()
    await clerk.tabTo(/5\.2 督促/)
    await clerk.press('Enter')
    await expect.poll(() => page.getByLabel('基準日').inputValue()).toBe('R8.8.12')
    await page.getByText('を始められます').waitFor()
    await clerk.press('Control+Enter')
    await page.getByRole('link', { name: /002 督促・滞納者確認 へ進む/ }).waitFor({ timeout: 120_000 })
    runId = new URL(page.url()).pathname.split('/').at(-1) ?? ''
    await openTask('002')
  }, 180_000)

  it('given 1,000 delinquents with one protected person, when the clerk opens 002, then the list is dense, calm and masked', async () => {
    await clerk.tabTo(/^作業$/)
    await clerk.press('Enter')
    await clerk.page.getByText('督促・滞納者確認').first().waitFor()
    await clerk.picture('01-task-list')
    expect(await clerk.violations()).toEqual([])

    await clerk.press('n') // 次の1件: claims it and opens it
    await clerk.page.getByRole('heading', { name: /002.*督促・滞納者確認/ }).waitFor()
    await gridReady(clerk, PEOPLE, '件')

    const rows = clerk.page.locator('tbody [role=row][aria-rowindex]')
    const box = await clerk.page.locator('[role=grid]').boundingBox()
    const foot = await clerk.page.locator('tfoot td').first().boundingBox()
    const tops = await rows.evaluateAll((all) =>
      all.map((row) => row.getBoundingClientRect()).map(({ top, bottom }) => [top, bottom]),
    )
    const full = tops.filter(([top = 0, bottom = 0]) => top >= (box?.y ?? 0) && bottom <= (foot?.y ?? 0) + 0.5)
    expect(full.length).toBeGreaterThanOrEqual(20)

    const first = rows.first()
    await expect.poll(() => first.textContent()).toContain('要確認')
    const text = (await clerk.page.locator('body').textContent()) ?? ''
    for (const secret of SECRETS) expect(text).not.toContain(secret)
    expect(clerk.receivedWith(SECRETS)).toEqual([])
    await expect.poll(() => clerk.page.locator('tr', { hasText: insuredNo(PROTECTED) }).textContent()).toContain('抑止')
    await clerk.picture('02-task-002')
    expect(await clerk.violations()).toEqual([])
  })

  it('given kana typed through an input method, when Enter confirms the conversion, then nothing is searched; the next Enter searches', async () => {
    const asked: string[] = []
    clerk.page.on('request', (request) => {
      if (request.url().endsWith('/worksheet/search')) asked.push(request.postData() ?? '')
    })
    await clerk.page.locator('[role=grid]').focus()
    await clerk.press('Home')
    await clerk.page.locator('#sheet-text').focus()
    await clerk.compose('みほん', 'ミホン 11ロウ')
    expect(await clerk.page.locator('#sheet-text').inputValue()).toBe('ミホン 11ロウ')
    expect(asked).toEqual([])
    await clerk.press('Enter')
    await gridReady(clerk, 1, '件')
    expect(asked).toHaveLength(1)
    expect(await clerk.page.locator('tbody [role=row][aria-rowindex="2"]').textContent()).toContain(insuredNo(11))
    expect(new URL(clerk.page.url()).search).toBe('')
    await clerk.page.locator('#sheet-text').focus()
    await clerk.press('Control+a', 'Delete', 'Enter')
    await gridReady(clerk, PEOPLE, '件')
  })

  it('given the rows to be decided, when they are included and excluded with a reason, then the sums follow and 完了 opens', async () => {
    const { page } = clerk
    const undecided = page.getByRole('button', { name: /要確認 \d/ })
    await expect.poll(() => undecided.textContent()).toBe('要確認 3')
    // 要確認 stand first: the protected person (A06, 係長 only) and two 過誤納 (A08), by 被保険者番号
    await page.locator('[role=grid]').focus()
    await clerk.press('Home')
    expect(await page.locator('tr.is-focus').textContent()).toContain(insuredNo(PROTECTED))
    await clerk.press('i')
    await page.getByText('TASK-011').first().waitFor() // a clerk may not include a protected person
    await page.locator('[role=grid]').focus()
    await clerk.press('e')
    await page
      .getByRole('radio', { name: /納付確認中/ })
      .and(page.locator(':focus'))
      .waitFor()
    await clerk.press('4')
    await expect.poll(() => page.getByRole('radio', { name: /居所調査中/ }).isChecked()).toBe(true)
    await clerk.tabTo('再開日')
    await page.keyboard.type('R8.9.1')
    await clerk.tabTo('メモ')
    await page.getByText('令和8年9月1日(火)').waitFor()
    await clerk.compose('かくにん', '窓口で確認中')
    await expect.poll(() => undecided.textContent()).toBe('要確認 3') // the Enter of the conversion sent nothing
    await clerk.press('Enter')
    await expect.poll(() => undecided.textContent(), { timeout: 10_000 }).toBe('要確認 2')
    expect(await verdictOf(PROTECTED, '002')).toBe('除外')

    await page.locator('[role=grid]:focus').waitFor()
    await clerk.press('Home', 'ArrowDown', 'Space', 'Shift+ArrowDown') // the excluded row keeps its place
    await page.getByText(/2件を選択中/).waitFor()
    await clerk.press('i')
    await page.locator('button:not([aria-disabled])', { hasText: '529件で確認済みにする' }).waitFor()
    for (const n of OVERPAID) expect(await verdictOf(n, '002')).toBe('対象')
  })

  it('given a row to be looked at once more, when it is pinned, then it stands on top and 完了 waits until its 明細 was opened', async () => {
    const { page } = clerk
    await page.locator('[role=grid]').focus()
    await clerk.press('End')
    const focused = page.locator('tr.is-focus .code').first()
    await expect.poll(() => focused.textContent(), { timeout: 10_000 }).toMatch(/^\d{8}$/) // a far page has come
    const last = await focused.textContent()
    await clerk.press('p')
    await page.getByText('先頭に留めた行を1件まだ見ていません').waitFor()
    await clerk.press('Control+Enter')
    expect(await page.getByRole('dialog').count()).toBe(0)
    await page.locator('[role=grid]').focus()
    await clerk.press('Home')
    await expect.poll(() => focused.textContent()).toBe(last)
    await clerk.picture('02-pinned')
    expect(await clerk.violations()).toEqual([])
    await clerk.press('Enter')
    await page.getByRole('img', { name: '先頭に留めた(見た)' }).waitFor()
    await page.locator('button:not([aria-disabled])', { hasText: '529件で確認済みにする' }).waitFor()
  })

  it('given columns nobody needs, when they are left out, then they stay out for this person', async () => {
    const { page } = clerk
    const head = page.getByRole('columnheader', { name: '納付方法' })
    await head.waitFor()
    await clerk.tabTo('列を選ぶ')
    await clerk.press('Enter')
    await page.getByRole('dialog').waitFor()
    await clerk.tabTo(/^納付方法$/)
    await clerk.press('Space')
    await clerk.picture('02-columns')
    expect(await clerk.violations()).toEqual([])
    await clerk.tabTo('この列にする')
    await clerk.press('Enter')
    await expect.poll(() => head.count()).toBe(0)
  })

  it('given the list of 要確認 and 除外, when it is put out, then CSV and paper leave the protected person out and say so', async () => {
    const { page } = clerk
    await clerk.tabTo('CSVに出す')
    await clerk.press('Enter')
    await page.getByRole('dialog').waitFor()
    await clerk.picture('02-csv')
    expect(await clerk.violations()).toEqual([])
    await clerk.tabTo(/^CSVに出す$/)
    const coming = page.waitForEvent('download')
    await clerk.press('Enter')
    const csvText = readFileSync(await (await coming).path(), 'utf8')
    expect(csvText.startsWith('\uFEFF判定,')).toBe(true)
    expect(csvText).toContain('"=""00000011"""')
    expect(csvText).toContain('支援措置により1件を除いています')
    expect(csvText).not.toContain(insuredNo(PROTECTED))

    await clerk.tabTo('印刷の確認')
    await clerk.press('Enter')
    await page.getByText('A4 横 999件').waitFor()
    await clerk.picture('10d-print')
    const pdf = await page.pdf({ preferCSSPageSize: true })
    const folder = process.env['KOKI_SCREENSHOTS']
    if (folder) writeFileSync(join(folder, '10d-print.pdf'), pdf)
    const { pages } = await readPdf(pdf)
    const number = (page: number): string => `${page}/${pages.length}頁`
    pages.forEach(({ text }, index) => {
      expect(text).toContain('滞納者一覧')
      expect(text).toContain('基準日令和8年8月12日')
      expect(text).toContain('印刷三枝みのり')
      expect(text).toContain(number(index + 1))
    })
    expect(pages[0]?.text).not.toContain('合計999件')
    expect(pages.at(-1)?.text).toContain('合計999件')
    expect(pages.at(-1)?.text).toContain('支援措置により1件を除いています')
    expect(pages.flatMap(({ pieces }) => pieces.map(({ text }) => text))).not.toContain(insuredNo(PROTECTED))
    await clerk.tabTo('戻る')
    await clerk.press('Enter')
    await gridReady(clerk, PEOPLE, '件')
  }, 120_000)

  it('given all rows decided, when Ctrl+Enter and the question are answered, then 002 is done', async () => {
    const { page } = clerk
    await free(clerk, '529件で確認済みにする')
    await clerk.press('Control+Enter')
    await page.getByRole('dialog').waitFor()
    expect(await clerk.violations()).toEqual([])
    await answer(clerk, '529件で確認済みにする')
    const { state } = await product.db.one<{ state: string }>(
      `select state from tasks where run_id = $1 and step_id like '%/002-%'`,
      [runId],
    )
    expect(['completing', 'completed']).toContain(state)
  }, 60_000)

  it('given 003 at work and 5 people who have paid meanwhile, when the clerk waits at the run, takes 004 and accepts the proposals, then a second person is asked', async () => {
    const { page } = clerk
    await openRun(clerk)
    await openTask('004')
    await payLater(product)
    await takeNext(clerk, '004')
    await gridReady(clerk, 529, '通')
    await clerk.tabTo('最新の収納を反映')
    await clerk.press('Enter')
    await page.getByText(`決めていない通知 ${PAID_LATER.length}通`).first().waitFor()
    await clerk.tabTo(/^通知 529通中 529通を表示$/)
    await clerk.press('End')
    await expect.poll(() => page.locator('tr.is-focus .code').first().textContent()).toMatch(/^\d{8}$/) // a far page has come
    await clerk.press('e') // a letter without proposal: 引き抜く asks why
    await page.getByRole('dialog', { name: '引き抜く' }).waitFor()
    expect(await clerk.violations()).toEqual([])
    await clerk.picture('03-pull')
    await clerk.press('Escape')
    await clerk.press('Home')
    await clerk.picture('03-task-004')
    expect(await clerk.violations()).toEqual([])
    await clerk.press('a')
    await free(clerk, '524通で一人目の確認をする')
    await clerk.press('Control+Enter')
    await page.getByRole('dialog').waitFor()
    await answer(clerk, '524通で一人目の確認をする')
    for (const n of PAID_LATER) expect(await verdictOf(n, '004')).toBe('除外')
  }, 180_000)

  it('given the first check, when another 係長 releases by keyboard, then 004 is done and the letters may go', async () => {
    const lead = await sitDown(browser, product.url, 'kakaricho')
    await lead.page.getByText('督促状・納付書作成対象者確認').first().waitFor()
    await lead.page.locator('[role=grid]').focus()
    await lead.press('Home', 'Enter')
    await lead.page.getByRole('heading', { name: /004.*督促状・納付書作成対象者確認/ }).waitFor()
    await lead.page.locator('button:not([aria-disabled])', { hasText: '524通の発送を認める' }).waitFor()
    await lead.press('Control+Enter')
    await lead.page.getByRole('dialog').waitFor()
    await lead.tabTo(/^524通の発送を認める$/)
    await lead.press('Enter')
    await lead.page.getByText(/この作業は済みました/).waitFor()
    const { released } = await product.db.one<{ released: number }>(
      `select count(*)::int as released from notices where run_id = $1 and state in ('released', 'dispatched')`,
      [runId],
    )
    expect(released).toBe(524)
    expect(lead.complaints).toEqual([])
  }, 120_000)

  it('given the release, when the letters are printed, then each print file opens from the run, by keys', async () => {
    const { page } = clerk
    await openRun(clerk)
    await page.getByRole('link', { name: /006 .* へ進む/ }).waitFor({ timeout: 120_000 }) // E2 and 005 have run
    await clerk.tabTo(/^結果$/)
    await clerk.press('ArrowRight')
    await page.getByRole('tab', { name: '文書 2', selected: true }).waitFor()
    for (const file of ['印刷ファイル 01', '印刷ファイル 02']) {
      await clerk.tabTo(`${file} を開く`)
      const opening = page.context().waitForEvent('page')
      const coming = page.context().waitForEvent('response', (one) => one.url().includes('/api/documents/'))
      await clerk.press('Enter')
      const paper = await coming
      expect([paper.status(), paper.headers()['content-type']]).toEqual([200, 'application/pdf'])
      await (await opening).close()
    }
    await clerk.tabTo(/^文書 2$/)
    await clerk.press('ArrowRight')
    await page.getByRole('tab', { name: 'ファイル 1', selected: true }).waitFor()
    await clerk.picture('05-run-files')
    expect(await clerk.violations()).toEqual([])
  }, 180_000)

  it('given the list for the 広域連合, when it is sent and the way is put in by keys, then 006 is done', async () => {
    const { page } = clerk
    await takeNext(clerk, '006')
    await gridReady(clerk, PEOPLE, '件')
    await clerk.picture('10-task-006')
    expect(await clerk.violations()).toEqual([])
    await free(clerk, '524件で送付を記録する')
    await clerk.press('Control+Enter')
    await page.getByRole('dialog').waitFor()
    await clerk.tabTo('送付した日')
    await page.keyboard.type('R8.8.14')
    await clerk.tabTo('送付の方法')
    await clerk.press('ArrowDown', 'ArrowDown')
    await clerk.tabTo('受付番号')
    await page.keyboard.type('0814-1')
    expect(await clerk.violations()).toEqual([])
    await clerk.picture('10-task-006-sent')
    await answer(clerk, '524件で送付を記録する')
    expect(
      await product.db.one(
        `select state, sent_on as "sentOn", sent_by as "sentBy", receipt_no as "receiptNo" from tainosha_files`,
      ),
    ).toEqual({ state: 'sent', sentOn: '2026-08-14', sentBy: '2', receiptNo: '0814-1' })
  }, 120_000)

  it('given the day of dispatch, when 007 tells of 523 letters and one that stayed, then the run has ended', async () => {
    const { page } = clerk
    await openRun(clerk)
    await clerk.tabTo('日を進める')
    await clerk.press('Enter')
    await page.getByRole('dialog').waitFor()
    expect(await clerk.violations()).toEqual([])
    await clerk.tabTo('進めた後の日付')
    await clerk.press('Control+a')
    await page.keyboard.type('R8.8.20')
    await clerk.tabTo('令和8年8月20日(木)に進める')
    await clerk.press('Enter')
    await page.getByText('見本の日付 R8.8.20(木)').waitFor()
    await takeNext(clerk, '007')
    await clerk.tabTo('発送した通数')
    await page.keyboard.type('５２３') // full width, as it comes from the input method
    await clerk.tabTo('発送の方法')
    await clerk.press('ArrowDown')
    await clerk.tabTo('発送しなかった通知を足す')
    await clerk.press('Enter')
    await clerk.tabTo('通知の発行番号')
    const { rowNo, insuredNo: who } = await product.db.one<{ rowNo: number; insuredNo: string }>(
      `select n.row_no as "rowNo", s.insured_no as "insuredNo" from notices n join insured s on s.id = n.insured_id
       where n.state = 'released' order by n.print_no desc limit 1`,
    )
    await page.keyboard.type(String(rowNo)) // the last of all, past the first 500
    await page.getByText(new RegExp(`印刷番号 \\d+ R8-52-0001-\\d+ ${who}`)).waitFor()
    await clerk.tabTo('理由')
    await clerk.press('ArrowDown')
    await clerk.picture('11-task-007')
    expect(await clerk.violations()).toEqual([])
    await clerk.press('Control+Enter')
    await page.getByRole('dialog').waitFor()
    expect(await clerk.violations()).toEqual([])
    await answer(clerk, '登録する')
    await openRun(clerk)
    await expect
      .poll(
        () =>
          product.db.one(
            `select (select state from runs) as state, (select count(*)::int from tokusoku_history) as count`,
          ),
        { timeout: 60_000 },
      )
      .toEqual({ state: 'finished', count: 523 })
    await page.getByText('督促発送済', { exact: true }).first().waitFor() // live: nothing is pressed meanwhile
    await clerk.picture('05-run-ended')
    expect(await clerk.violations()).toEqual([])
  }, 180_000)

  it('given a person at the counter, when searched by birthday in era years, then found; Ctrl+Alt+L leaves nothing, going back shows nothing', async () => {
    const { page } = clerk
    await clerk.press('/')
    await page.keyboard.type('S20.5.5')
    await clerk.press('Enter')
    await page.getByText(/1,000人/).waitFor()
    await clerk.picture('06-search')
    expect(await clerk.violations()).toEqual([])
    await clerk.press('Control+Alt+l')
    await page.getByText('この端末から消してあります').waitFor()
    await page.goBack()
    await page.waitForURL(/\/(login|lock)/)
    const text = (await page.locator('body').textContent()) ?? ''
    expect(text).not.toMatch(/ミホン|見本 \d+郎|0000000\d/)
    expect(await page.evaluate(() => [document.title, sessionStorage.length])).toEqual([expect.any(String), 0])
  }, 60_000)

  it('then the browser has kept nothing: no name or number in addresses, title or storage, and no complaint', async () => {
    const kept = await clerk.page.evaluate(() =>
      JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.title]),
    )
    for (const told of [kept, ...clerk.addresses]) {
      expect(told).not.toContain('ミホン')
      expect(decodeURIComponent(told)).not.toMatch(/見本|0000000[0-9]/)
    }
    expect(clerk.complaints.filter((text) => !text.includes('403'))).toEqual([]) // the refused include answers 403
  })
})
