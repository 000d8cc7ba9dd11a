import type { PlainDate } from '#kernel/plain-date.ts'
import { formatYen, type Yen } from '#kernel/yen.ts'
import { formatWareki, formatWarekiFiscalYear } from '#rules/calendar/wareki.ts'
import { convenienceBarcode } from '#rules/numbers/convenience-barcode.ts'
import { ocrLine } from '#rules/numbers/ocr-line.ts'
import type { TokusokuOptions } from '#rules/tokusoku/options.ts'
import { gs1Widths } from './barcodes.ts'
import { type CellSizes, fitCell } from './fit.ts'
import type { Glyphs } from './glyphs.ts'
import type { NoticeSettings } from './municipality.ts'
import { MAX_REISSUE, periodText, slipYenOf, type TokusokuNotice } from './tokusoku-notice.ts'
import type { TokusokuView } from './tokusoku.schema.ts'
import * as sentences from './tokusoku-texts.ts'

const SLIP_NAME_SIZES: CellSizes = { oneLine: [8.5, 7.5, 6.5], twoLines: [5.5, 4.5] }
/** Width of the name's cell in the template. */
const SLIP_NAME_MM = 33

/** 督促用納付書 of one 期割: a barcode names one instalment, so each line of a letter has a slip of its own. */
export function slipOf(
  notice: TokusokuNotice,
  options: Pick<TokusokuOptions, 'slipIncludesEntaikin' | 'slipDeadline'>,
  settings: NoticeSettings,
  glyphs: Glyphs,
): TokusokuView['slip'] {
  const { key, run } = notice
  const slipYen = slipYenOf(notice, options)
  const companyCode = notice.reissue > MAX_REISSUE ? null : settings.companyCode
  const payBy = options.slipDeadline === 'designatedOn' ? run.designatedOn : null
  const barcode =
    companyCode === null
      ? null
      : convenienceBarcode(
          {
            companyCode,
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
      settings.ocrTemplate === null
        ? ''
        : ocrLine(settings.ocrTemplate, ocrFields(notice, slipYen, payBy, companyCode)),
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

const ocrFields = (notice: TokusokuNotice, slipYen: Yen, payBy: PlainDate | null, companyCode: string | null) => ({
  companyCode: companyCode ?? '',
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
