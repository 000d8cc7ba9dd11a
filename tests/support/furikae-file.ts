import {
  customerNoOf,
  dataRecord,
  END_RECORD,
  headerRecord,
  recordBytes,
  trailerRecord,
} from '#tools/sample/furikae-records.ts'

/** One debit of an 全銀 file, of 賦課年度 and 調定年度 2026. */
export interface Debit {
  readonly tsuchishoNo: string
  readonly yen: number
  /** 0 振替済; a request has 0 everywhere. */
  readonly result?: string
  /** Another 顧客番号 than that of the 期割. */
  readonly customerNo?: string
}

/** 全銀 120-byte records of one block [source: rules §4.1]: a request, or a result when `isResult`. */
export function furikaeFile(
  debitMd: string,
  debits: readonly Debit[],
  options: { readonly isResult?: boolean; readonly lineEnd?: string; readonly trailer?: string } = {},
): Buffer {
  const { isResult = false, lineEnd = '\r\n' } = options
  const totals = (of: readonly Debit[]) => ({ count: of.length, yen: of.reduce((all, { yen }) => all + yen, 0) })
  const isDone = ({ result = '0' }: Debit): boolean => result === '0'
  const records = [
    headerRecord(debitMd),
    ...debits.map(({ tsuchishoNo, yen, result = '0', customerNo }) =>
      dataRecord({
        bankNo: '0001',
        bankName: 'ﾐﾎﾝ',
        branchNo: '101',
        accountNo: '7654321',
        holder: 'ﾐﾎﾝ ﾀﾛｳ',
        yen,
        customerNo: customerNo ?? customerNoOf({ tsuchishoNo, period: '01', fukaYear: 2026 }),
        result,
      }),
    ),
    options.trailer ??
      trailerRecord(
        totals(debits),
        totals(isResult ? debits.filter(isDone) : []),
        totals(isResult ? debits.filter((one) => !isDone(one)) : []),
      ),
    END_RECORD,
  ]
  return recordBytes(records.join(lineEnd) + lineEnd)
}
