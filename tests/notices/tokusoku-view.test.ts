import { Value } from 'typebox/value'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { plainDateOf } from '#kernel/plain-date.ts'
import { noticeGlyphs } from '#notices/glyphs.ts'
import { NoticeSettings } from '#notices/municipality.ts'
import { TokusokuView } from '#notices/tokusoku.schema.ts'
import type { TokusokuNotice } from '#notices/tokusoku-notice.ts'
import { textsOf, tokusokuView } from '#notices/tokusoku.view.ts'
import { rateOfBase } from '#rules/entaikin/rates.ts'
import { constant } from '#rules/options.ts'
import type { TokusokuOptions } from '#rules/tokusoku/options.ts'
import { notice, OPTIONS, SETTINGS } from './sample.ts'

const glyphs = noticeGlyphs()
const make = (
  change: Partial<TokusokuNotice> = {},
  options: Partial<TokusokuOptions> = {},
  settings: Partial<NoticeSettings> = {},
) => tokusokuView(notice(change), { ...OPTIONS, ...options }, { ...SETTINGS, ...settings }, glyphs)
const valueOf = (lines: readonly { label: string; value: string }[], label: string): string | undefined =>
  lines.find((line) => line.label === label)?.value
const paragraph = (made: ReturnType<typeof make>, heading: string): string =>
  made.view.paragraphs.find((one) => one.heading === heading)?.text ?? ''

describe('the view of a 督促状', () => {
  it('is strings only, in the shape of its schema', () => {
    expect(Value.Check(NoticeSettings, SETTINGS)).toBe(true)
    expect(Value.Check(TokusokuView, make().view)).toBe(true)
    expect(Value.Check(TokusokuView, { ...make().view, more: '' })).toBe(false)
  })

  it('equal facts give equal text', () => {
    expect(JSON.stringify(make().view)).toBe(JSON.stringify(make().view))
  })

  it('§8 #12: slip 6,300, letter 7,300 with 延滞金, and a word about the difference', () => {
    const made = make({
      dueOn: plainDateOf('2024-07-31'),
      chargedYen: 7_200n,
      receivedYen: 1_000n,
      unpaidYen: 6_200n,
      feeYen: 100n,
      entaikinYen: 1_000n,
    })
    expect(made.slipYen).toBe(6_300n)
    expect(made.view.slip).toMatchObject({ premium: '6,200', fee: '100', entaikin: '', total: '¥6,300' })
    expect(made.view.total.value).toBe('7,300円')
    expect(made.view.amounts.map((line) => line.label)).toEqual([
      '調定額',
      '納付済額',
      '未納額',
      '督促手数料',
      '延滞金',
    ])
    expect(made.view.amounts.at(-1)).toMatchObject({ note: '令和8年8月20日現在', value: '1,000円' })
    expect(paragraph(made, '延滞金')).toContain('納付書の金額(6,300円)に延滞金は含まれていません')
  })

  it('slipIncludesEntaikin puts 延滞金 into slip and barcode', () => {
    const made = make({ entaikinYen: 1_000n }, { slipIncludesEntaikin: true })
    expect(made.slipYen).toBe(13_300n)
    expect(made.view.slip).toMatchObject({ entaikin: '1,000', total: '¥13,300' })
    expect(made.view.slip.barcodeDigits[1]).toMatch(/^260831-0-013300-\d$/)
    expect(paragraph(made, '延滞金')).not.toContain('含まれていません')
  })

  it('slipDeadline none is 期限なし and 999999', () => {
    const { slip } = make({}, { slipDeadline: 'none' }).view
    expect(slip.payBy).toBe('期限なし')
    expect(slip.barcodeDigits[1]).toMatch(/^999999-0-012300-\d$/)
  })

  it('lowMonths is said in the text, the rates are those of the year of issue', () => {
    expect(paragraph(make({}, { lowMonths: constant(3) }), '延滞金')).toContain(
      '3か月を経過する日までは年2.8パーセント',
    )
    const run = { ...notice().run, issueOn: plainDateOf('2025-08-20') }
    expect(paragraph(make({ run }), '延滞金')).toContain('年2.4パーセント、その後は年8.7パーセント(令和7年の割合)')
    const unknown = { ...notice().run, issueOn: plainDateOf('2027-01-14') }
    expect(paragraph(make({ run: unknown }), '延滞金')).toContain('条例で定める割合')
    const entaikinRates = [...OPTIONS.entaikinRates, rateOfBase(2027, 19n)]
    expect(paragraph(make({ run: unknown }, { entaikinRates }), '延滞金')).toContain(
      '年2.9パーセント、その後は年9.2パーセント',
    )
  })

  it('without a company code no slip has a barcode and no text names the stores as a place to pay', () => {
    const made = make({}, {}, { companyCode: null })
    expect(made.view.slip).toMatchObject({
      barcode: '',
      barcodeDigits: [],
      barcodeNote: 'コンビニエンスストアでは納付できません',
    })
    expect(paragraph(made, '納付場所')).not.toContain('コンビニエンスストア')
  })

  it('公印 or the words that it is left out', () => {
    expect(make().view.issuer).toMatchObject({ seal: expect.stringMatching(/^seal-[0-9a-f]{16}\.svg$/), sealNote: '' })
    expect(make({}, {}, { seal: null }).view.issuer).toMatchObject({ seal: '', sealNote: '(公印省略)' })
  })

  it('MPN numbers and the OCR line by configuration', () => {
    expect(make().view.slip).toMatchObject({ mpn: [], ocr: '' })
    const made = make(
      { mpn: { paymentNo: '00000000000000012345', confirmNo: '678901' } },
      {},
      {
        mpn: { agency: '12345', division: '001' },
        ocrTemplate: '{companyCode}{tsuchishoNo}{period}{yen:10} {check21}',
      },
    )
    expect(valueOf(made.view.slip.mpn, '収納機関番号')).toBe('12345')
    expect(valueOf(made.view.slip.mpn, '確認番号')).toBe('678901')
    expect(made.view.slip.ocr).toMatch(/^9123452600123455010000012300 \d$/)
  })

  it('no postal bars for a 代表郵便番号', () => {
    expect(make({ addressee: { ...notice().addressee, postalCode: '0000000' } }).view.window.bars).toBe('')
  })

  it.each([
    ['a short name', '髙﨑 太郎', '8.5', '10'],
    ['one line, smaller', 'アレクサンドリア クリスティーナ', '6.5', '9'],
    ['two lines on slip and table', 'アレクサンドリア クリスティーナ マリア フェルナンデス', '5.5', '7'],
  ])('%s is set so that it stays in its cell', (_, insuredName, onSlip, inTable) => {
    const { slip, facts } = make({ insuredName, addressee: { ...notice().addressee, name: '見本' } }).view
    expect([slip.namePoints, facts[0]?.points]).toEqual([onSlip, inTable])
  })
})

describe('発行不能', () => {
  const addressee = notice().addressee
  it.each([
    ['Chinese simplified', '见本 太郎', '见(U+89C1)'],
    ['a selector for a form the font does not have', '葛\u{E0100}城', '葛\u{E0100}(U+845B U+E0100)'],
    ['a private-use character', '\u{E000}田', '\u{E000}(U+E000)'],
    ['つちよし, which the fonts do not have', '𠮷田 太郎', '𠮷(U+20BB7)'],
    ['a tab', '見本\t太郎', '\t(U+0009)'],
  ])('U03 %s', (_, insuredName, detail) => {
    expect(make({ insuredName }).problems).toEqual([{ code: 'U03', detail }])
  })

  it('the characters that older systems lose are all there', () => {
    expect(make({ insuredName: '髙﨑濵邉栁德①㈱㋿ヷ' }).problems).toEqual([])
  })

  it.each([
    ['an address of three lines', { address: '見本県見本市'.repeat(11) }],
    ['方書 of three lines', { building: '見本ガーデンハイツ'.repeat(8) }],
    ['a name of three lines', { name: '見本寿限無'.repeat(9) }],
    ['a name that cannot be broken', { name: '1234567890'.repeat(5) }],
  ])('U07 %s', (_, change) => {
    expect(make({ addressee: { ...addressee, ...change } }).problems).toMatchObject([{ code: 'U07' }])
  })

  it('U07 when all the lines together are higher than the window', () => {
    const small = { ...SETTINGS.window, heightMm: 30 }
    const long = {
      ...addressee,
      address: '見本県見本市桜町大字見本字見本二丁目30番8号見本台団地',
      kind: '相続人代表' as const,
    }
    expect(make({ addressee: long }, {}, { window: small }).problems).toMatchObject([{ code: 'U07' }])
    expect(make({ addressee: long }).problems).toEqual([])
  })

  it('a long address takes a smaller size before it is given up', () => {
    const long = {
      ...addressee,
      address: '見本県見本市見本区見本町大字見本字見本123456番地7890',
      building: '見本ガーデンハイツ南館見本タワーレジデンスB棟 1203号室',
      kind: '相続人代表' as const,
      name: '見本 アレクサンダー・ジョナサン・クリストファー',
    }
    const { view, problems } = make({ addressee: long })
    expect(problems).toEqual([])
    expect([view.window.addressPoints, view.window.namePoints]).toEqual(['9.5', '11'])
    expect(view.window.addressLines).toHaveLength(4)
    expect(view.window.nameLines).toEqual(['見本 アレクサンダー・ジョナサン・クリストファー 様'])
  })

  it('breaks an address between words, never inside a number', () => {
    const address = '見本県見本市見本区見本町大字見本字見本123456番地7890'
    const { addressLines } = make({ addressee: { ...addressee, address } }).view.window
    expect(addressLines.slice(0, -1).join('')).toBe(address)
    expect(addressLines.some((line) => /123456/.test(line))).toBe(true)
  })

  it('a long name is broken between its words', () => {
    const name = '見本 アレクサンダー・ジョナサン・クリストファー'
    expect(make({ addressee: { ...addressee, name } }).view.window).toMatchObject({
      namePoints: '12',
      nameLines: ['見本 アレクサンダー・ジョナサン・', 'クリストファー 様'],
    })
  })

  it('the settings of the municipality must fit the sheet: NOTE-003', () => {
    const paymentPlaces = Array.from({ length: 6 }, () => '見本銀行の本支店及び出張所、'.repeat(12))
    expect(() => make({}, {}, { paymentPlaces })).toThrow(expect.objectContaining({ code: 'NOTE-003' }))
    const some = make({}, {}, { paymentPlaces: paymentPlaces.slice(0, 2) })
    expect(Number(some.view.paragraphPoints)).toBeLessThan(8.5)
  })
})

describe('must not appear (sheet §5)', () => {
  it('no birth date, no reason, no mark of 抑止, no other number of a person', () => {
    const made = make({
      addressee: { ...notice().addressee, bornOn: plainDateOf('1944-02-29'), source: '送付先' },
    })
    const text = textsOf(made.view).join('\n')
    for (const hidden of [
      '1944',
      '昭和19',
      '抑止',
      '支援措置',
      '送付先',
      '個人番号',
      '基礎年金番号',
      '生年月日',
      '口座番号',
      '所得',
    ])
      expect(text).not.toContain(hidden)
    expect(text).not.toMatch(/\b[ATUPRS]\d{2}\b|F-/)
  })

  it('the view has no place for them', () => {
    const fields = JSON.stringify(TokusokuView)
    expect(fields).not.toMatch(/birth|born|myNumber|pension|income|household|reason|protected/i)
  })
})

const number = (text: string): bigint => BigInt(text.replaceAll(/\D/g, '') || '0')

describe('properties', () => {
  it('合計 is the sum of its lines, the slip that of its own', () => {
    const yen = fc.bigInt({ min: 1n, max: 900_000n })
    const small = fc.bigInt({ min: 0n, max: 9_999n })
    fc.assert(
      fc.property(yen, small, small, fc.boolean(), (unpaidYen, feeYen, entaikinYen, slipIncludesEntaikin) => {
        const { view, slipYen } = make(
          { unpaidYen, feeYen, entaikinYen, chargedYen: unpaidYen },
          { slipIncludesEntaikin },
        )
        const owed = view.amounts.slice(2).reduce((sum, line) => sum + number(line.value), 0n)
        expect(number(view.total.value)).toBe(owed)
        const { premium, fee, entaikin, total } = view.slip
        expect(number(total)).toBe(number(premium) + number(fee) + number(entaikin))
        expect(number(total)).toBe(slipYen)
        expect(view.slip.barcode === '').toBe(slipYen > 300_000n)
      }),
      { numRuns: 60 },
    )
  })
})
