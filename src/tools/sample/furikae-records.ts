import { checkDigit21 } from '#rules/numbers/modulus10.ts'

/** One debit as a bank answers it. */
export interface SampleDebit {
  readonly bankNo: string
  /** 半角カナ. */
  readonly bankName: string
  readonly branchNo: string
  readonly accountNo: string
  readonly holder: string
  readonly yen: number
  readonly customerNo: string
  /** 0 振替済 · 1 資金不足 … */
  readonly result: string
}

/** 件数 and 金額 of a block. */
export interface DebitTotals {
  readonly count: number
  readonly yen: number
}

const n = (value: number | string, length: number): string => String(value).padStart(length, '0')
const c = (value: string, length: number): string => value.padEnd(length, ' ')
const LENGTH = 120

/** 顧客番号: 通知書番号 10, 期別 2, 賦課年度 2, 調定年度 2, round 2, 0, check digit. */
export function customerNoOf(key: {
  readonly tsuchishoNo: string
  readonly period: string
  readonly fukaYear: number
}): string {
  const year = n(key.fukaYear % 100, 2)
  const payload = `${key.tsuchishoNo}${key.period}${year}${year}010`
  return `${payload}${checkDigit21(payload)}`
}

/** 全銀 records of the 見本 [source: rules §4.1]; `debitMd` is MMDD. */
export const headerRecord = (debitMd: string): string =>
  c(`1910${n('912345', 10)}${c('ﾐﾎﾝｼ', 40)}${debitMd}0001${c('ﾐﾎﾝ', 15)}101${c('ﾎﾝﾃﾝ', 15)}10000001`, LENGTH)

export const dataRecord = (debit: SampleDebit): string =>
  [
    '2',
    n(debit.bankNo, 4),
    c(debit.bankName, 15),
    n(debit.branchNo, 3),
    c('ﾎﾝﾃﾝ', 15),
    c('', 4),
    '1',
    n(debit.accountNo, 7),
    c(debit.holder, 30),
    n(debit.yen, 10),
    '0',
    debit.customerNo,
    debit.result,
    c('', 8),
  ].join('')

export const trailerRecord = (all: DebitTotals, done: DebitTotals, failed: DebitTotals): string =>
  c(`8${[all, done, failed].map(({ count, yen }) => `${n(count, 6)}${n(yen, 12)}`).join('')}`, LENGTH)

export const END_RECORD = c('9', LENGTH)

/** Records as bytes of JIS X 0201: one byte a character, half-width kana above 0xA0. */
export const recordBytes = (text: string): Buffer =>
  Buffer.from(Array.from(text, (char) => (char >= '｡' ? char.charCodeAt(0) - 0xff61 + 0xa1 : char.charCodeAt(0))))
