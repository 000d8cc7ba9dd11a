/**
 * 会計年度 of a receipt as SQL: 調定年度 while 会計日 ≤ 5/31 of the following year (出納整理期間, 5/31 counts), later the 年度 of the
 * 会計日 (滞納繰越分) [地方自治法235条の5: own knowledge, verify]. Source: sheet shuno-common §8.
 */
export const receiptFiscalYear = (bookedOn: string, choteiYear: string): string =>
  `case when ${bookedOn} <= make_date(${choteiYear} + 1, 5, 31) then ${choteiYear}
     else extract(year from ${bookedOn} - interval '3 months')::int end`
