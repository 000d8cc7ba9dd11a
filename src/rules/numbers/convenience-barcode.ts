import type { PlainDate } from '#kernel/plain-date.ts'
import type { Yen } from '#kernel/yen.ts'
import { checkDigit31 } from './modulus10.ts'

/** What stands in the 44 digits of a 納付書 for convenience stores. */
export interface ConvenienceSlip {
  /** 請求書発行企業コード: the 7-digit GS1 company code without the leading 4, 6 digits. */
  readonly companyCode: string
  readonly fukaYear: number
  readonly choteiYear: number
  /** 10 digits. */
  readonly tsuchishoNo: string
  /** 2 digits. */
  readonly period: string
  /** 再発行区分: slips of this instalment issued before. */
  readonly reissue: number
  /** 支払期限; null = no limit (999999). */
  readonly payBy: PlainDate | null
  /** 支払金額. */
  readonly yen: Yen
}

export type ConvenienceBarcode =
  | { readonly kind: 'barcode'; readonly digits: string }
  | { readonly kind: 'none'; readonly because: 'over-limit' | 'reissued-too-often' | 'nothing-to-pay' }

/** コンビニ収納の上限額, 円 [own knowledge, verify]. */
export const CONVENIENCE_LIMIT_YEN: Yen = 300_000n

/** 科目 後期高齢者医療保険料 in the free field (layouts.md). */
const SUBJECT = '39'

/**
 * コンビニ収納用 GS1-128, 44 digits (rules §5.1): AI 91, company code 6, free field 21, 再発行区分 1, 支払期限 YYMMDD, 印紙フラグ 0,
 * 支払金額 6, check digit. Free field (layouts.md): 賦課年度 2 (西暦) + 39 + 通知書番号 10 + 期別 2 + 調定年度 2 + 000.
 * No barcode above the limit (equal is allowed), after 9 re-issues, or for 0 円. Throws RangeError when a part has the wrong shape.
 */
export function convenienceBarcode(slip: ConvenienceSlip, limitYen: Yen = CONVENIENCE_LIMIT_YEN): ConvenienceBarcode {
  if (slip.yen <= 0n) return { kind: 'none', because: 'nothing-to-pay' }
  if (slip.yen > limitYen || slip.yen > 999_999n) return { kind: 'none', because: 'over-limit' }
  if (slip.reissue > 9) return { kind: 'none', because: 'reissued-too-often' }
  const free = [
    digits(String(slip.fukaYear % 100).padStart(2, '0'), 2),
    SUBJECT,
    digits(slip.tsuchishoNo, 10),
    digits(slip.period, 2),
    digits(String(slip.choteiYear % 100).padStart(2, '0'), 2),
    '000',
  ].join('')
  const payBy = slip.payBy === null ? '999999' : slip.payBy.slice(2).replaceAll('-', '')
  const payload = [
    '91',
    digits(slip.companyCode, 6),
    free,
    digits(String(slip.reissue), 1),
    digits(payBy, 6),
    '0', // 印紙フラグ: public money needs no stamp [own knowledge, verify]
    slip.yen.toString().padStart(6, '0'),
  ].join('')
  return { kind: 'barcode', digits: `${payload}${checkDigit31(payload)}` }
}

function digits(text: string, length: number): string {
  if (text.length !== length || !/^\d+$/.test(text)) throw new RangeError(`not ${length} digits`)
  return text
}
