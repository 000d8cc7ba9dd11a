import { computeHokenryo } from '#rules/hokenryo/compute-hokenryo.ts'
import { type Prefecture, PREFECTURES } from '#rules/hokenryo/prefectures.ts'
import { ratesOf } from '#rules/hokenryo/rates.ts'
import { aged, termsIn } from './household.ts'
import { describe, expect, it } from 'vitest'

/** O-19b: a twelfth of the rounded 医療分 of a 基礎年金受給者 (84万円) in 令和8年度, from the same MHLW paper by way of another project. */
const MONTHLY: readonly (readonly [Prefecture, number])[] = [
  ['北海道', 1392],
  ['青森', 1175],
  ['岩手', 1133],
  ['宮城', 1216],
  ['秋田', 1300],
  ['山形', 1225],
  ['福島', 1143],
  ['茨城', 1155],
  ['栃木', 1146],
  ['群馬', 1267],
  ['埼玉', 1217],
  ['千葉', 1183],
  ['東京', 1242],
  ['神奈川', 1225],
  ['新潟', 1148],
  ['富山', 1302],
  ['石川', 1337],
  ['福井', 1263],
  ['山梨', 1228],
  ['長野', 1139],
  ['岐阜', 1292],
  ['静岡', 1192],
  ['愛知', 1308],
  ['三重', 1280],
  ['滋賀', 1292],
  ['京都', 1390],
  ['大阪', 1515],
  ['兵庫', 1363],
  ['奈良', 1325],
  ['和歌山', 1371],
  ['鳥取', 1217],
  ['島根', 1334],
  ['岡山', 1400],
  ['広島', 1285],
  ['山口', 1482],
  ['徳島', 1423],
  ['香川', 1353],
  ['愛媛', 1298],
  ['高知', 1409],
  ['福岡', 1548],
  ['佐賀', 1603],
  ['長崎', 1308],
  ['熊本', 1470],
  ['大分', 1492],
  ['宮崎', 1300],
  ['鹿児島', 1625],
  ['沖縄', 1423],
]

describe('保険料率の表', () => {
  it('has every 都道府県 once, for 令和6年度 to 令和9年度', () => {
    expect(new Set(PREFECTURES).size).toBe(47)
    expect(MONTHLY.map(([name]) => name)).toEqual([...PREFECTURES])
    for (const year of [2024, 2025, 2026, 2027])
      expect(PREFECTURES.filter((name) => ratesOf(year, name) === null)).toEqual([])
  })

  it.each(MONTHLY)('O-19b %s: %i円 a month, ±10円', (prefecture, monthlyYen) => {
    const { people } = computeHokenryo([aged({ pensionYen: 840_000n })], termsIn(2026, prefecture))
    expect(Math.abs(Number(people[0]?.iryo.yen) / 12 - monthlyYen)).toBeLessThanOrEqual(10)
  })

  it.each<[number, Prefecture, bigint, bigint, bigint | null, bigint | null]>([
    [2022, '奈良', 50_500n, 993n, null, null],
    [2024, '北海道', 52_953n, 1179n, 1092n, null],
    [2025, '沖縄', 56_400n, 1160n, null, null],
    [2026, '東京', 53_300n, 988n, null, 26n],
    [2027, '沖縄', 61_000n, 1081n, null, 26n],
  ])('%i %s', (year, prefecture, kintoYen, rate, lowRate, kodomoRate) => {
    const rates = ratesOf(year, prefecture)
    expect(rates).toMatchObject({ iryo: { kintoYen, rate }, lowRate })
    expect(rates?.kodomo?.rate ?? null).toBe(kodomoRate)
  })

  it.each<[number, Prefecture]>([
    [2021, '奈良'],
    [2023, '東京'],
    [2028, '東京'],
  ])('does not guess: %i %s', (year, prefecture) => {
    expect(ratesOf(year, prefecture)).toBeNull()
  })
})
