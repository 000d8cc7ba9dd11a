import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { plainDateOf } from '#kernel/plain-date.ts'
import { noticeGlyphs } from '#notices/glyphs.ts'
import { renderPrintFile } from '#notices/print-file.ts'
import { type Renderer, startRenderer } from '#notices/render.ts'
import { MOST_LINES, type TokusokuLine } from '#notices/tokusoku-notice.ts'
import { tokusokuView } from '#notices/tokusoku.view.ts'
import { type ReadPage, readPdf, scanCode128 } from './read-pdf.ts'
import { MATERIAL, notice, OPTIONS, SETTINGS } from './sample.ts'

const glyphs = noticeGlyphs()

/** R7 期09 with 督促手数料 100, and R8 期81 over the limit of convenience stores with 延滞金: sheet 5.2 §8 #10 and #13. */
const OLD: TokusokuLine = {
  key: { fukaYear: 2025, choteiYear: 2026, tsuchishoNo: '2500123455', period: '09' },
  dueOn: plainDateOf('2026-03-31'),
  chargedYen: 9_900n,
  receivedYen: 1_100n,
  unpaidYen: 8_800n,
  feeYen: 100n,
  entaikinYen: 0n,
  reissue: 1,
}
const HIGH: TokusokuLine = {
  key: { fukaYear: 2026, choteiYear: 2026, tsuchishoNo: '2600123455', period: '81' },
  dueOn: plainDateOf('2026-07-31'),
  chargedYen: 660_000n,
  receivedYen: 0n,
  unpaidYen: 660_000n,
  feeYen: 0n,
  entaikinYen: 1_000n,
  reissue: 1,
}
const make = (others: readonly TokusokuLine[], change: Parameters<typeof notice>[0] = {}) =>
  tokusokuView(notice({ ...change, others }), OPTIONS, SETTINGS, glyphs)

let renderer: Renderer
beforeAll(() => {
  renderer = startRenderer()
})
afterAll(() => renderer.close())

describe('督促状 of one person about three 期割', () => {
  let pages: readonly ReadPage[]
  let pageCount: number
  beforeAll(async () => {
    const { view } = make([HIGH, OLD])
    const printed = await renderPrintFile([JSON.stringify(view)], MATERIAL, renderer)
    pageCount = printed.pageCount
    pages = (await readPdf(printed.pdf)).pages
  })

  it('has a line for each, their sums, and one total', () => {
    const text = pages[0]?.text ?? ''
    for (const part of [
      '合計682,200円', // 12,300 + 661,000 + 8,900
      '被保険者番号01234562',
      '2600123455令和8年度第1期令和8年7月31日12,300012,300',
      '2600123455令和8年度随時(81)令和8年7月31日660,0000660,0001,000',
      '2500123455令和7年度令和8年度第9期令和8年3月31日9,9001,1008,800100',
      '計(円)延滞金は令和8年8月20日現在682,2001,100681,1001001,000',
      '期別ごとの納付書(この紙の下と、続く2枚)',
      '納付書の金額(681,200円)に延滞金は含まれていません',
    ])
      expect(text).toContain(part)
    expect(text).not.toContain('調定額12,300円')
  })

  it('has a slip for each 期割 at the foot of a page of its own', async () => {
    expect([pages.length, pageCount]).toEqual([3, 3])
    expect(pages.map(({ text }) => text.match(/¥[\d,]+/g))).toEqual([
      ['¥12,300', '¥12,300', '¥12,300'],
      ['¥660,000', '¥660,000', '¥660,000'],
      ['¥8,900', '¥8,900', '¥8,900'],
    ])
    expect(pages[1]?.text).toContain('発行番号2026-0042-000172枚目(全3枚)')
    expect(pages[1]?.text).toContain('コンビニエンスストアでは納付できません')
    expect(pages[2]?.text).toContain('令和7年度(調定令和8年度)第9期の納付書です')
    expect(await scanCode128(await pages[0]!.picture(16))).toEqual([
      { text: '(91)912345263926001234550126000126083100123000', isGs1: true },
    ])
    // 支払期限 260831, 印紙 0, 8,900 円, check digit
    expect((await scanCode128(await pages[2]!.picture(16))).map(({ text }) => text.slice(-14))).toEqual([
      '26083100089003',
    ])
  })

  it('names the addressee on the first page only', () => {
    expect(pages.map(({ text }) => text.includes('見本荘403号'))).toEqual([true, false, false])
  })

  it('nothing stands over another: the paragraphs end above the cut line', () => {
    const last = Math.max(...(pages[0]?.pieces ?? []).filter(({ text }) => text.includes('審査')).map(({ yMm }) => yMm))
    expect(last).toBeGreaterThan(150)
    expect(last).toBeLessThan(199)
  })
})

describe('the view', () => {
  it('of one 期割 has no part for several, whoever asks', () => {
    expect(JSON.stringify(make([]).view)).toBe(JSON.stringify(tokusokuView(notice(), OPTIONS, SETTINGS, glyphs).view))
    expect(make([]).view).not.toHaveProperty('several')
  })

  it('tells the sum of the slips', () => {
    const { slipYen, problems } = make([HIGH, OLD])
    expect({ slipYen, problems }).toEqual({ slipYen: 681_200n, problems: [] })
  })

  it(`with ${MOST_LINES} lines takes no more room than the fullest letter about one`, () => {
    const heir = { insuredName: '見本 花子', key: OLD.key }
    const fullest = tokusokuView(notice(heir), OPTIONS, SETTINGS, glyphs).view
    const six = make(
      Array.from({ length: MOST_LINES - 1 }, () => OLD),
      heir,
    ).view
    expect(six.several?.lines).toHaveLength(6)
    expect(Number(six.paragraphPoints)).toBeGreaterThanOrEqual(Number(fullest.paragraphPoints))
  })

  it('a tenth slip has no barcode, the others keep theirs', () => {
    const { several, slip } = make([{ ...OLD, reissue: 10 }]).view
    expect(slip.barcodeDigits).toHaveLength(2)
    expect(several?.pages[0]?.slip.barcodeDigits).toEqual([])
  })
})
