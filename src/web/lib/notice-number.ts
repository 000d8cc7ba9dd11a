/** The number at the end of a 発行番号 (R8-52-0001-000123), typed whole or in part, full width too; null when there is none. */
export function rowNoOf(text: string): number | null {
  const digits = /(\d+)\s*$/.exec(text.normalize('NFKC'))?.[1]
  const number = Number(digits)
  return digits !== undefined && number > 0 && number <= 2_147_483_647 ? number : null
}
