import type { Yen } from '#kernel/yen.ts'
import type { Prefecture } from './prefectures.ts'

/** 料率 of one part of the premium. */
export interface PartRates {
  /** 均等割額 before a reduction. */
  readonly kintoYen: Yen
  /** 所得割率 in ten-thousandths: 967n = 9.67 %. */
  readonly rate: bigint
}

/** 料率 of one 広域連合 for one 年度. */
export interface Rates {
  /** 医療分 (基礎賦課額); before 令和8年度 the whole premium. */
  readonly iryo: PartRates
  /** 所得割率 of 令和6年度 for 基礎控除後所得 up to 58万円, ten-thousandths; null where none was seen. */
  readonly lowRate: bigint | null
  /** 子ども・子育て支援金分, from 令和8年度. */
  readonly kodomo: PartRates | null
  /** Where they are from, for the explanation. */
  readonly source: string
}

/** 令和4・5年度: only what an example needs. Source: 大和郡山市「ケース別 令和5年度計算例」. */
const R4: readonly (readonly [Prefecture, number, number])[] = [['奈良', 50_500, 993]]

/**
 * 令和6・7年度: 均等割 円, 所得割率, 所得割率 for 58万円 or less in 令和6年度 (null: no page seen); rates in ten-thousandths.
 * Source: MHLW「後期高齢者医療制度の令和8・9年度の保険料率について」(令和8年4月10日) as transcribed in an open-source project; about 20
 * agreed with municipal, 広域連合 or news pages. The reduced rates: municipal pages.
 */
const R6: readonly (readonly [Prefecture, number, number, number | null])[] = [
  ['北海道', 52_953, 1179, 1092],
  ['青森', 46_800, 990, null],
  ['岩手', 43_800, 853, 789],
  ['宮城', 47_400, 928, null],
  ['秋田', 45_260, 902, null],
  ['山形', 47_600, 943, null],
  ['福島', 45_900, 898, 864],
  ['茨城', 47_500, 966, null],
  ['栃木', 45_600, 884, 854],
  ['群馬', 49_100, 1007, null],
  ['埼玉', 45_930, 903, 842],
  ['千葉', 43_800, 911, 845],
  ['東京', 47_300, 967, 878],
  ['神奈川', 45_900, 1008, null],
  ['新潟', 44_200, 861, null],
  ['富山', 46_800, 882, null],
  ['石川', 50_760, 988, 941],
  ['福井', 49_700, 970, null],
  ['山梨', 50_770, 1111, null],
  ['長野', 44_365, 945, 856],
  ['岐阜', 49_412, 956, null],
  ['静岡', 47_000, 949, 880],
  ['愛知', 53_438, 1113, 1040],
  ['三重', 48_903, 982, null],
  ['滋賀', 48_604, 956, null],
  ['京都', 56_340, 1095, null],
  ['大阪', 57_172, 1175, 1094],
  ['兵庫', 52_791, 1124, null],
  ['奈良', 51_500, 1055, null],
  ['和歌山', 54_428, 1104, null],
  ['鳥取', 52_138, 1064, null],
  ['島根', 50_160, 1008, null],
  ['岡山', 50_200, 1049, null],
  ['広島', 49_621, 963, null],
  ['山口', 57_012, 1152, null],
  ['徳島', 56_311, 1055, null],
  ['香川', 54_000, 1041, null],
  ['愛媛', 51_930, 1016, null],
  ['高知', 56_000, 1078, null],
  ['福岡', 60_004, 1183, 1102],
  ['佐賀', 57_100, 1109, 1027],
  ['長崎', 52_400, 1031, null],
  ['熊本', 58_000, 1098, null],
  ['大分', 59_200, 1155, null],
  ['宮崎', 51_700, 1008, null],
  ['鹿児島', 59_900, 1172, null],
  ['沖縄', 56_400, 1160, null],
]

/**
 * 令和8・9年度: 医療分 均等割 円 and 所得割率, 子ども分 均等割 円 and 所得割率; rates in ten-thousandths. Source: the same paper,
 * single-source but for its monthly 医療分 of a 基礎年金受給者, which the tests hold against it. Reduced rates for designated remote
 * areas (施行令18条2項) are not in the table.
 */
const R8: readonly (readonly [Prefecture, number, number, number, number])[] = [
  ['北海道', 59_963, 1161, 1364, 28],
  ['青森', 50_500, 900, 1300, 20],
  ['岩手', 48_800, 850, 1366, 26],
  ['宮城', 52_200, 912, 1370, 25],
  ['秋田', 55_996, 973, 1350, 25],
  ['山形', 52_500, 963, 1373, 25],
  ['福島', 49_000, 924, 1400, 25],
  ['茨城', 49_500, 932, 1400, 28],
  ['栃木', 49_100, 900, 1300, 25],
  ['群馬', 54_600, 978, 1400, 25],
  ['埼玉', 52_370, 949, 1330, 25],
  ['千葉', 51_000, 940, 1310, 25],
  ['東京', 53_300, 988, 1300, 26],
  ['神奈川', 52_531, 1030, 1330, 25],
  ['新潟', 49_200, 861, 1354, 26],
  ['富山', 55_800, 1019, 1373, 26],
  ['石川', 57_300, 1114, 1360, 24],
  ['福井', 54_140, 1083, 1300, 26],
  ['山梨', 52_610, 944, 1330, 25],
  ['長野', 48_827, 880, 1339, 25],
  ['岐阜', 55_385, 971, 1374, 25],
  ['静岡', 51_100, 935, 1400, 25],
  ['愛知', 56_130, 1048, 1362, 25],
  ['三重', 54_843, 953, 1370, 25],
  ['滋賀', 55_380, 1013, 1340, 25],
  ['京都', 59_590, 1015, 1350, 25],
  ['大阪', 64_931, 1151, 1373, 24],
  ['兵庫', 58_427, 1077, 1351, 24],
  ['奈良', 57_100, 1063, 1400, 25],
  ['和歌山', 58_748, 1036, 1385, 25],
  ['鳥取', 52_138, 1064, 1363, 25],
  ['島根', 57_170, 1002, 1370, 26],
  ['岡山', 60_100, 1088, 1400, 25],
  ['広島', 55_090, 993, 1337, 25],
  ['山口', 63_513, 1136, 1354, 24],
  ['徳島', 60_976, 1091, 1356, 25],
  ['香川', 58_000, 993, 1300, 25],
  ['愛媛', 55_630, 979, 1320, 25],
  ['高知', 60_400, 1031, 1393, 24],
  ['福岡', 66_340, 1170, 1339, 25],
  ['佐賀', 68_700, 1179, 1400, 24],
  ['長崎', 56_200, 959, 1300, 25],
  ['熊本', 63_000, 1106, 1400, 25],
  ['大分', 64_200, 1125, 1400, 24],
  ['宮崎', 56_300, 1008, 1356, 25],
  ['鹿児島', 69_800, 1172, 1400, 25],
  ['沖縄', 61_000, 1081, 1290, 26],
]

const part = (kintoYen: number, rate: number): PartRates => ({ kintoYen: BigInt(kintoYen), rate: BigInt(rate) })

const MHLW = '[source: 厚生労働省「後期高齢者医療制度の令和8・9年度の保険料率について」(令和8年4月10日)の写し]'

interface Term {
  readonly fromYear: number
  readonly toYear: number
  readonly rates: ReadonlyMap<Prefecture, Rates>
}

/** 料率 are set for two years. */
const TERMS: readonly Term[] = [
  {
    fromYear: 2022,
    toYear: 2023,
    rates: new Map(
      R4.map(([name, kinto, rate]) => [
        name,
        {
          iryo: part(kinto, rate),
          lowRate: null,
          kodomo: null,
          source: '[source: 大和郡山市「ケース別 令和5年度計算例」]',
        },
      ]),
    ),
  },
  {
    fromYear: 2024,
    toYear: 2025,
    rates: new Map(
      R6.map(([name, kinto, rate, low]) => [
        name,
        { iryo: part(kinto, rate), lowRate: low === null ? null : BigInt(low), kodomo: null, source: MHLW },
      ]),
    ),
  },
  {
    fromYear: 2026,
    toYear: 2027,
    rates: new Map(
      R8.map(([name, kinto, rate, kodomoKinto, kodomoRate]) => [
        name,
        { iryo: part(kinto, rate), lowRate: null, kodomo: part(kodomoKinto, kodomoRate), source: MHLW },
      ]),
    ),
  },
]

/** 保険料率 of a 広域連合 in a 年度; null when it is not in the table, never guessed. */
export const ratesOf = (fiscalYear: number, prefecture: Prefecture): Rates | null =>
  TERMS.find(({ fromYear, toYear }) => fromYear <= fiscalYear && fiscalYear <= toYear)?.rates.get(prefecture) ?? null
