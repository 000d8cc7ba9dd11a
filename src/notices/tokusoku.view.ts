import { Fault } from '#kernel/faults.ts'
import type { PlainDate } from '#kernel/plain-date.ts'
import { formatYen, type Yen } from '#kernel/yen.ts'
import { formatWareki, formatWarekiFiscalYear } from '#rules/calendar/wareki.ts'
import { weekdayName } from '#rules/calendar/weekday.ts'
import { ENTAIKIN_RATES, type EntaikinRate } from '#rules/entaikin/rates.ts'
import type { SpellingDecision } from '#rules/names/printed-spelling.ts'
import { addressAfterTown } from '#rules/numbers/address-after-town.ts'
import { convenienceBarcode } from '#rules/numbers/convenience-barcode.ts'
import { customerBarcode } from '#rules/numbers/customer-barcode.ts'
import { ocrLine } from '#rules/numbers/ocr-line.ts'
import { at } from '#rules/options.ts'
import type { Addressee } from '#rules/tokusoku/choose-addressee.ts'
import type { TokusokuOptions } from '#rules/tokusoku/options.ts'
import { addressBlock } from './address-block.ts'
import { customerBars, gs1Widths } from './barcodes.ts'
import { type CellSizes, fitCell, fitParagraphs } from './fit.ts'
import type { Glyphs } from './glyphs.ts'
import type { NoticeMaterial, NoticeSettings } from './municipality.ts'
import { sealName } from './seal.ts'
import { codePoints, type Speller, speller, type Substitution } from './spelling.ts'
import type { TokusokuView } from './tokusoku.schema.ts'
import * as sentences from './tokusoku-texts.ts'
import { barPointsOf, windowFault } from './window.ts'

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
  /** 代替表記 decided for the person. */
  readonly spellings?: readonly SpellingDecision[]
  /** The day whose spellings count, when it is not the 発送日: of a 再発送. */
  readonly spelledOn?: PlainDate
  /** 納付番号 and 確認番号 when the municipality uses MPN. */
  readonly mpn?: { readonly paymentNo: string; readonly confirmNo: string }
}

export interface MadeTokusoku {
  readonly view: TokusokuView
  /** 納付書の金額. */
  readonly slipYen: Yen
  /** What is printed otherwise than it is registered (代替表記, 縮退). */
  readonly substitutions: readonly Substitution[]
  /** U07 窓あき枠超過, U03 字形なし; empty = printable. */
  readonly problems: readonly { readonly code: 'U03' | 'U07'; readonly detail: string }[]
}

/** The settings, and what the municipality has registered beside them. */
export type TokusokuMaterial = NoticeSettings & Partial<Pick<NoticeMaterial, 'towns' | 'reductions'>>

const withWeekday = (date: PlainDate): string => `${formatWareki(date)}(${weekdayName(date)})`
const periodText = (period: string): string => (Number(period) <= 12 ? `第${Number(period)}期` : `随時(${period})`)
const yenText = (yen: Yen): string => `${formatYen(yen)}円`

/**
 * 督促状と督促用納付書: worksheet row + addressee + options + settings → the view that is printed and stored. Every amount, date
 * and sentence is made here. `glyphs` measures the window and finds characters without glyph.
 */
export function tokusokuView(
  registered: TokusokuNotice,
  options: Pick<TokusokuOptions, 'lowMonths' | 'slipIncludesEntaikin' | 'slipDeadline'>,
  settings: TokusokuMaterial,
  glyphs: Glyphs,
  rates: readonly EntaikinRate[] = ENTAIKIN_RATES,
): MadeTokusoku {
  const misfit = windowFault(settings.window)
  if (misfit !== null) throw new Fault('NOTE-006', { misfit })
  const spelling = speller(
    registered.spellings ?? [],
    settings.reductions ?? new Map(),
    glyphs,
    registered.spelledOn ?? registered.run.issueOn,
  )
  const notice = spelt(registered, spelling)
  const { addressee, run } = notice
  const slipYen = notice.unpaidYen + notice.feeYen + (options.slipIncludesEntaikin ? notice.entaikinYen : 0n)
  const capacity = addressee.kind === '相続人代表' ? '相続人代表者' : ''
  const block = addressBlock({ ...addressee, capacity }, settings.window, glyphs.widthMm)
  const slip = slipOf(notice, slipYen, options, settings, glyphs)
  const facts = factLines(notice, glyphs)
  const amounts = amountLines(notice)
  const texts = paragraphs(notice, slipYen, options, settings, slip.barcode !== '', rates)
  const codes = postalCodesOf(registered.addressee, settings)
  const view: TokusokuView = {
    noticeNo: notice.noticeNo,
    issuedOn: formatWareki(run.issueOn),
    window: {
      leftMm: String(settings.window.leftMm),
      topMm: String(settings.window.topMm),
      postalCode: `〒${postal(addressee.postalCode)}`,
      addressLines: [...(block?.addressLines ?? [addressee.address, addressee.building])],
      capacity,
      nameLines: [...(block?.nameLines ?? [`${addressee.name} 様`])],
      addressPoints: block?.addressPoints ?? '9',
      namePoints: block?.namePoints ?? '9',
      bars: codes === null ? '' : customerBars(codes),
      barPoints: String(barPointsOf(settings.window)),
    },
    issuer: {
      title: settings.issuerTitle,
      name: settings.issuerName,
      seal: settings.seal === null ? '' : sealName(settings.seal),
      sealNote: settings.seal === null ? '(公印省略)' : '',
    },
    office: {
      name: settings.office.name,
      address: `〒${postal(settings.office.postalCode)} ${settings.office.address}`,
      phone: settings.office.phone,
      hours: settings.office.hours,
    },
    lead: sentences.leadText(),
    facts,
    amounts,
    total: { label: '合計', value: yenText(notice.unpaidYen + notice.feeYen + notice.entaikinYen) },
    designated: { label: '指定期限', value: withWeekday(run.designatedOn) },
    paragraphPoints: paragraphPoints(texts, Math.max(facts.length, amounts.length + 1), glyphs),
    paragraphs: texts,
    slip,
  }
  const missing = glyphs.missing(textsOf(view))
  return {
    view,
    slipYen,
    substitutions: spelling.substitutions,
    problems: [
      ...(missing.length > 0 ? [{ code: 'U03' as const, detail: missing.map(describe).join('、') }] : []),
      ...(block === null ? [{ code: 'U07' as const, detail: '住所、方書又は氏名が長すぎます' }] : []),
    ],
  }
}

/** The names and the address as they are printed. */
const spelt = (notice: TokusokuNotice, { print }: Speller): TokusokuNotice => ({
  ...notice,
  insuredName: print('氏名', notice.insuredName),
  addressee: {
    ...notice.addressee,
    name: print('氏名', notice.addressee.name),
    address: print('住所', notice.addressee.address),
    building: print('方書', notice.addressee.building),
  },
})

/** カスタマバーコード of the address as it is registered: another spelling does not move the house. */
function postalCodesOf({ postalCode, address, building }: Addressee, { towns }: TokusokuMaterial) {
  const afterTown = addressAfterTown(postalCode, address, towns ?? new Map())
  return customerBarcode(postalCode, `${afterTown} ${building}`)
}

const postal = (code: string): string => `${code.slice(0, 3)}-${code.slice(3)}`

/** 「髙(U+9AD9)」: the character and its code, so that a clerk can find it. */
const describe = (char: string): string => `${char}(${codePoints(char)})`

const FACT_SIZES: CellSizes = { oneLine: [10, 9, 8], twoLines: [7, 6, 5] }
const SLIP_NAME_SIZES: CellSizes = { oneLine: [8.5, 7.5, 6.5], twoLines: [5.5, 4.5] }
const PARAGRAPH_SIZES = [9.5, 9, 8.5, 8, 7.5, 7]

/** Widths and heights of the template, in mm: what is left for the paragraphs once the tables stand. */
const FACT_MM = 51
const SLIP_NAME_MM = 33
const PARAGRAPH_MM = 154
const SHEET_MM = 130
const HEAD_MM = 34
const ROW_MM = 6.4
const GAP_MM = 3

/** Throws NOTE-003 when the municipality's own texts are too long for the sheet: nothing is printed over the slip. */
function paragraphPoints(texts: TokusokuView['paragraphs'], rows: number, glyphs: Glyphs): string {
  const room = SHEET_MM - HEAD_MM - rows * ROW_MM - GAP_MM
  const points = fitParagraphs(
    texts.map(({ text }) => text),
    PARAGRAPH_MM,
    room,
    PARAGRAPH_SIZES,
    glyphs.widthMm,
  )
  if (points === null) throw new Fault('NOTE-003')
  return points
}

function factLines(notice: TokusokuNotice, glyphs: Glyphs): TokusokuView['facts'] {
  const { key } = notice
  const lines = [
    ...(notice.addressee.name === notice.insuredName ? [] : [['被保険者氏名', notice.insuredName] as const]),
    ['被保険者番号', notice.insuredNo] as const,
    ['通知書番号', key.tsuchishoNo] as const,
    ['賦課年度', formatWarekiFiscalYear(key.fukaYear)] as const,
    ...(key.choteiYear === key.fukaYear ? [] : [['調定年度', formatWarekiFiscalYear(key.choteiYear)] as const]),
    ['期別', periodText(key.period)] as const,
    ['納期限', formatWareki(notice.dueOn)] as const,
  ]
  return lines.map(([label, value]) => ({
    label,
    value,
    points: fitCell(value, FACT_MM, FACT_SIZES, glyphs.figuresWidthMm),
  }))
}

const line = (label: string, yen: Yen, note = '') => ({ label, note, value: yenText(yen) })

function amountLines(notice: TokusokuNotice): TokusokuView['amounts'] {
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
  const entaikin = sentences.entaikinText(issueOn, at(options.lowMonths, notice.dueOn), rates)
  return [
    { heading: '納付場所', text: sentences.placesText(settings.paymentPlaces, hasBarcode) },
    { heading: '行き違い', text: sentences.crossingText(asOf) },
    { heading: '滞納処分', text: sentences.seizureText() },
    { heading: '延滞金', text: isApart ? entaikin + sentences.entaikinApartText(formatYen(slipYen)) : entaikin },
    { heading: '審査請求', text: sentences.appealText(settings) },
    ...(settings.lawsuitText ? [{ heading: '取消訴訟', text: sentences.fillIn(settings.lawsuitText, settings) }] : []),
  ]
}

function slipOf(
  notice: TokusokuNotice,
  slipYen: Yen,
  options: Pick<TokusokuOptions, 'slipIncludesEntaikin' | 'slipDeadline'>,
  settings: NoticeSettings,
  glyphs: Glyphs,
): TokusokuView['slip'] {
  const { key, run } = notice
  const payBy = options.slipDeadline === 'designatedOn' ? run.designatedOn : null
  const barcode =
    settings.companyCode === null
      ? null
      : convenienceBarcode(
          {
            companyCode: settings.companyCode,
            fukaYear: key.fukaYear,
            choteiYear: key.choteiYear,
            tsuchishoNo: key.tsuchishoNo,
            period: key.period,
            reissue: notice.reissue,
            payBy,
            yen: slipYen,
          },
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
    namePoints: fitCell(notice.insuredName, SLIP_NAME_MM, SLIP_NAME_SIZES, glyphs.widthMm),
    payBy: payBy === null ? '期限なし' : formatWareki(payBy),
    premium: formatYen(notice.unpaidYen),
    fee: notice.feeYen > 0n ? formatYen(notice.feeYen) : '',
    entaikin: options.slipIncludesEntaikin && notice.entaikinYen > 0n ? formatYen(notice.entaikinYen) : '',
    total: `¥${formatYen(slipYen)}`,
    reissue: notice.reissue === 0 ? '' : `再発行${notice.reissue}`,
    barcode: digits === '' ? '' : gs1Widths(digits),
    barcodeDigits: digits === '' ? [] : grouped(digits),
    barcodeNote: digits === '' ? sentences.NO_CONVENIENCE : sentences.BY_HAND,
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
