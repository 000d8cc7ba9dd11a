import { checkDigit21 } from '../numbers/modulus10.ts'

/** 期割 that a 顧客番号 names. */
export interface CustomerNumber {
  readonly tsuchishoNo: string
  readonly period: string
  readonly fukaYear: number
  readonly choteiYear: number
  /** 再振替の回: 1 the first request. */
  readonly round: number
}

const SHAPE = /^(\d{10})(\d\d)(\d\d)(\d\d)(\d\d)0(\d)$/

/**
 * 顧客番号(20桁)の読み取り: 通知書番号 10, 期別 2, 賦課年度 2, 調定年度 2, round 2, `0`, modulus-10 weight 2-1 digit over the 19.
 * 「26010001160426260105」. Null when it has another shape, or its digit is wrong: then it names no 期割.
 */
export function readCustomerNumber(text: string): CustomerNumber | null {
  const parts = SHAPE.exec(text)
  if (parts === null || String(checkDigit21(text.slice(0, 19))) !== parts[6]) return null
  const [, tsuchishoNo = '', period = '', fuka, chotei, round] = parts
  return {
    tsuchishoNo,
    period,
    fukaYear: 2000 + Number(fuka),
    choteiYear: 2000 + Number(chotei),
    round: Number(round),
  }
}
