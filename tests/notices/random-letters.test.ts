import bwip from 'bwip-js/node'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parsePlainDate } from '#kernel/plain-date.ts'
import { customerBars } from '#notices/barcodes.ts'
import { noticeGlyphs } from '#notices/glyphs.ts'
import { renderPrintFile } from '#notices/print-file.ts'
import { type Renderer, startRenderer } from '#notices/render.ts'
import type { TokusokuNotice } from '#notices/tokusoku-notice.ts'
import { type MadeTokusoku, tokusokuView } from '#notices/tokusoku.view.ts'
import { convenienceBarcode } from '#rules/numbers/convenience-barcode.ts'
import { customerBarcode } from '#rules/numbers/customer-barcode.ts'
import { checkDigit21 } from '#rules/numbers/modulus10.ts'
import { type Picture, postalCodes, type ReadPage, readPdf, scanCode128, scanPostalBars } from './read-pdf.ts'
import { MATERIAL, notice, OPTIONS, SETTINGS } from './sample.ts'

/** Letters of one print file, each with addressee, amount and numbers of its own. */
const LETTERS = 30
const SEED = 20260820
const glyphs = noticeGlyphs()

const pick = <T>(...values: readonly T[]) => fc.constantFrom(...values)
const text = (unit: string, min: number, max: number) =>
  fc.array(pick(...unit), { minLength: min, maxLength: max }).map((chars) => chars.join(''))
const addressee = fc.record({
  kind: pick('本人', '代理', '相続人代表'),
  name: fc
    .tuple(text('髙﨑濵邉栁齋藤渡邊桜', 1, 5), text('太郎花子一二三ヶ惠', 1, 6))
    .map(([family, given]) => `${family} ${given}`),
  bornOn: fc.constant(null),
  postalCode: fc.integer({ min: 1, max: 9_999_999 }).map((one) => String(one).padStart(7, '0')),
  address: fc
    .tuple(
      text('桜緑栄旭本町野川谷', 2, 9),
      fc.integer({ min: 1, max: 99 }),
      fc.integer({ min: 1, max: 999 }),
      pick('番地', '番', '-'),
    )
    .map(([town, a, b, between]) => `見本県見本市${town}${a}丁目${b}${between}${a}号`),
  building: fc.oneof(
    fc.constant(''),
    fc
      .tuple(text('見本荘緑館ーハイツ', 2, 12), fc.integer({ min: 1, max: 1999 }))
      .map(([name, room]) => `${name} ${room}号室`),
  ),
  source: fc.constant('宛名' as const),
}) satisfies fc.Arbitrary<TokusokuNotice['addressee']>
const letter = fc
  .record({
    addressee,
    yen: fc.bigInt({ min: 1n, max: 300_000n }),
    feeYen: pick(0n, 100n),
    number: fc.integer({ min: 0, max: 999_999_999 }).map((one) => String(one).padStart(9, '0')),
    fukaYear: fc.integer({ min: 2008, max: 2040 }),
    period: fc.integer({ min: 1, max: 99 }).map((one) => String(one).padStart(2, '0')),
    reissue: fc.integer({ min: 0, max: 9 }),
    day: fc.integer({ min: 1, max: 28 }).map((one) => `2026-09-${String(one).padStart(2, '0')}`),
  })
  .map(({ addressee: to, yen, number, fukaYear, period, day, ...rest }) =>
    notice({
      ...rest,
      addressee: to,
      insuredName: to.name,
      key: { fukaYear, choteiYear: fukaYear, tsuchishoNo: `${number}${checkDigit21(number)}`, period },
      chargedYen: yen,
      unpaidYen: yen - rest.feeYen > 0n ? yen - rest.feeYen : yen,
      run: { ...notice().run, designatedOn: parsePlainDate(day) ?? notice().run.designatedOn },
    }),
  )

let renderer: Renderer
let letters: { notice: TokusokuNotice; made: MadeTokusoku; page: ReadPage }[]
beforeAll(async () => {
  renderer = startRenderer({ processes: 1 })
  const all = fc.sample(letter, { seed: SEED, numRuns: LETTERS })
  const made = all.map((one) => tokusokuView(one, OPTIONS, SETTINGS, glyphs))
  expect(made.flatMap(({ problems }) => problems)).toEqual([])
  const { pdf } = await renderPrintFile(
    made.map(({ view }) => JSON.stringify(view)),
    MATERIAL,
    renderer,
  )
  const { pages } = await readPdf(pdf)
  letters = all.map((one, index) => ({ notice: one, made: made[index]!, page: pages[index]! }))
}, 120_000)
afterAll(() => renderer.close())

describe('letters of chance', { timeout: 120_000 }, () => {
  it('a scanner reads the 44 digits of each slip out of its picture', async () => {
    for (const { notice: one, made, page } of letters) {
      const expected = convenienceBarcode({
        companyCode: '912345',
        ...one.key,
        reissue: one.reissue,
        payBy: one.run.designatedOn,
        yen: made.slipYen,
      })
      if (expected.kind !== 'barcode') throw new Error('no barcode')
      const picture = await page.picture(16, { leftMm: 122, topMm: 255, widthMm: 64, heightMm: 25 })
      expect(await scanCode128(picture)).toEqual([{ text: `(91)${expected.digits.slice(2)}`, isGs1: true }])
      // the digits a cashier types are the same
      expect(made.view.slip.barcodeDigits.join('').replaceAll(/\D/g, '')).toBe(expected.digits)
    }
  })

  it('the postal bars of each, measured from the ink, are 郵便番号 and 住所表示番号 with a right check digit', async () => {
    const { leftMm, topMm, widthMm, heightMm } = SETTINGS.window
    for (const { notice: one, page } of letters) {
      const name = page.pieces.findLast((piece) => piece.text.includes('様'))!
      const picture = await page.picture(12, { leftMm, topMm, widthMm, heightMm })
      const { postalCode, address, building } = one.addressee
      if (postalCode.endsWith('00')) continue // 代表郵便番号: no bars
      const from = name.yMm - topMm
      const codes = postalCodes(scanPostalBars(picture, from + 1.5, from + 8, 0, widthMm - 0.5))
      expect(codes.slice(0, 7).join('')).toBe(postalCode)
      expect(codes).toEqual(customerBarcode(postalCode, `${address} ${building}`))
      const values = codes.map((code) =>
        code === '-' ? 10 : code.startsWith('CC') ? 10 + Number(code[2]) : Number(code),
      )
      expect(values.reduce((sum, value) => sum + value, 0) % 19).toBe(0)
    }
  })

  it('the window shows addressee, address and bars and nothing else, however the sheet has slid', async () => {
    const { leftMm, topMm, widthMm, heightMm, playXMm = 0, playYMm = 0 } = SETTINGS.window
    const seen = {
      leftMm: leftMm - 2 * playXMm,
      topMm: topMm - 2 * playYMm,
      widthMm: widthMm + 4 * playXMm,
      heightMm: heightMm + 4 * playYMm,
    }
    for (const { notice: one, made, page } of letters) {
      const ink = inkOf(await page.picture(6, seen))
      // nothing outside the field: the whole ink of what may show lies in it
      expect(seen.leftMm + ink.left).toBeGreaterThanOrEqual(leftMm)
      expect(seen.leftMm + ink.right).toBeLessThanOrEqual(leftMm + widthMm + 0.2)
      expect(seen.topMm + ink.top).toBeGreaterThanOrEqual(topMm)
      expect(seen.topMm + ink.bottom).toBeLessThanOrEqual(topMm + heightMm)
      const texts = page.pieces
        .filter(({ xMm, yMm }) => xMm < seen.leftMm + seen.widthMm && yMm < seen.topMm + seen.heightMm)
        .map((piece) => piece.text.replaceAll(/\s/g, ''))
      const { window } = made.view
      const written = [window.postalCode, ...window.addressLines, window.capacity, ...window.nameLines]
      expect(texts.join('')).toBe(written.join('').replaceAll(/\s/g, ''))
      expect(window.addressLines.join('').replaceAll(/\s/g, '')).toBe(
        `${one.addressee.address}${one.addressee.building}`.replaceAll(/\s/g, ''),
      )
    }
  })

  it('the texts of a letter come out whole, 氏名 in its own code points, in reading order', () => {
    for (const { notice: one, page } of letters) {
      const name = one.insuredName.replaceAll(/\s/g, '')
      expect(page.text.split(name)).toHaveLength(5) // the window and the three parts of the slip
      const order = [
        '〒',
        '様',
        '発行番号',
        '問合せ先',
        '督促状',
        '指定期限',
        '被保険者番号',
        '未納額',
        '納付場所',
        '審査請求',
        '領収証書',
        '納付書',
        '領収済通知書',
      ]
      let from = 0
      for (const word of order) {
        const at = page.text.indexOf(word, from)
        expect(at, word).toBeGreaterThanOrEqual(from)
        from = at + word.length
      }
    }
  })
})

describe('カスタマバーコード', () => {
  it('has the bars of an independent encoder for any 住所表示番号', () => {
    // digits and hyphens, and letters as the manual splits them
    const part = fc.integer({ min: 1, max: 1999 }).map(String)
    const number = fc
      .tuple(fc.array(part, { minLength: 1, maxLength: 4 }), pick('', 'A', 'B', 'K', 'Z'))
      .map(([parts, end]) => parts.join('-') + end)
      .filter((one) => one.length + (/[A-Z]$/.test(one) ? 1 : 0) <= 13) // the encoder cuts nothing off
    const postal = fc.integer({ min: 1, max: 9_999_999 }).map((one) => String(one).padStart(7, '0'))
    fc.assert(
      fc.property(
        postal.filter((one) => !one.endsWith('00')),
        number,
        (code, address) => {
          const ours = customerBars(customerBarcode(code, address) ?? [])
          const codes = postalCodes(ours)
          // where the check digit is 0 the encoder draws three bars that no table has
          if (codes.at(-1) === '0') return
          const [drawn] = bwip.raw({ bcid: 'japanpost', text: code + address })
          if (!drawn || !('bhs' in drawn)) throw new Error('no bars')
          const tallest = Math.max(...drawn.bhs)
          const theirs = drawn.bhs.map((height, index) => {
            const base = drawn.bbs[index] ?? 0
            const isUp = base + height > tallest * 0.9
            const isDown = base < tallest * 0.1
            return isUp && isDown ? '1' : isUp ? '2' : isDown ? '3' : '4'
          })
          expect(ours).toBe(theirs.join(''))
        },
      ),
      { numRuns: 300, seed: SEED },
    )
  })
})

/** The box around all ink of a picture, in mm from its top left corner. */
function inkOf({ data, width, height, dotsPerMm }: Picture) {
  const box = { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity }
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      if ((data[(y * width + x) * 4] ?? 255) > 200) continue
      box.left = Math.min(box.left, x)
      box.right = Math.max(box.right, x)
      box.top = Math.min(box.top, y)
      box.bottom = Math.max(box.bottom, y)
    }
  return {
    left: box.left / dotsPerMm,
    right: box.right / dotsPerMm,
    top: box.top / dotsPerMm,
    bottom: box.bottom / dotsPerMm,
  }
}
