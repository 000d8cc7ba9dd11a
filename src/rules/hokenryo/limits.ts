import type { Yen } from '#kernel/yen.ts'

/** 賦課限度額 of a 年度. */
export interface LimitYear {
  readonly fromYear: number
  readonly toYear: number
  readonly iryoYen: Yen
  /** 令和6年度: born on or before 昭和24年3月31日, or 障害認定 by 令和7年3月31日. */
  readonly insuredBeforeR6Yen: Yen | null
  /** 子ども・子育て支援金分. */
  readonly kodomoYen: Yen | null
  /** Where they are from, for the explanation. */
  readonly source: string
}

/**
 * 賦課限度額. Sources: 唐津市「保険料率の改定」 (令和4・5, 6), 静岡県広域連合 (令和6), 東京都広域連合 (令和7), 施行令18条 as cited by an
 * open-source rate table and a 社労士事務所 on the 政令 of 令和8年1月21日 (令和8・9).
 */
const LIMIT_YEARS: readonly LimitYear[] = [
  {
    fromYear: 2022,
    toYear: 2023,
    iryoYen: 660_000n,
    insuredBeforeR6Yen: null,
    kodomoYen: null,
    source: '[source: 唐津市「保険料率の改定」]',
  },
  {
    fromYear: 2024,
    toYear: 2024,
    iryoYen: 800_000n,
    insuredBeforeR6Yen: 730_000n,
    kodomoYen: null,
    source: '[source: 静岡県後期高齢者医療広域連合; 唐津市]',
  },
  {
    fromYear: 2025,
    toYear: 2025,
    iryoYen: 800_000n,
    insuredBeforeR6Yen: null,
    kodomoYen: null,
    source: '[source: 東京都後期高齢者医療広域連合「保険料の決め方・賦課」]',
  },
  {
    fromYear: 2026,
    toYear: 2027,
    iryoYen: 850_000n,
    insuredBeforeR6Yen: null,
    kodomoYen: 21_000n,
    source:
      '高齢者の医療の確保に関する法律施行令18条(令和8年1月21日の改正)[source: 料率の公開の表; 社労士事務所の記事]',
  },
]

/** The limits of a 年度; null when they are not known. */
export const limitYearOf = (fiscalYear: number): LimitYear | null =>
  LIMIT_YEARS.find(({ fromYear, toYear }) => fromYear <= fiscalYear && fiscalYear <= toYear) ?? null
