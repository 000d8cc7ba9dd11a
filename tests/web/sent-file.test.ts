import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { act, okOn } from '#tests/support/by-api.ts'
import { STEP } from '#tests/support/tokusoku-office.ts'
import { readPdf } from '../notices/read-pdf.ts'
import { sitDown, type Desk } from './support/desk.ts'
import { openPages, type Pages } from './support/pages.ts'
import { releasedLetters } from './support/released-letters.ts'

// Source: sheet 5.2 §6. Three people owe 12,300 円 each; their letters have been released.
let pages: Pages
let clerk: Desk
let runId: string
let taskId: string
let file: { readonly id: string; readonly name: string; readonly sha256: string }

beforeAll(async () => {
  pages = await openPages()
  const { office } = pages.api
  const released = await releasedLetters(pages.api)
  const { bench } = released
  runId = released.runId
  await bench.run(runId, STEP['005'])
  taskId = await bench.open(runId, STEP['006'])
  file = await office.db.one<typeof file>(`select id, name, sha256 from files where run_id = $1`, [runId])
  clerk = await sitDown(pages.browser, pages.url, 'tantou')
}, 240_000)
afterAll(() => pages?.close())

describe('the file for the 広域連合', () => {
  it('is shown on 006: name, 版, 件数, 金額 and SHA-256, with the way to the file', async () => {
    const { page } = clerk
    await page.goto(`/tasks/${taskId}`)
    const shown = page.getByRole('region', { name: '送付ファイル' })
    await shown.getByText(file.sha256).waitFor()
    expect((await shown.textContent())?.replaceAll(/\s+/g, ' ')).toBe(
      `送付ファイル${file.name}第1版基準日 令和8年8月14日3行36,900円送付票を印刷するSHA-256 ${file.sha256}`,
    )
    await clerk.picture('sent-01-on-006')
    expect(await clerk.violations()).toEqual([])
    await shown.getByRole('link', { name: file.name }).click()
    await page.getByRole('heading', { level: 1, name: file.name }).waitFor()
    await page.goBack()
  })

  it('has a 送付票 with the same SHA-256 to print, which is a record', async () => {
    const { page } = clerk
    await page.getByRole('link', { name: '送付票を印刷する' }).click()
    const paper = page.getByRole('region', { name: '送付票' })
    await paper.getByText(file.name).waitFor()
    const text = (await paper.textContent()) ?? ''
    expect(text.replaceAll(' ', '')).toContain(file.sha256)
    for (const part of ['3件', '36,900円', '滞納者情報 第1版', 'R8-52-0001', 'みほん市', '三枝 みのり'])
      expect(text).toContain(part)
    await clerk.picture('sent-02-sheet')
    expect(await clerk.violations()).toEqual([])
    const { pages: sheets } = await readPdf(await page.pdf({ preferCSSPageSize: true }))
    expect(sheets.map((one) => one.text.replaceAll(/\s/g, '').includes(file.sha256))).toEqual([true])
    const events = await pages.api.office.db.rows<{ actor: string; payload: string }>(
      `select actor, payload from audit_events where kind = 'output' and run_id = $1 and subject_id = $2`,
      [runId, file.id],
    )
    expect(events.map(({ actor, payload }) => [actor, (JSON.parse(payload) as { payload: object }).payload])).toEqual([
      ['tantou', { what: '送付票', count: 1 }],
    ])
    expect(clerk.complaints).toEqual([])
  })

  it('says on its 送付票 how it was sent and under which 受付番号, once 006 has recorded it', async () => {
    const { page } = clerk
    const sheet = page.getByRole('region', { name: '送付票' })
    expect(await sheet.textContent()).toContain('□ 連携サーバ □ LGWAN □ 媒体')
    await act(pages.api, 'tantou', `/api/tasks/${taskId}/claim`)
    const sent = { sentOn: '2026-08-14', sentBy: '2', receiptNo: 'K-2026-0814' }
    await act(pages.api, 'tantou', `/api/tasks/${taskId}/complete`, { ...(await okOn(pages.api, taskId)), ...sent })
    await page.reload()
    await sheet.getByText('K-2026-0814').waitFor()
    expect(await sheet.textContent()).toContain('□ 連携サーバ ■ LGWAN □ 媒体')
    await clerk.picture('sent-03-sheet-sent')
  })

  it('has none for 監査, nor for a file that is not of the run', async () => {
    const sheet = (login: 'kansa' | 'tantou', fileId: string) =>
      pages.api.call(login, 'POST', `/api/runs/${runId}/files/${fileId}/sheet`)
    expect((await sheet('kansa', file.id)).statusCode).toBe(403)
    const received = await pages.api.office.db.one<{ id: string }>(`select id from files where kind = 'atena'`)
    expect((await sheet('tantou', received.id)).json()).toMatchObject({ status: 404, code: 'REQ-002' })
    const elsewhere = `/api/runs/00000000-0000-4000-8000-000000000000/files/${file.id}/sheet`
    expect((await pages.api.call('tantou', 'POST', elsewhere)).json()).toMatchObject({ code: 'RUN-001' })
  })
})
