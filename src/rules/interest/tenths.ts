/** 率 below 100 %, in tenths of a percent, as it is written: 「1.8」 → 18; null for more than one decimal. */
export function readTenths(text: string): number | null {
  const [, whole, tenth = '0'] = /^(\d{1,2})(?:\.(\d))?$/.exec(text) ?? []
  return whole === undefined ? null : Number(`${whole}${tenth}`)
}

/** 18 → 「1.8」 */
export const sayTenths = (tenths: number): string => (tenths / 10).toFixed(1)
