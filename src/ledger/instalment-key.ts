/** 期割のキー: the same five fields everywhere. */
export const INSTALMENT_KEY = ['tsuchisho_no', 'fuka_year', 'chotei_year', 'period', 'method'] as const

/** SQL: two relations with these five columns name the same instalment. */
export const sameInstalment = (a: string, b: string): string =>
  INSTALMENT_KEY.map((column) => `${a}.${column} = ${b}.${column}`).join(' and ')
