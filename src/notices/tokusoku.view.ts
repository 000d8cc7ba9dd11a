import { Fault } from '#kernel/faults.ts'
import type { PlainDate } from '#kernel/plain-date.ts'
import { formatYen, type Yen } from '#kernel/yen.ts'
import { formatWareki, formatWarekiFiscalYear } from '#rules/calendar/wareki.ts'
import { weekdayName } from '#rules/calendar/weekday.ts'
import { addressAfterTown } from '#rules/numbers/address-after-town.ts'
import { customerBarcode } from '#rules/numbers/customer-barcode.ts'
import { at } from '#rules/options.ts'
import type { Addressee } from '#rules/tokusoku/choose-addressee.ts'
import type { TokusokuOptions } from '#rules/tokusoku/options.ts'
import { addressBlock } from './address-block.ts'
import { customerBars } from './barcodes.ts'
import { type CellSizes, fitCell, fitParagraphs } from './fit.ts'
import type { Glyphs } from './glyphs.ts'
import type { NoticeMaterial, NoticeSettings } from './municipality.ts'
import { sealName } from './seal.ts'
import { codePoints, type Speller, speller, type Substitution } from './spelling.ts'
import { owedYen, periodText, slipYenOf, sumYen, type TokusokuNotice } from './tokusoku-notice.ts'
import { severalOf } from './tokusoku-several.ts'
import { slipOf } from './tokusoku-slip.ts'
import type { TokusokuView } from './tokusoku.schema.ts'
import * as sentences from './tokusoku-texts.ts'
import { barPointsOf, windowFault } from './window.ts'

export interface MadeTokusoku {
  readonly view: TokusokuView
  /** 納付書の金額, of all lines. */
  readonly slipYen: Yen
  /** What is printed otherwise than it is registered (代替表記, 縮退). */
  readonly substitutions: readonly Substitution[]
  /** U07 窓あき枠超過, U03 字形なし; empty = printable. */
  readonly problems: readonly { readonly code: 'U03' | 'U07'; readonly detail: string }[]
}

/** The settings, and what the municipality has registered beside them. */
export type TokusokuMaterial = NoticeSettings & Partial<Pick<NoticeMaterial, 'towns' | 'reductions'>>

const withWeekday = (date: PlainDate): string => `${formatWareki(date)}(${weekdayName(date)})`
const yenText = (yen: Yen): string => `${formatYen(yen)}円`

/**
 * 督促状と督促用納付書: worksheet row + addressee + options + settings → the view that is printed and stored. Every amount, date
 * and sentence is made here. `glyphs` measures the window and finds characters without glyph.
 */
export function tokusokuView(
  registered: TokusokuNotice,
  options: Pick<TokusokuOptions, 'lowMonths' | 'entaikinRates' | 'slipIncludesEntaikin' | 'slipDeadline'>,
  settings: TokusokuMaterial,
  glyphs: Glyphs,
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
  const { mpn: _, ...common } = notice // of the first line alone
  const lines: readonly [TokusokuNotice, ...TokusokuNotice[]] = [
    notice,
    ...(notice.others ?? []).map((one) => ({ ...common, ...one })),
  ]
  const slipYen = sumYen(lines.map((one) => slipYenOf(one, options)))
  const capacity = addressee.kind === '相続人代表' ? '相続人代表者' : ''
  const block = addressBlock({ ...addressee, capacity }, settings.window, glyphs.widthMm)
  const slip = slipOf(notice, options, settings, glyphs)
  const furtherSlips = lines.slice(1).map((one) => slipOf(one, options, settings, glyphs))
  const isSeveral = lines.length > 1
  const facts = isSeveral ? personLines(notice, glyphs) : factLines(notice, glyphs)
  const amounts = isSeveral ? [] : amountLines(notice)
  const hasBarcode = [slip, ...furtherSlips].some((one) => one.barcode !== '')
  const texts = paragraphs(lines, slipYen, options, settings, hasBarcode)
  const rowsMm = isSeveral ? ROW_MM + (lines.length + 2) * LINE_MM : Math.max(facts.length, amounts.length + 1) * ROW_MM
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
    total: { label: '合計', value: yenText(sumYen(lines.map(owedYen))) },
    designated: { label: '指定期限', value: withWeekday(run.designatedOn) },
    paragraphPoints: paragraphPoints(texts, rowsMm, glyphs),
    paragraphs: texts,
    slip,
    ...(isSeveral ? { several: severalOf(lines, furtherSlips) } : {}),
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
const PARAGRAPH_SIZES = [9.5, 9, 8.5, 8, 7.5, 7]

/** Widths and heights of the template, in mm: what is left for the paragraphs once the tables stand. */
const FACT_MM = 51
const FACT_OF_SEVERAL_MM = 33
const PARAGRAPH_MM = 154
const SHEET_MM = 130
const HEAD_MM = 34
const ROW_MM = 6.4
/** Of the table of several lines. */
const LINE_MM = 4.8
const GAP_MM = 3

/** Throws NOTE-003 when the municipality's own texts are too long for the sheet: nothing is printed over the slip. */
function paragraphPoints(texts: TokusokuView['paragraphs'], rowsMm: number, glyphs: Glyphs): string {
  const room = SHEET_MM - HEAD_MM - rowsMm - GAP_MM
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
  return fitted(glyphs, FACT_MM, [
    ...whose(notice),
    ['通知書番号', key.tsuchishoNo] as const,
    ['賦課年度', formatWarekiFiscalYear(key.fukaYear)] as const,
    ...(key.choteiYear === key.fukaYear ? [] : [['調定年度', formatWarekiFiscalYear(key.choteiYear)] as const]),
    ['期別', periodText(key.period)] as const,
    ['納期限', formatWareki(notice.dueOn)] as const,
  ])
}

/** What a sheet with several lines says of the person; the rest stands in its table. */
const personLines = (notice: TokusokuNotice, glyphs: Glyphs): TokusokuView['facts'] =>
  fitted(glyphs, FACT_OF_SEVERAL_MM, whose(notice))

const whose = (notice: TokusokuNotice): (readonly [label: string, value: string])[] => [
  ...(notice.addressee.name === notice.insuredName ? [] : [['被保険者氏名', notice.insuredName] as const]),
  ['被保険者番号', notice.insuredNo] as const,
]

const fitted = (
  glyphs: Glyphs,
  widthMm: number,
  lines: readonly (readonly [label: string, value: string])[],
): TokusokuView['facts'] =>
  lines.map(([label, value]) => ({
    label,
    value,
    points: fitCell(value, widthMm, FACT_SIZES, glyphs.figuresWidthMm),
  }))

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
  lines: readonly [TokusokuNotice, ...TokusokuNotice[]],
  slipYen: Yen,
  options: Pick<TokusokuOptions, 'lowMonths' | 'entaikinRates' | 'slipIncludesEntaikin'>,
  settings: NoticeSettings,
  hasBarcode: boolean,
): TokusokuView['paragraphs'] {
  const { asOf, issueOn } = lines[0].run
  const isApart = lines.some((one) => one.entaikinYen > 0n) && !options.slipIncludesEntaikin
  const months = new Set(lines.map(({ dueOn }) => at(options.lowMonths, dueOn)))
  const entaikin = [...months].map((one) => sentences.entaikinText(issueOn, one, options.entaikinRates)).join('')
  return [
    { heading: '納付場所', text: sentences.placesText(settings.paymentPlaces, hasBarcode, lines.length) },
    { heading: '行き違い', text: sentences.crossingText(asOf) },
    { heading: '滞納処分', text: sentences.seizureText() },
    { heading: '延滞金', text: isApart ? entaikin + sentences.entaikinApartText(formatYen(slipYen)) : entaikin },
    { heading: '審査請求', text: sentences.appealText(settings) },
    ...(settings.lawsuitText ? [{ heading: '取消訴訟', text: sentences.fillIn(settings.lawsuitText, settings) }] : []),
  ]
}

/** Every string of a view that is drawn as text. */
export function textsOf(value: unknown, found: string[] = []): readonly string[] {
  if (typeof value === 'string') found.push(value)
  else if (typeof value === 'object' && value !== null) for (const part of Object.values(value)) textsOf(part, found)
  return found
}
