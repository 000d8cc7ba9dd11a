import { hokenryo } from '#rules/shisan/hokenryo.ts'
import { describe, expect, it } from 'vitest'

const alone = (told: object) => [{ pensionYen: 0, age: 80, isInsured: true, isHead: true, ...told }]
function linesOf(fiscalYear: number, prefecture: string, household: readonly object[], rates?: object): string[] {
  const input = { fiscalYear, prefecture, household, ...(rates === undefined ? {} : { rates }) }
  const computed = hokenryo.compute(input, new Set())
  if (!computed.ok) throw new Error(computed.error.message)
  return computed.value.lines.map(({ label, how, value }) => `${label}: ${how} → ${value}`)
}

describe('算定の内訳 of 保険料', () => {
  it('tells every figure of a couple, so that it can be reckoned again at the counter', () => {
    const household = [
      { pensionYen: 2_100_000, salaryYen: 800_000, age: 80, isInsured: true, isHead: true },
      { pensionYen: 800_000, age: 77, isInsured: true, isHead: false },
      { pensionYen: 0, age: 50, isInsured: false, isHead: false },
    ]
    expect(linesOf(2026, '東京', household)).toEqual([
      '1人目 年金所得: 年金収入 2,100,000円 − 公的年金等控除 1,100,000円 → 1,000,000円',
      '1人目 給与所得: 給与収入 800,000円 − 給与所得控除 650,000円 − 所得金額調整控除 100,000円 → 50,000円',
      '1人目 総所得金額等: 年金所得 1,000,000円 + 給与所得 50,000円 → 1,050,000円',
      '1人目 賦課のもととなる所得: 1,050,000円 − 基礎控除 430,000円(0円を下回れば0円) → 620,000円',
      '2人目 年金所得: 年金収入 800,000円 − 公的年金等控除 800,000円 → 0円',
      '2人目 総所得金額等: 所得なし → 0円',
      '2人目 賦課のもととなる所得: 0円 − 基礎控除 430,000円(0円を下回れば0円) → 0円',
      '3人目: 被保険者でも世帯主でもないため、軽減の判定にも保険料にも入らない → 対象外',
      '軽減判定所得: 被保険者全員と世帯主: 1人目 1,050,000円 − 150,000円(65歳以上の年金所得から)、2人目 0円 → 900,000円',
      '7割の基準: 430,000円(給与所得者等は1人以下) → 430,000円',
      '5割の基準: 430,000円 + 310,000円 × 被保険者 2人 → 1,050,000円',
      '2割の基準: 430,000円 + 570,000円 × 被保険者 2人 → 1,570,000円',
      '世帯の軽減: 900,000円 は7割の基準 430,000円 を超え、5割の基準 1,050,000円 以下 → 5割',
      '1人目 医療分の均等割: 53,300円 × 50%(5割軽減)、1円未満切捨て → 26,650円',
      '1人目 医療分の所得割: 620,000円 × 9.88%、1円未満切捨て → 61,256円',
      '1人目 医療分の保険料: 26,650円 + 61,256円 = 87,906円、100円未満切捨て → 87,900円',
      '1人目 子ども分の均等割: 1,300円 × 50%(5割軽減)、1円未満切捨て → 650円',
      '1人目 子ども分の所得割: 620,000円 × 0.26%、1円未満切捨て → 1,612円',
      '1人目 子ども分の保険料: 650円 + 1,612円 = 2,262円、100円未満切捨て → 2,200円',
      '1人目 年額: 医療分 87,900円 + 子ども・子育て支援金分 2,200円 → 90,100円',
      '2人目 医療分の均等割: 53,300円 × 50%(5割軽減)、1円未満切捨て → 26,650円',
      '2人目 医療分の所得割: 0円 × 9.88%、1円未満切捨て → 0円',
      '2人目 医療分の保険料: 26,650円 + 0円 = 26,650円、100円未満切捨て → 26,600円',
      '2人目 子ども分の均等割: 1,300円 × 50%(5割軽減)、1円未満切捨て → 650円',
      '2人目 子ども分の所得割: 0円 × 0.26%、1円未満切捨て → 0円',
      '2人目 子ども分の保険料: 650円 + 0円 = 650円、100円未満切捨て → 600円',
      '2人目 年額: 医療分 26,600円 + 子ども・子育て支援金分 600円 → 27,200円',
    ])
  })

  it.each<[string, number, string, object, string]>([
    ['7割', 2024, '埼玉', { pensionYen: 1_680_000 }, '世帯の軽減: 430,000円 は7割の基準 430,000円 以下 → 7割'],
    [
      '2割',
      2024,
      '埼玉',
      { pensionYen: 2_210_000 },
      '世帯の軽減: 960,000円 は5割の基準 725,000円 を超え、2割の基準 975,000円 以下 → 2割',
    ],
    ['なし', 2024, '埼玉', { pensionYen: 2_400_000 }, '世帯の軽減: 1,150,000円 は2割の基準 975,000円 を超える → なし'],
    ['no reduction', 2024, '埼玉', { pensionYen: 2_400_000 }, '1人目 均等割: 45,930円、軽減なし → 45,930円'],
    [
      'その他の所得',
      2025,
      '宮城',
      { otherIncomeYen: 5_430_000 },
      '1人目 総所得金額等: その他の所得 5,430,000円 → 5,430,000円',
    ],
    [
      'the low rate of 令和6年度',
      2024,
      '埼玉',
      { pensionYen: 1_680_000 },
      '1人目 所得割: 150,000円 × 8.42%(令和6年度の580,000円以下の率)、10円未満切捨て → 12,630円',
    ],
    [
      '7.2割',
      2026,
      '東京',
      { pensionYen: 1_500_000 },
      '1人目 医療分の均等割: 53,300円 × 28%(7.2割軽減)、1円未満切捨て → 14,924円',
    ],
    [
      '7割 of the 子ども分',
      2026,
      '東京',
      { pensionYen: 1_500_000 },
      '1人目 子ども分の均等割: 1,300円 × 30%(7割軽減)、1円未満切捨て → 390円',
    ],
    [
      'the limit',
      2026,
      '東京',
      { pensionYen: 15_000_000 },
      '1人目 医療分の保険料: 53,300円 + 1,246,362円 = 1,299,662円 → 限度額 850,000円、100円未満切捨て → 850,000円',
    ],
    [
      '独自の軽減',
      2025,
      '東京',
      { pensionYen: 1_680_000 },
      '1人目 所得割: 150,000円 × 9.67% × 50%(広域連合独自の軽減)、1円未満切捨て → 7,252円',
    ],
    [
      '元被扶養者',
      2025,
      '東京',
      { pensionYen: 2_400_000, wasDependant: true },
      '1人目 均等割: 47,300円 × 50%(元被扶養者のため5割軽減)、1円未満切捨て → 23,650円',
    ],
    [
      '元被扶養者 without 所得割',
      2025,
      '東京',
      { pensionYen: 2_400_000, wasDependant: true },
      '1人目 所得割: 元被扶養者のため所得割はかからない → 0円',
    ],
    [
      'a rate below one percent has two decimals',
      2026,
      '沖縄',
      { otherIncomeYen: 1_430_000 },
      '1人目 子ども分の所得割: 1,000,000円 × 0.26%、1円未満切捨て → 2,600円',
    ],
    [
      'a salary without adjustment',
      2025,
      '東京',
      { salaryYen: 1_000_000 },
      '1人目 給与所得: 給与収入 1,000,000円 − 給与所得控除 550,000円 → 450,000円',
    ],
  ])('%s', (_, year, prefecture, told, line) => {
    expect(linesOf(year, prefecture, alone(told))).toContain(line)
  })

  it('tells how 給与所得者等 are counted, and counts them from the second on', () => {
    const head = { pensionYen: 1_300_000, age: 80, isInsured: true, isHead: true }
    const computed = hokenryo.compute(
      { fiscalYear: 2025, prefecture: '東京', household: [head, { ...head, isHead: false }] },
      new Set(),
    )
    if (!computed.ok) throw new Error(computed.error.message)
    expect(computed.value.lines.find(({ label }) => label === '7割の基準')).toEqual({
      label: '7割の基準',
      how: '430,000円 + 100,000円 ×(給与所得者等 2人 − 1)',
      value: '530,000円',
      basis:
        '給与所得者等: 給与収入が550,000円を超える人、または公的年金等の収入が1,250,000円(65歳未満は600,000円)を超える人',
    })
  })

  it.each<[string, number, string, object, readonly string[]]>([
    ['令和8年度', 2026, '東京', { pensionYen: 1_680_000, salaryYen: 1 }, []],
    [
      '令和9年度',
      2027,
      '東京',
      { pensionYen: 1_680_000 },
      ['令和9年度の軽減の基準は確認できていない → 令和8年度の基準で計算'],
    ],
    [
      '令和9年度 with a salary',
      2027,
      '東京',
      { salaryYen: 1 },
      [
        '令和9年度の軽減の基準は確認できていない → 令和8年度の基準で計算',
        '令和9年度に使う給与所得控除は確認できていない → 令和8年度の控除で計算',
      ],
    ],
    [
      'no low rate known',
      2024,
      '宮城',
      { otherIncomeYen: 1_010_000 },
      ['580,000円以下の人の軽い所得割率は、この広域連合では確認できていない → 通常の率で計算'],
    ],
    ['no low rate known, none needed above', 2024, '宮城', { otherIncomeYen: 1_010_001 }, []],
    ['no low rate known, none needed without 所得割', 2024, '宮城', { otherIncomeYen: 430_000 }, []],
    ['no low rate known, 元被扶養者', 2024, '宮城', { otherIncomeYen: 1_010_000, wasDependant: true }, []],
    ['low rate known', 2024, '埼玉', { otherIncomeYen: 1_010_000 }, []],
    ['no low rate in 令和7年度', 2025, '宮城', { otherIncomeYen: 1_010_000 }, []],
  ])('what is not known for sure: %s', (_, year, prefecture, told, expected) => {
    const doubts = linesOf(year, prefecture, alone(told)).filter((line) => line.startsWith('確認を要する点: '))
    expect(doubts).toEqual(expected.map((text) => `確認を要する点: ${text}`))
  })

  it('own rates are read digit by digit', () => {
    const rates = { kintoYen: 50_000, ratePct: 9.5, lowRatePct: 8.07 }
    expect(linesOf(2025, '千葉', alone({ otherIncomeYen: 1_430_000 }), rates)).toContain(
      '1人目 所得割: 1,000,000円 × 9.50%、1円未満切捨て → 95,000円',
    )
    expect(linesOf(2024, '千葉', alone({ otherIncomeYen: 530_000 }), rates)).toContain(
      '1人目 所得割: 100,000円 × 8.07%(令和6年度の580,000円以下の率)、1円未満切捨て → 8,070円',
    )
    expect(linesOf(2025, '千葉', alone({ otherIncomeYen: 1_430_000 }), { ...rates, ratePct: 10 })).toContain(
      '1人目 所得割: 1,000,000円 × 10.00%、1円未満切捨て → 100,000円',
    )
  })
})
