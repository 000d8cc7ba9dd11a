import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { completeList } from '#tests/support/by-api.ts'
import { PDF, PNG } from '#tests/support/files.ts'
import { twoAt002 } from '#tests/support/two-at-002.ts'
import { sitDown, type Desk } from './support/desk.ts'
import { openPages, type Pages } from './support/pages.ts'

// Source: ux.md points 1 and 16; decision record 0085. Person 2 is under 抑止.

const NAME = '領収書 髙﨑_R8.8.14.pdf'

let pages: Pages
let clerk: Desk
let lead: Desk
let taskId: string
let runId: string

describe('添付 on the screen of a task', () => {
  beforeAll(async () => {
    pages = await openPages()
    ;({ runId, taskId } = await twoAt002(pages.api, { isGuarded: true }))
    clerk = await sitDown(pages.browser, pages.url, 'tantou')
    lead = await sitDown(pages.browser, pages.url, 'kakaricho')
  }, 240_000)
  afterAll(() => pages?.close())

  const openTab = async ({ page }: Desk): Promise<void> => {
    await page.goto(`/tasks/${taskId}`)
    await page.getByRole('tab', { name: /^添付/ }).click()
  }
  const onRow = async ({ page, press }: Desk, insuredNo: string): Promise<void> => {
    await page.getByText(insuredNo).first().waitFor()
    await page.locator('[role=grid]').focus()
    await press('Home')
    if (!(await page.locator('tr.is-focus').textContent())?.includes(insuredNo)) await press('ArrowDown')
  }
  const give = async ({ page }: Desk, name: string, bytes: Buffer): Promise<void> => {
    await page.locator('input[type=file]').setInputFiles({ name, mimeType: 'application/octet-stream', buffer: bytes })
    await page.getByRole('button', { name: '添付する' }).click()
  }

  it('given a file about the person of a row, then it is listed and saved with its name, which is in no address', async () => {
    const { page } = clerk
    await openTab(clerk)
    await page.getByText('添付はありません。').waitFor()
    await onRow(clerk, '00000001')
    await page.getByLabel('だれについて').selectOption({ index: 1 })
    await give(clerk, NAME, PDF)
    await page.getByRole('tab', { name: '添付 1' }).waitFor()
    await page.getByText('00000001 見本 1郎 について').waitFor()
    await clerk.picture('attachments-01-listed')
    expect(await clerk.violations()).toEqual([])
    const saving = page.waitForEvent('download')
    await page.getByRole('link', { name: `${NAME} を保存する` }).click()
    const saved = await saving
    expect(saved.suggestedFilename()).toBe(NAME)
    expect(readFileSync(await saved.path())).toEqual(PDF)
    expect(decodeURIComponent(saved.url())).not.toContain('領収書')
  })

  it('given a program that calls itself a PDF, then it is refused in words and nothing is added', async () => {
    const { page } = clerk
    await give(clerk, 'invoice.pdf', Buffer.from('4d5a9000', 'hex'))
    await page.getByText('この中身のファイルは添付できません。').waitFor()
    await clerk.picture('attachments-02-refused')
    expect(await page.getByRole('tab', { name: '添付 1' }).count()).toBe(1)
  })

  it('given a file about a protected person, then it is masked for the 担当 and a 係長 saves it with a reason', async () => {
    await onRow(clerk, '00000002')
    await clerk.page.getByLabel('だれについて').selectOption({ index: 1 })
    await give(clerk, '地図 秘密町.png', PNG)
    await clerk.page.getByText('00000002 見本 2郎 について').waitFor()
    expect(await clerk.page.getByText('秘密町').count()).toBe(0)
    await openTab(lead)
    await lead.page.getByText('00000002 見本 2郎 について').waitFor()
    await lead.page.getByRole('button', { name: /^理由を書いて開く…/ }).click()
    await lead.page.getByLabel('開く理由').fill('居所調査の担当から照会があった')
    await lead.picture('attachments-03-reason')
    const saving = lead.page.waitForEvent('download')
    await lead.page.getByRole('button', { name: '開く', exact: true }).click()
    const saved = await saving
    expect(saved.suggestedFilename()).toBe('地図 秘密町.png')
    expect(readFileSync(await saved.path())).toEqual(PNG)
    expect(lead.receivedWith(['秘密町'])).toEqual([])
  })

  it('given a wrong paper, then a 係長 withdraws it with a reason, and the 担当 sees that at once', async () => {
    await lead.page
      .getByRole('button', { name: `取り下げる… ${NAME}` })
      .and(lead.page.locator('button'))
      .click()
    await lead.page.getByLabel('取り下げる理由').fill('別の人の領収書でした')
    await lead.page.getByRole('button', { name: '取り下げる', exact: true }).click()
    await lead.page.getByText('別の人の領収書でした').waitFor()
    await clerk.page.getByText('別の人の領収書でした').waitFor()
    expect(await clerk.page.getByRole('link', { name: `${NAME} を保存する` }).count()).toBe(0)
    await clerk.picture('attachments-04-withdrawn')
    expect(await clerk.violations()).toEqual([])
  })

  it('given a file that is chosen, when somebody ends the task, then it stays and the form says that it was not attached', async () => {
    const { page } = clerk
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: '申出書.pdf', mimeType: 'application/pdf', buffer: PDF })
    await page.getByText('申出書.pdf').waitFor()
    await completeList(pages.api, taskId)
    await page.getByText('この作業は終わりました。選んだファイルは添付していません。').waitFor()
    expect(await page.getByText('申出書.pdf').count()).toBeGreaterThan(0)
    expect(await page.getByRole('button', { name: '添付する' }).getAttribute('aria-disabled')).toBe('true')
    await clerk.picture('attachments-04b-ended')
    expect(await clerk.violations()).toEqual([])
  })

  it('given the run, then its screen lists them too', async () => {
    const { page } = lead
    await page.goto(`/runs/${runId}`)
    await page.getByRole('tab', { name: '添付' }).click()
    await page.getByText('00000001 見本 1郎 について').waitFor()
    await lead.picture('attachments-05-run')
    expect(await lead.violations()).toEqual([])
    expect([clerk.complaints.filter((one) => !one.includes('422')), lead.complaints]).toEqual([[], []])
    expect([...clerk.addresses, ...lead.addresses].filter((one) => decodeURIComponent(one).includes('領収書'))).toEqual(
      [],
    )
  })
})
