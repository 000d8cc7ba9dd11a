import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sitDown, type Desk } from './support/desk.ts'
import { openPages, type Pages } from './support/pages.ts'

// 試算 without an engine: the pages, the API in this process, PostgreSQL. The day is 2026-08-14.
let pages: Pages
let clerk: Desk

beforeAll(async () => {
  pages = await openPages()
  clerk = await sitDown(pages.browser, pages.url, 'tantou')
}, 240_000)
afterAll(() => pages?.close())

const open = async (term: string): Promise<void> => {
  await clerk.page.getByRole('link', { name: '試算', exact: true }).first().click()
  await clerk.page.getByRole('heading', { level: 1, name: '試算' }).waitFor()
  await clerk.page
    .getByRole('navigation', { name: '試算の一覧' })
    .getByRole('link', { name: term, exact: true })
    .click()
  await clerk.page.getByRole('heading', { level: 1, name: term }).waitFor()
}
/** What axe and the browser complain of, and whether something is wider than the screen. */
const troubles = async (picture: string): Promise<string[]> => {
  await clerk.picture(picture)
  const wide = await clerk.page.evaluate(() =>
    [document.documentElement, ...document.querySelectorAll('.shisan')]
      .filter((element) => element.scrollWidth > element.clientWidth)
      .map((element) => `wider than the screen: ${element.className}`),
  )
  return [...(await clerk.violations()), ...wide, ...clerk.complaints]
}

describe('試算', () => {
  it('is filled by keyboard and gives the result with its 内訳 (O-80)', async () => {
    await open('期割')
    await clerk.tabTo('割り振る金額')
    await clerk.page.keyboard.type('92,700')
    await clerk.tabTo('期数')
    await clerk.compose('８', '８') // full width, through the input method: its Enter computes nothing
    expect(await clerk.page.getByRole('heading', { name: '算定の内訳' }).count()).toBe(0)
    await clerk.press('Enter')
    const result = clerk.page.getByRole('region', { name: '結果', exact: true })
    await expect
      .poll(() => result.locator('li').allTextContents())
      .toEqual(['12,200円', ...Array.from({ length: 7 }, () => '11,500円')])
    expect(await clerk.page.getByRole('table').locator('tbody tr').allTextContents()).toEqual([
      '2期から後の額92,700円 ÷ 8期 = 11,587円(1円未満切捨て)、100円未満切捨て根拠: 端数の単位100円〔出典: 瀬戸市、能美市〕11,500円',
      '第1期の額92,700円 − 11,500円 × 7期(端数は第1期に合わせる)根拠: 端数は最初の期に合わせる〔出典: 瀬戸市、能美市〕。地方税法20条の4の2第6項に準じる〔要確認: 準用の定め〕12,200円',
    ])
    expect(await troubles('shisan-01-kiwari')).toEqual([])
  }, 120_000)

  it('shows a refusal at its field, and takes the result of another input away', async () => {
    await clerk.page.getByLabel(/^期数/).fill('13')
    await clerk.page.getByText(/入力して「計算する」/).waitFor()
    await clerk.press('Control+Enter')
    await clerk.page.getByText('1つの項目を直してください。まだ計算していません。').waitFor()
    const input = clerk.page.getByLabel(/^期数/)
    expect(await input.getAttribute('aria-invalid')).toBe('true')
    expect(await clerk.page.locator(`[id="${await input.getAttribute('id')}-e"]`).textContent()).toBe(
      '12以下にしてください。',
    )
    await clerk.tabTo('期数: 12以下にしてください。')
    await clerk.press('Enter')
    expect(await input.evaluate((element) => element === document.activeElement)).toBe(true)
    clerk.complaints.forEach((complaint) => expect(complaint).toMatch(/400/)) // the browser tells of the answer
    await clerk.picture('shisan-02-refused')
  }, 60_000)

  it('stands in the list of keys', async () => {
    await clerk.page.getByRole('heading', { level: 1 }).click() // letters typed into a field are no keys
    await clerk.press('?')
    await clerk.page.getByRole('dialog', { name: 'キー操作' }).waitFor()
    const lines = await clerk.page.getByRole('dialog').locator('tbody tr', { hasText: '試算' }).allTextContents()
    expect(lines).toEqual([
      'Enter開く・明細を見る・計算する(試算の欄)',
      'Ctrl+Enter完了する(確かめてから)・処理を始める・計算する(試算)',
    ])
    expect(
      await clerk.page.getByRole('dialog').evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth),
    ).toBe(0)
    await clerk.picture('shisan-02b-keys')
    await clerk.press('Escape')
  }, 60_000)

  it('takes rows and era dates, and shows dates by the era (O-50)', async () => {
    await open('納期限')
    await clerk.page.getByLabel(/^年度/).fill('2025')
    await clerk.page.getByText('令和7年度').waitFor()
    for (const [at, month] of [7, 8, 9, 10, 11, 12, 1, 2].entries()) {
      if (at > 0) await clerk.page.getByRole('button', { name: '納期の月を足す' }).press('Enter')
      await clerk.page.keyboard.type(at > 0 ? String(month) : '')
      if (at === 0) await clerk.page.getByLabel(/^月 1/).fill(String(month))
    }
    await clerk.page.getByLabel(/^納期の日/).selectOption({ label: '月末' })
    await clerk.page.getByLabel(/^12月の日/).fill('25')
    await clerk.press('Control+Enter')
    await expect
      .poll(() => clerk.page.getByRole('region', { name: '結果', exact: true }).locator('li').allTextContents())
      .toEqual([
        '令和7年7月31日',
        '令和7年9月1日',
        '令和7年9月30日',
        '令和7年10月31日',
        '令和7年12月1日',
        '令和7年12月25日',
        '令和8年2月2日',
        '令和8年3月2日',
      ])
    await clerk.picture('shisan-03-nokigen')
  }, 120_000)

  it('takes a household as rows that come and go, and an amount of a person (O-05)', async () => {
    await open('保険料(年額)')
    await clerk.page.getByLabel(/^賦課年度/).fill('2024')
    await clerk.page.getByLabel(/^都道府県/).selectOption({ label: '埼玉県' })
    const first = clerk.page.getByRole('group', { name: '世帯 1行目' })
    await first.getByLabel(/^公的年金等の収入/).fill('2400000')
    await first.getByLabel(/^年齢/).fill('80')
    await first.getByLabel('被保険者', { exact: true }).press('Space')
    await first.getByLabel('世帯主', { exact: true }).press('Space')
    await clerk.page.getByRole('button', { name: '世帯を足す' }).press('Enter')
    const second = clerk.page.getByRole('group', { name: '世帯 2行目' })
    expect(await second.locator('input:focus').count()).toBe(1)
    await clerk.press('Control+Enter')
    await clerk.page.getByText('世帯 2行目の年齢: 必須の項目です。').waitFor()
    await clerk.picture('shisan-04-household')
    await clerk.page.getByRole('button', { name: '世帯 2行目を消す' }).press('Enter')
    await clerk.press('Control+Enter')
    await expect
      .poll(() => clerk.page.getByRole('region', { name: '被保険者' }).locator('tbody tr').allTextContents())
      .toEqual(['145,930円78,560円なし124,400円'])
    const refused = clerk.complaints.filter((complaint) => !complaint.includes('400 (Bad Request)'))
    expect([...(await clerk.violations()), ...refused]).toEqual([])
    await clerk.picture('shisan-05-hokenryo')
    await clerk.page.emulateMedia({ media: 'print' })
    await clerk.picture('shisan-06-paper')
    expect(await clerk.page.getByText(/試算であり、決定ではありません/).isVisible()).toBe(true)
    expect(await clerk.page.getByRole('navigation').filter({ visible: true }).count()).toBe(0)
  }, 120_000)
})
