import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { writeSampleSettings } from '#tools/sample/settings.ts'
import { sitDown, type Desk } from './support/desk.ts'
import { openPages, type Pages } from './support/pages.ts'

// 設定 without an engine: the pages, the API in this process, PostgreSQL. The day is 2026-08-14.
let pages: Pages
let clerk: Desk
let lead: Desk
let kanri: Desk

beforeAll(async () => {
  pages = await openPages()
  const { office } = pages.api
  await office.db.tx((tx) => writeSampleSettings(tx, office.clock))
  clerk = await sitDown(pages.browser, pages.url, 'tantou')
  lead = await sitDown(pages.browser, pages.url, 'kakaricho')
  kanri = await sitDown(pages.browser, pages.url, 'kanri')
}, 240_000)
afterAll(() => pages?.close())

const open = async ({ page }: Desk, text?: string): Promise<void> => {
  await page.getByRole('link', { name: '設定', exact: true }).click()
  await page.getByRole('heading', { level: 1, name: '条例等の設定' }).waitFor()
  if (text === undefined) return
  await page.getByRole('link', { name: text, exact: true }).click()
  await page.getByRole('heading', { level: 1, name: text }).waitFor()
}
const SEAL =
  '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="90"><rect width="90" height="90" fill="#c00"/></svg>'
/** What axe and the browser complain of, with a picture of what was looked at. */
const troubles = async (desk: Desk, picture: string): Promise<string[]> => {
  await desk.picture(picture)
  // 422: the picture of a 公印 that runs something
  return [...(await desk.violations()), ...desk.complaints.filter((text) => !text.includes('422'))]
}

describe('設定', () => {
  it('the 公印 of the settings is the one that is shown as chosen', async () => {
    await open(lead, '自治体の設定')
    const chosen = lead.page.getByLabel(/^公印/).locator('option:checked')
    await expect.poll(() => chosen.textContent()).toMatch(/^見本の公印/)
  })

  it('a 公印 is seen before it is registered, too large a file is said at its field, and the name can be chosen then', async () => {
    const { page } = lead
    await page.getByRole('button', { name: '公印の画像を登録する…' }).click()
    const dialog = page.getByRole('dialog')
    const choose = (name: string, buffer: Buffer) =>
      dialog.getByLabel('画像').setInputFiles({ name, mimeType: 'image/svg+xml', buffer })
    await dialog.getByLabel('名前').fill('市長印(令和8年)')
    await choose('large.svg', Buffer.alloc(400_000))
    await dialog.getByText('400KBあります。200KBまでの画像を選んでください').waitFor()
    expect(await dialog.getByRole('button', { name: '登録する' }).getAttribute('aria-disabled')).toBe('true')
    await choose('text.svg', Buffer.from('公印'))
    await dialog.getByText('画像として読めません。PNG 又は SVG の画像を選んでください').waitFor()
    await choose('running.svg', Buffer.from(SEAL.replace('<rect', '<script>1</script><rect')))
    await dialog.getByRole('button', { name: '登録する' }).click()
    await dialog.getByText(/公印の画像は、200KBまでのPNG/).waitFor()
    await choose('seal.svg', Buffer.from(SEAL))
    expect(await dialog.getByText(/公印の画像は、200KBまでのPNG/).count()).toBe(0)
    const picture = dialog.getByRole('img', { name: '選んだ公印の画像' })
    await expect.poll(() => picture.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBeGreaterThan(0)
    await lead.picture('set-07b-seal')
    expect(await lead.violations()).toEqual([])
    await dialog.getByRole('button', { name: '登録する' }).click()
    await page.getByText('公印の画像「市長印(令和8年)」を登録しました。').waitFor()
    await page.getByLabel(/^公印/).locator('option', { hasText: '市長印(令和8年)' }).waitFor({ state: 'attached' })
  }, 60_000)

  it('a layout says what it reaches: files that are received, or files that are made', async () => {
    const { page } = lead
    await open(lead, 'ファイルの様式')
    await page.getByText('tainosha').first().click()
    const chosen = page.getByRole('complementary', { name: '選んだ様式' })
    await chosen.getByText('施行した後に作るファイルから及びます。', { exact: false }).waitFor()
    await lead.picture('set-10a-layout-out')
    await page.getByText('shuno', { exact: true }).first().click()
    await chosen.getByText('施行した後に受け入れるファイルから及びます。').waitFor()
    expect(lead.complaints.filter((text) => !text.includes('422'))).toEqual([])
  })

  it('the head names who acts and as what, whole at 1366 px', async () => {
    const who = lead.page.locator('.header .who')
    expect((await who.textContent())?.replaceAll(/\s+/g, ' ')).toMatch(/ 係長$/)
    const cut = await lead.page.locator('.header').evaluate((head) => {
      const all = [head, ...head.querySelectorAll('.who, .who *')]
      return all.filter((one) => one.scrollWidth > one.clientWidth && one.clientWidth > 0).map((one) => one.className)
    })
    expect(cut).toEqual([])
    const box = await who.boundingBox()
    expect(box && box.x + box.width).toBeLessThan(1366)
    expect(box?.height).toBeLessThanOrEqual(40)
  })

  it('a layout is read from a file, which is named, and read again when it was mended', async () => {
    const { page } = lead
    await open(lead, 'ファイルの様式')
    await page.getByText('tainosha').first().click()
    await page.getByRole('button', { name: '様式を改める…' }).click()
    const dialog = page.getByRole('dialog')
    const given = (text: string) =>
      dialog
        .getByLabel('ファイルから読む')
        .setInputFiles({ name: 'tainosha-R9.json', mimeType: 'application/json', buffer: Buffer.from(text) })
    await given('{ "version": 2 }')
    await dialog.getByText('tainosha-R9.json を読みました').waitFor()
    expect(await dialog.getByLabel('様式(JSON)').inputValue()).toBe('{ "version": 2 }')
    await lead.picture('set-10-layout-from-file')
    expect(await lead.violations()).toEqual([])
    await given('{ "version": 3 }')
    await expect.poll(() => dialog.getByLabel('様式(JSON)').inputValue()).toBe('{ "version": 3 }')
    await lead.press('Escape')
  }, 60_000)

  it('an option is proposed by keyboard in era dates, and put in force by another person', async () => {
    await open(clerk)
    await clerk.tabTo(/条例等の設定 18項目/)
    for (let down = 0; down < 9; down += 1) {
      const chosen = await clerk.page.locator('tr.is-focus').textContent()
      if (chosen?.startsWith('延滞金の低率期間')) break
      await clerk.press('ArrowDown')
    }
    await clerk.page.getByRole('heading', { level: 2, name: '延滞金の低率期間' }).waitFor()
    expect(await troubles(clerk, 'set-01-options')).toEqual([])
    await clerk.tabTo('変更を出す…')
    await clerk.press('Enter')
    const dialog = clerk.page.getByRole('dialog')
    await dialog.getByLabel('新しい値').selectOption('3')
    await dialog.getByLabel(/施行日/).fill('R9.4.1')
    await dialog.getByLabel('根拠').fill('みほん市後期高齢者医療に関する条例 第9条')
    await dialog.getByLabel('わけ').fill('条例の改正')
    await dialog.getByText('令和9年4月1日(木)').waitFor()
    expect(await troubles(clerk, 'set-02-propose')).toEqual([])
    await dialog.getByRole('button', { name: '変更を出す' }).click()
    await clerk.page.getByRole('button', { name: '確認して施行する…' }).waitFor()
    expect(await clerk.page.getByRole('button', { name: '確認して施行する…' }).getAttribute('title')).toBe(
      'この操作をする権限がありません。',
    )
    await open(lead)
    await lead.page.getByRole('link', { name: /二人目の確認待ち/ }).click()
    await lead.page.getByText('3か月 R9.4.1').click()
    await lead.page.getByText('開いている処理 0件').waitFor()
    expect(await troubles(lead, 'set-03-waiting')).toEqual([])
    await lead.page.getByRole('button', { name: '確認して施行する…' }).click()
    await lead.page.getByRole('alertdialog').getByRole('button', { name: '施行する' }).click()
    await lead.page.getByText(/三枝 みのり・佐伯 修/).waitFor()
    expect(
      await pages.api.office.db.one(
        `select value, valid_from as "validFrom" from ordinance_options where name = 'lowMonths' and put_in_force_by is not null`,
      ),
    ).toEqual({ value: 3, validFrom: '2027-04-01' })
  }, 120_000)

  it('a role is granted by the 管理者 and holds only after a 係長', async () => {
    await open(kanri, '職員と役割')
    await kanri.page.getByText('工藤 真').click()
    await kanri.page.getByRole('button', { name: '役割を与える…' }).click()
    const dialog = kanri.page.getByRole('dialog')
    await dialog.getByLabel('役割').selectOption('kansa')
    await dialog.getByLabel('わけ').fill('監査の応援')
    await dialog.getByText('監査は、別の管理者か係長が認めてから効きます。').waitFor()
    await dialog.getByRole('button', { name: '役割を与える' }).click()
    await kanri.page.locator('.drawer').getByText('二人目の確認待ち').waitFor()
    expect(await troubles(kanri, 'set-04-staff')).toEqual([])
    await open(lead, '職員と役割')
    await lead.page.getByText('工藤 真').click()
    await lead.page.getByRole('button', { name: '認める' }).click()
    await lead.page.getByText('向井 渉・佐伯 修').waitFor()
    expect(await troubles(lead, 'set-05-approved')).toEqual([])
  }, 120_000)

  it.each([
    ['不在と代理', 'set-06-deputies', '研修'],
    ['自治体の設定', 'set-07-municipality', '審査請求の相手'],
    ['開庁日の暦', 'set-08-closures', '令和8年9月21日(月) 敬老の日'],
    ['ファイルの様式', 'set-09-profiles', 'tainosha'],
  ])(
    'the screen %s is calm',
    async (title, picture, words) => {
      await open(lead, title)
      await lead.page.locator('main').getByText(words).first().waitFor()
      expect(await troubles(lead, picture)).toEqual([])
    },
    60_000,
  )

  it('a rate is typed in percent, for its year alone', async () => {
    await open(clerk)
    const { page } = clerk
    await page.getByText('延滞金特例基準割合', { exact: true }).first().click()
    await page.getByRole('heading', { level: 2, name: '延滞金特例基準割合' }).waitFor()
    await page.getByRole('region', { name: '設定の内容' }).getByText('1.8%(組込み)').first().waitFor()
    await clerk.picture('set-02a-rate-built-in')
    await page.getByRole('button', { name: '変更を出す…' }).click()
    const dialog = page.getByRole('dialog')
    const send = dialog.getByRole('button', { name: '変更を出す' })
    await dialog.getByText('0.0から7.3まで、小数第1位まで').waitFor()
    await dialog.getByLabel('施行日(この日の属する年だけ)').fill('R9.1.1')
    await dialog.getByLabel('根拠').fill('財務大臣の告示')
    await dialog.getByLabel('わけ').fill('翌年の割合')
    await dialog.getByLabel('新しい値(%)').fill('1.95')
    expect(await send.getAttribute('aria-disabled')).toBe('true')
    await dialog.getByLabel('新しい値(%)').fill('1.9')
    expect(await troubles(clerk, 'set-02b-rate')).toEqual([])
    await send.click()
    await page.getByText('の属する年の1月1日から12月31日まで').waitFor()
    expect(await troubles(clerk, 'set-02c-rate-waits')).toEqual([])
    expect(
      await pages.api.office.db.one(
        `select value, valid_from as "validFrom" from ordinance_options where name = 'entaikinRates'`,
      ),
    ).toEqual({ value: 19, validFrom: '2027-01-01' })
  }, 120_000)
})
