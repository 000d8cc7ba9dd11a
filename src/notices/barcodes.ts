import bwip from 'bwip-js/node'
import type { CustomerCode } from '#rules/numbers/customer-barcode.ts'

/**
 * GS1-128 of the 44 digits as widths of bars and spaces in modules, a bar first: START C, FNC1, 22 pairs of digits, symbol
 * check character, STOP. Throws RangeError for anything that is not 44 digits beginning with AI 91.
 */
export function gs1Widths(digits: string): string {
  if (!/^91\d{42}$/.test(digits)) throw new RangeError('not the 44 digits of a convenience slip')
  // 'gs1-128' would check the content again and take twice the time for the same bars
  const [symbol] = bwip.raw({ bcid: 'code128', parsefnc: true, text: `^FNC1${digits}` })
  if (!symbol || !('sbs' in symbol)) throw new Error('the barcode library gave no bars')
  return symbol.sbs.join('')
}

/** Three bars a code: 1 long, 2 upper, 3 lower, 4 timing. Source: 日本郵便 郵便番号・バーコードマニュアル. */
const BARS: Readonly<Record<CustomerCode, string>> = {
  '0': '144',
  '1': '114',
  '2': '132',
  '3': '312',
  '4': '123',
  '5': '141',
  '6': '321',
  '7': '213',
  '8': '231',
  '9': '411',
  '-': '414',
  CC1: '324',
  CC2: '342',
  CC3: '234',
  CC4: '432',
  CC5: '243',
  CC6: '423',
  CC7: '441',
  CC8: '111',
}
const START = '13'
const STOP = '31'

/** カスタマバーコード as its 67 bars (1 long, 2 upper, 3 lower, 4 timing), with start and stop code. */
export const customerBars = (codes: readonly CustomerCode[]): string =>
  `${START}${codes.map((code) => BARS[code]).join('')}${STOP}`
