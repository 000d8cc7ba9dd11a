import { execFileSync } from 'node:child_process'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { noticeGlyphs } from '#notices/glyphs.ts'
import { renderPrintFile } from '#notices/print-file.ts'
import { type Renderer, startRenderer } from '#notices/render.ts'
import { tokusokuView } from '#notices/tokusoku.view.ts'
import { customerBarcode } from '#rules/numbers/customer-barcode.ts'
import { postalCodes, type ReadPage, readPdf, scanCode128, scanPostalBars } from './read-pdf.ts'
import { MATERIAL, notice, OPTIONS, SETTINGS } from './sample.ts'

const glyphs = noticeGlyphs()
const make = (...args: Parameters<typeof notice>) => tokusokuView(notice(...args), OPTIONS, SETTINGS, glyphs)
const stored = (...args: Parameters<typeof notice>): string => JSON.stringify(make(...args).view)

/** Rendering children of this process. */
const childPids = (): number[] =>
  execFileSync('ps', ['-o', 'pid=,args=', '--ppid', String(process.pid)], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line.includes('render-child'))
    .map((line) => Number.parseInt(line, 10))

let renderer: Renderer
beforeAll(() => {
  renderer = startRenderer()
})
afterAll(() => renderer.close())
const print = (...views: string[]) => renderPrintFile(views, MATERIAL, renderer)

describe('督促状 read back from its PDF', () => {
  let page: ReadPage
  let metadata: string
  beforeAll(async () => {
    const read = await readPdf((await print(stored())).pdf)
    expect(read.pages).toHaveLength(1)
    page = read.pages[0]!
    metadata = read.metadata
  })

  it('says what sheet §5 lists, 髙 and 﨑 included', () => {
    for (const part of [
      '督促状',
      '発行番号2026-0042-00017',
      '令和8年8月20日',
      '〒000-0011',
      '見本県見本市桜町二丁目30番8号',
      '見本荘403号',
      '髙﨑太郎様',
      '見本市長見本一郎',
      '被保険者番号01234562',
      '通知書番号2600123455',
      '賦課年度令和8年度',
      '期別第1期',
      '納期限令和8年7月31日',
      '調定額12,300円',
      '納付済額0円',
      '未納額12,300円',
      '合計12,300円',
      '指定期限令和8年8月31日(月)',
      '令和8年8月12日までに確認できた納付によります',
      '財産の差押え等の滞納処分',
      '年2.8パーセント、その後は年9.1パーセント',
      '3か月以内に、見本県後期高齢者医療審査会に対して審査請求',
      '見本市保険年金課後期高齢者医療係',
      '領収証書',
      '領収済通知書',
      '支払期限令和8年8月31日',
      '¥12,300',
      '再発行1',
      '(91)912345-2639260012345501260001',
      '260831-0-012300-0',
    ])
      expect(page.text).toContain(part)
  })

  it('has no line for what is nought, and no 延滞金 on the slip', () => {
    expect(page.text.match(/督促手数料/g)).toHaveLength(3) // the three parts of the slip only
    expect(page.text).not.toContain('現在')
    expect(page.text).not.toContain('調定年度')
    expect(page.text).not.toContain('被保険者氏名')
  })

  it('§8 #15: a scanner reads the 44 digits as GS1-128', async () => {
    expect(await scanCode128(await page.picture(16))).toEqual([
      { text: '(91)912345263926001234550126000126083100123000', isGs1: true },
    ])
  })

  it('the postal bars say 郵便番号 and 住所表示番号', async () => {
    const name = page.pieces.find((piece) => piece.text.includes('様'))!
    const bars = scanPostalBars(await page.picture(16), name.yMm + 1.5, name.yMm + 9, 15, 112)
    const codes = postalCodes(bars)
    expect(codes.join(' ')).toBe('0 0 0 0 0 1 1 2 - 3 0 - 8 - 4 0 3 CC4 CC4 CC4 1')
    expect(codes).toEqual(customerBarcode('0000011', '桜町二丁目30番8号 見本荘403号'))
  })

  it('only the addressee, the address and the bars stand in the window', () => {
    const { leftMm, topMm, widthMm, heightMm } = SETTINGS.window
    const seen = page.pieces.filter(
      (piece) => piece.xMm < leftMm + widthMm + 5 && piece.yMm > topMm - 8 && piece.yMm < topMm + heightMm + 2,
    )
    expect(seen.map((piece) => piece.text.replaceAll(/\s/g, ''))).toEqual([
      '〒000-0011',
      '見本県見本市桜町二丁目30番8号',
      '見本荘403号',
      '髙﨑太郎様',
    ])
  })

  it('is PDF/A-2b and names nobody in its metadata', () => {
    expect(metadata).toMatch(/pdfaid:part>2</)
    expect(metadata).toMatch(/pdfaid:conformance>B</)
    expect(metadata).toContain('督促状')
    expect(metadata).not.toMatch(/髙|01234562|2600123455/)
  })

  it('nothing is printed over the slip or off the sheet', () => {
    const slipTop = page.pieces.find((piece) => piece.text.startsWith('領収証書'))!.yMm
    const appeal = page.pieces.findLast((piece) => piece.text.includes('審査請求'))!.yMm
    expect(appeal).toBeLessThan(slipTop - 5)
    for (const piece of page.pieces) {
      expect(piece.xMm).toBeGreaterThan(5)
      expect(piece.xMm).toBeLessThan(205)
      expect(piece.yMm).toBeLessThan(292)
    }
  })
})

describe('the full letter', () => {
  it('shows 手数料, 延滞金 as of the day of issue, 相続人代表者 and both 年度', async () => {
    const view = stored({
      key: { fukaYear: 2025, choteiYear: 2026, tsuchishoNo: '2600456780', period: '81' },
      chargedYen: 98_900n,
      receivedYen: 10_000n,
      unpaidYen: 88_900n,
      feeYen: 100n,
      entaikinYen: 6_500n,
      addressee: { ...notice().addressee, kind: '相続人代表', name: '見本 花子' },
    })
    const { pages } = await readPdf((await print(view)).pdf)
    for (const part of [
      '相続人代表者見本花子様',
      '被保険者氏名髙﨑太郎',
      '調定年度令和8年度',
      '期別随時(81)',
      '督促手数料100円',
      '延滞金令和8年8月20日現在6,500円',
      '合計95,500円',
      '¥89,000',
      '納付書の金額(89,000円)に延滞金は含まれていません',
      '令和7年度(調定令和8年度)',
    ])
      expect(pages[0]?.text).toContain(part)
  })

  it('§8 #16: 300,000 円 scans, 300,001 円 has no barcode and says so', async () => {
    const key = { ...notice().key, tsuchishoNo: '2600456780', period: '81' }
    const { pages } = await readPdf(
      (
        await print(
          stored({ key, chargedYen: 300_000n, unpaidYen: 300_000n }),
          stored({ key, chargedYen: 300_001n, unpaidYen: 300_001n }),
        )
      ).pdf,
    )
    expect(await scanCode128(await pages[0]!.picture(16))).toEqual([
      { text: '(91)912345263926004567808126000126083103000009', isGs1: true },
    ])
    expect(pages[0]?.text).not.toContain('コンビニエンスストアでは納付できません')
    expect(await scanCode128(await pages[1]!.picture(16))).toEqual([])
    expect(pages[1]?.text).toContain('コンビニエンスストアでは納付できません')
    expect(pages[1]?.text).not.toContain('窓口、コンビニエンスストア')
  })

  it('a name full of markup is printed as it is', async () => {
    const name = '#eval("1")*太*[一]_郎_$x$\\"'
    const { pages } = await readPdf(
      (await print(stored({ insuredName: name, addressee: { ...notice().addressee, name } }))).pdf,
    )
    expect(pages[0]?.text).toContain(`${name}様`)
  })
})

describe('print files', () => {
  it('hold one letter a page in the given order, byte for byte equal when made again', async () => {
    const views = Array.from({ length: 12 }, (_, index) =>
      stored({ noticeNo: `T-${index + 1}`, unpaidYen: BigInt(1_000 * (index + 1)) }),
    )
    const [first, again] = await Promise.all([print(...views), print(...views)])
    expect(first.pageCount).toBe(12)
    expect(first.pdf.equals(again.pdf)).toBe(true)
    const { pages } = await readPdf(first.pdf)
    expect(pages.map((page) => /発行番号(T-\d+)令/.exec(page.text)?.[1])).toEqual(
      views.map((_, index) => `T-${index + 1}`),
    )
    expect((await scanCode128(await pages[11]!.picture(16)))[0]?.text).toContain('0012000')
  })

  it('another view gives other bytes', async () => {
    const [a, b] = await Promise.all([print(stored()), print(stored({ noticeNo: 'T-2' }))])
    expect(a.pdf.equals(b.pdf)).toBe(false)
  })

  it('refuses none, more than 500, a 公印 that is not registered, and a view of another shape', async () => {
    await expect(print()).rejects.toThrow(RangeError)
    await expect(print(...Array.from({ length: 501 }, () => stored()))).rejects.toThrow(RangeError)
    await expect(renderPrintFile([stored()], { seals: [] }, renderer)).rejects.toMatchObject({ code: 'NOTE-004' })
    const { window: _, ...older } = make().view
    await expect(print(JSON.stringify(older))).rejects.toMatchObject({ code: 'NOTE-005' })
  })
})

describe('the rendering children', () => {
  it('a template that cannot be made is told, and the child goes on', async () => {
    const own = startRenderer({ processes: 1 })
    const { view } = make()
    const broken = { ...view, window: { ...view.window, leftMm: 'left' } }
    await expect(own.render({ kind: 'tokusoku', views: [broken], assets: [] })).rejects.toThrow(/does not compile/)
    const fine = { ...view, issuer: { ...view.issuer, seal: '' } }
    expect((await own.render({ kind: 'tokusoku', views: [fine], assets: [] })).subarray(0, 5).toString()).toBe('%PDF-')
    await own.close()
  })

  it('a child killed in the middle of a job is NOTE-002, and the next job gets a new one', async () => {
    const before = childPids()
    const own = startRenderer({ processes: 1 })
    const { view } = make()
    const plain = { ...view, issuer: { ...view.issuer, seal: '' } }
    const long = own.render({ kind: 'tokusoku', views: Array.from({ length: 100 }, () => plain), assets: [] })
    const settled = Promise.allSettled([long])
    const [pid] = childPids().filter((one) => !before.includes(one))
    process.kill(pid!, 'SIGKILL')
    expect(await settled).toMatchObject([{ status: 'rejected', reason: { code: 'NOTE-002' } }])
    expect((await own.render({ kind: 'tokusoku', views: [plain], assets: [] })).length).toBeGreaterThan(1000)
    await own.close()
    expect(childPids()).toEqual(before)
  })

  it('close ends the children and fails what waits', async () => {
    const own = startRenderer({ processes: 1 })
    const { view } = make()
    const jobs = [1, 2].map(() => own.render({ kind: 'tokusoku', views: [view], assets: [] }))
    const settled = Promise.allSettled(jobs)
    await own.close()
    for (const one of await settled) expect(one).toMatchObject({ status: 'rejected', reason: { code: 'NOTE-002' } })
    await expect(own.render({ kind: 'tokusoku', views: [view], assets: [] })).rejects.toMatchObject({
      code: 'NOTE-002',
    })
  })
})
