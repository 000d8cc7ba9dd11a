import { createHash } from 'node:crypto'
import { type PlainDate, weekdayOf } from '#kernel/plain-date.ts'
import { formatYen, type Yen } from '#kernel/yen.ts'
import { formatWareki, formatWarekiFiscalYear } from '#rules/calendar/wareki.ts'
import { ENTAIKIN_RATES, type EntaikinRate } from '#rules/entaikin/rates.ts'
import { convenienceBarcode } from '#rules/numbers/convenience-barcode.ts'
import { customerBarcode } from '#rules/numbers/customer-barcode.ts'
import { ocrLine } from '#rules/numbers/ocr-line.ts'
import { at } from '#rules/options.ts'
import type { Addressee } from '#rules/tokusoku/choose-addressee.ts'
import type { TokusokuOptions } from '#rules/tokusoku/options.ts'
import { addressBlock } from './address-block.ts'
import { customerBars, gs1Widths } from './barcodes.ts'
import type { Glyphs } from './glyphs.ts'
import type { NoticeSettings } from './municipality.ts'
import type { TokusokuView } from './tokusoku.schema.ts'
import * as texts from './tokusoku-texts.ts'

/** One row 対象 of the approved worksheet, with who gets the letter. */
export interface TokusokuNotice {
  /** 発行番号, as it is printed. */
  readonly noticeNo: string
  readonly key: {
    readonly fukaYear: number
    readonly choteiYear: number
    readonly tsuchishoNo: string
    readonly period: string
  }
  readonly dueOn: PlainDate
  readonly chargedYen: Yen
  readonly receivedYen: Yen
  readonly unpaidYen: Yen
  readonly feeYen: Yen
  readonly entaikinYen: Yen
  readonly insuredNo: string
  readonly insuredName: string
  readonly addressee: Addressee
  /** 再発行区分: slips of this instalment issued before. */
  readonly reissue: number
  readonly run: { readonly asOf: PlainDate; readonly issueOn: PlainDate; readonly designatedOn: PlainDate }
  /** 納付番号 and 確認番号 when the municipality uses MPN. */
  readonly mpn?: { readonly paymentNo: string; readonly confirmNo: string }
}

export interface MadeTokusoku {
  readonly view: TokusokuView
  /** 納付書の金額. */
  readonly slipYen: Yen
  /** U07 窓あき枠超過, U03 字形なし; empty = printable. */
  readonly problems: readonly { readonly code: 'U03' | 'U07'; readonly detail: string }[]
}

const WEEKDAYS = '日月火水木金土'
const withWeekday = (date: PlainDate): string => `${formatWareki(date)}(${WEEKDAYS[weekdayOf(date)]})`
const periodText = (period: string): string => (Number(period) <= 12 ? `第${Number(period)}期` : `随時(${period})`)
const yenText = (yen: Yen): string => `${formatYen(yen)}円`

/** 公印 of the settings as an asset of the rendering: its name follows its content. Null when 公印 is omitted. */
export function sealAsset(settings: NoticeSettings): { readonly name: string; readonly svg: string } | null {
  if (settings.sealSvg === null) return null
  const hash = createHash('sha256').update(settings.sealSvg).digest('hex')
  return { name: `seal-${hash.slice(0, 16)}.svg`, svg: settings.sealSvg }
}

/**
 * 督促状と督促用納付書: worksheet row + addressee + options + settings → the view that is printed and stored. Every amount, date
 * and sentence is made here. `glyphs` measures the window and finds characters without glyph.
 */
export function tokusokuView(
  notice: TokusokuNotice,
  options: Pick<TokusokuOptions, 'lowMonths' | 'slipIncludesEntaikin' | 'slipDeadline'>,
  settings: NoticeSettings,
  glyphs: Glyphs,
  rates: readonly EntaikinRate[] = ENTAIKIN_RATES,
): MadeTokusoku {
  const { addressee, run, key } = notice
  const slipYen = notice.unpaidYen + notice.feeYen + (options.slipIncludesEntaikin ? notice.entaikinYen : 0n)
  const block = addressBlock(addressee, settings.window, glyphs)
  const slip = slipOf(notice, slipYen, options, settings)
  const codes = customerBarcode(addressee.postalCode, `${addressee.address} ${addressee.building}`)
  const view: TokusokuView = {
    noticeNo: notice.noticeNo,
    issuedOn: formatWareki(run.issueOn),
    window: {
      leftMm: String(settings.window.leftMm),
      topMm: String(settings.window.topMm),
      postalCode: `〒${postal(addressee.postalCode)}`,
      addressLines: [...(block?.addressLines ?? [addressee.address, addressee.building])],
      capacity: addressee.kind === '相続人代表' ? '相続人代表者' : '',
      nameLines: [...(block?.nameLines ?? [`${addressee.name} 様`])],
      bars: codes === null ? '' : customerBars(codes),
    },
    issuer: {
      title: settings.issuerTitle,
      name: settings.issuerName,
      seal: sealAsset(settings)?.name ?? '',
      sealNote: settings.sealSvg === null ? '(公印省略)' : '',
    },
    office: {
      name: settings.office.name,
      address: `〒${postal(settings.office.postalCode)} ${settings.office.address}`,
      phone: settings.office.phone,
      hours: settings.office.hours,
    },
    lead: texts.leadText(),
    facts: [
      ...(addressee.name === notice.insuredName ? [] : [{ label: '被保険者氏名', value: notice.insuredName }]),
      { label: '被保険者番号', value: notice.insuredNo },
      { label: '通知書番号', value: key.tsuchishoNo },
      { label: '賦課年度', value: formatWarekiFiscalYear(key.fukaYear) },
      ...(key.choteiYear === key.fukaYear
        ? []
        : [{ label: '調定年度', value: formatWarekiFiscalYear(key.choteiYear) }]),
      { label: '期別', value: periodText(key.period) },
      { label: '納期限', value: formatWareki(notice.dueOn) },
    ],
    amounts: amountLines(notice),
    total: { label: '合計', value: yenText(notice.unpaidYen + notice.feeYen + notice.entaikinYen) },
    designated: { label: '指定期限', value: withWeekday(run.designatedOn) },
    paragraphs: paragraphs(notice, slipYen, options, settings, slip.barcode !== '', rates),
    slip,
  }
  const missing = glyphs.missing(textsOf(view))
  return {
    view,
    slipYen,
    problems: [
      ...(missing.length > 0 ? [{ code: 'U03' as const, detail: missing.map(describe).join('、') }] : []),
      ...(block === null ? [{ code: 'U07' as const, detail: '住所、方書又は氏名が長すぎます' }] : []),
    ],
  }
}

const postal = (code: string): string => `${code.slice(0, 3)}-${code.slice(3)}`

/** 「髙(U+9AD9)」: the character and its code, so that a clerk can find it. */
const describe = (char: string): string =>
  `${char}(${Array.from(char, (part) => `U+${(part.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`).join(' ')})`

function amountLines(notice: TokusokuNotice): TokusokuView['amounts'] {
  const line = (label: string, yen: Yen, note = '') => ({ label, note, value: yenText(yen) })
  return [
    line('調定額', notice.chargedYen),
    line('納付済額', notice.receivedYen),
    line('未納額', notice.unpaidYen),
    ...(notice.feeYen > 0n ? [line('督促手数料', notice.feeYen)] : []),
    ...(notice.entaikinYen > 0n ? [line('延滞金', notice.entaikinYen, `${formatWareki(notice.run.issueOn)}現在`)] : []),
  ]
}

function paragraphs(
  notice: TokusokuNotice,
  slipYen: Yen,
  options: Pick<TokusokuOptions, 'lowMonths' | 'slipIncludesEntaikin'>,
  settings: NoticeSettings,
  hasBarcode: boolean,
  rates: readonly EntaikinRate[],
): TokusokuView['paragraphs'] {
  const { asOf, issueOn } = notice.run
  const isApart = notice.entaikinYen > 0n && !options.slipIncludesEntaikin
  const entaikin = texts.entaikinText(issueOn, at(options.lowMonths, notice.dueOn), rates)
  return [
    { heading: '納付場所', text: texts.placesText(settings.paymentPlaces, hasBarcode) },
    { heading: '行き違い', text: texts.crossingText(asOf) },
    { heading: '滞納処分', text: texts.seizureText() },
    { heading: '延滞金', text: isApart ? entaikin + texts.entaikinApartText(formatYen(slipYen)) : entaikin },
    { heading: '審査請求', text: texts.appealText(settings.reviewBoard) },
  ]
}

function slipOf(
  notice: TokusokuNotice,
  slipYen: Yen,
  options: Pick<TokusokuOptions, 'slipIncludesEntaikin' | 'slipDeadline'>,
  settings: NoticeSettings,
): TokusokuView['slip'] {
  const { key, run } = notice
  const payBy = options.slipDeadline === 'designatedOn' ? run.designatedOn : null
  const barcode =
    settings.companyCode === null
      ? null
      : convenienceBarcode(
          { companyCode: settings.companyCode, ...key, reissue: notice.reissue, payBy, yen: slipYen },
          BigInt(settings.convenienceLimitYen),
        )
  const digits = barcode?.kind === 'barcode' ? barcode.digits : ''
  return {
    municipality: settings.municipality,
    accountNumber: settings.slipAccount.number,
    accountHolder: settings.slipAccount.holder,
    fiscalYear: slipYear(key),
    subject: '後期高齢者医療保険料',
    tsuchishoNo: key.tsuchishoNo,
    period: periodText(key.period),
    name: notice.insuredName,
    payBy: payBy === null ? '期限なし' : formatWareki(payBy),
    premium: formatYen(notice.unpaidYen),
    fee: notice.feeYen > 0n ? formatYen(notice.feeYen) : '',
    entaikin: options.slipIncludesEntaikin && notice.entaikinYen > 0n ? formatYen(notice.entaikinYen) : '',
    total: `¥${formatYen(slipYen)}`,
    reissue: notice.reissue === 0 ? '' : `再発行${notice.reissue}`,
    barcode: digits === '' ? '' : gs1Widths(digits),
    barcodeDigits: digits === '' ? [] : grouped(digits),
    barcodeNote: digits === '' ? texts.NO_CONVENIENCE : texts.BY_HAND,
    ocr:
      settings.ocrTemplate === null ? '' : ocrLine(settings.ocrTemplate, ocrFields(notice, slipYen, payBy, settings)),
    mpn: mpnLines(notice, settings),
  }
}

/** 年度: of the 賦課, and of the 調定 when it is another one: a payment is found by both. */
const slipYear = (key: TokusokuNotice['key']): string =>
  key.choteiYear === key.fukaYear
    ? formatWarekiFiscalYear(key.fukaYear)
    : `${formatWarekiFiscalYear(key.fukaYear)}(調定${formatWarekiFiscalYear(key.choteiYear)})`

/** 「(91)912345-26392600123455012600 0-1」 and 「260831-0-012300-0」: the 44 digits as a cashier can type them. */
const grouped = (digits: string): string[] => [
  `(${digits.slice(0, 2)})${digits.slice(2, 8)}-${digits.slice(8, 29)}${digits.slice(29, 30)}`,
  `${digits.slice(30, 36)}-${digits.slice(36, 37)}-${digits.slice(37, 43)}-${digits.slice(43)}`,
]

const ocrFields = (notice: TokusokuNotice, slipYen: Yen, payBy: PlainDate | null, settings: NoticeSettings) => ({
  companyCode: settings.companyCode ?? '',
  fukaYear: String(notice.key.fukaYear % 100).padStart(2, '0'),
  choteiYear: String(notice.key.choteiYear % 100).padStart(2, '0'),
  tsuchishoNo: notice.key.tsuchishoNo,
  period: notice.key.period,
  reissue: String(notice.reissue),
  payBy: payBy === null ? '999999' : payBy.slice(2).replaceAll('-', ''),
  yen: slipYen.toString(),
})

const mpnLines = (notice: TokusokuNotice, settings: NoticeSettings): TokusokuView['slip']['mpn'] =>
  settings.mpn === null || notice.mpn === undefined
    ? []
    : [
        { label: '収納機関番号', value: settings.mpn.agency },
        { label: '納付番号', value: notice.mpn.paymentNo },
        { label: '確認番号', value: notice.mpn.confirmNo },
        { label: '納付区分', value: settings.mpn.division },
      ]

/** Every string of a view that is drawn as text. */
export function* textsOf(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value
  else if (typeof value === 'object' && value !== null) for (const part of Object.values(value)) yield* textsOf(part)
}
