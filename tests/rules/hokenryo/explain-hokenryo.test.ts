import { hokenryo } from '#rules/shisan/hokenryo.ts'
import { describe, expect, it } from 'vitest'

const alone = (told: object) => [{ pensionYen: 0, age: 80, isInsured: true, isHead: true, ...told }]
function linesOf(fiscalYear: number, prefecture: string, household: readonly object[], rates?: object): string[] {
  const input = { fiscalYear, prefecture, household, ...(rates === undefined ? {} : { rates }) }
  const computed = hokenryo.compute(input, new Set())
  if (!computed.ok) throw new Error(computed.error.message)
  return computed.value.lines.map(({ label, how, value }) => `${label}: ${how} → ${value}`)
}

const PREMIUM_BASIS = '高齢者医療確保法施行令18条、広域連合条例〔要確認〕'

describe('算定の内訳 of 保険料', () => {
  it('tells every figure of a couple, so that it can be reckoned again at the counter', () => {
    const household = [
      { pensionYen: 2_100_000, salaryYen: 800_000, age: 80, isInsured: true, isHead: true },
      { pensionYen: 800_000, age: 77, isInsured: true, isHead: false },
      { pensionYen: 0, age: 50, isInsured: false, isHead: false },
    ]
    expect(linesOf(2026, '東京', household)).toEqual([
      '医療分の料率: 東京都後期高齢者医療広域連合、令和8年度 → 均等割額 53,300円、所得割率 9.88%',
      '子ども分の料率: 東京都後期高齢者医療広域連合、令和8年度 → 均等割額 1,300円、所得割率 0.26%',
      '端数処理: 軽減後の均等割額は1円未満切捨て、所得割額は1円未満切捨て、保険料は100円未満切捨て → 切捨て',
      '1人目 年金所得: 年金収入 2,100,000円 − 公的年金等控除 1,100,000円(65歳以上、収入 3,300,000円未満: 年金所得 = 収入 − 1,100,000円) → 1,000,000円',
      '1人目 給与所得: 給与収入 800,000円 − 給与所得控除 650,000円(収入 1,900,000円未満: 控除後の額 = 収入 − 650,000円) − 所得金額調整控除 100,000円(給与所得と年金所得をそれぞれ100,000円まで足し、100,000円を引いた額) → 50,000円',
      '1人目 総所得金額等: 年金所得 1,000,000円 + 給与所得 50,000円 → 1,050,000円',
      '1人目 賦課のもととなる所得: 総所得金額等 1,050,000円 − 基礎控除 430,000円(合計所得金額が24,000,000円以下) → 620,000円',
      '2人目 年金所得: 年金収入 800,000円 − 公的年金等控除 800,000円(65歳以上、収入 3,300,000円未満: 年金所得 = 収入 − 1,100,000円、0円を下回るため0円) → 0円',
      '2人目 総所得金額等: 所得なし → 0円',
      '2人目 賦課のもととなる所得: 総所得金額等 0円 − 基礎控除 430,000円(合計所得金額が24,000,000円以下)。0円を下回るため0円 → 0円',
      '3人目: 被保険者でも世帯主でもないため、軽減の判定にも保険料にも入らない → 対象外',
      '軽減判定所得: 被保険者全員と世帯主の合計: 1人目 1,050,000円 − 150,000円(65歳以上の年金所得から)、2人目 0円 → 900,000円',
      '7割の基準: 430,000円(給与所得者等は1人目だけのため、加算なし) → 430,000円',
      '5割の基準: 430,000円 + 310,000円 × 被保険者 2人 → 1,050,000円',
      '2割の基準: 430,000円 + 570,000円 × 被保険者 2人 → 1,570,000円',
      '世帯の軽減: 900,000円 は7割の基準 430,000円 を超え、5割の基準 1,050,000円 以下 → 5割',
      '1人目 医療分の均等割: 均等割額 53,300円 × 50%(世帯の5割軽減)、1円未満切捨て → 26,650円',
      '1人目 医療分の所得割: 賦課のもととなる所得 620,000円 × 9.88%、1円未満切捨て → 61,256円',
      '1人目 医療分の保険料: 均等割 26,650円 + 所得割 61,256円 = 87,906円、100円未満切捨て → 87,900円',
      '1人目 子ども分の均等割: 均等割額 1,300円 × 50%(世帯の5割軽減)、1円未満切捨て → 650円',
      '1人目 子ども分の所得割: 賦課のもととなる所得 620,000円 × 0.26%、1円未満切捨て → 1,612円',
      '1人目 子ども分の保険料: 均等割 650円 + 所得割 1,612円 = 2,262円、100円未満切捨て → 2,200円',
      '1人目 年額: 医療分 87,900円 + 子ども・子育て支援金分 2,200円(12か月分) → 90,100円',
      '2人目 医療分の均等割: 均等割額 53,300円 × 50%(世帯の5割軽減)、1円未満切捨て → 26,650円',
      '2人目 医療分の所得割: 賦課のもととなる所得 0円 × 9.88%、1円未満切捨て → 0円',
      '2人目 医療分の保険料: 均等割 26,650円 + 所得割 0円 = 26,650円、100円未満切捨て → 26,600円',
      '2人目 子ども分の均等割: 均等割額 1,300円 × 50%(世帯の5割軽減)、1円未満切捨て → 650円',
      '2人目 子ども分の所得割: 賦課のもととなる所得 0円 × 0.26%、1円未満切捨て → 0円',
      '2人目 子ども分の保険料: 均等割 650円 + 所得割 0円 = 650円、100円未満切捨て → 600円',
      '2人目 年額: 医療分 26,600円 + 子ども・子育て支援金分 600円(12か月分) → 27,200円',
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
    ['no reduction', 2024, '埼玉', { pensionYen: 2_400_000 }, '1人目 均等割: 均等割額 45,930円、軽減なし → 45,930円'],
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
      '1人目 所得割: 賦課のもととなる所得 150,000円 × 8.42%(580,000円以下の率)、10円未満切捨て → 12,630円',
    ],
    [
      '7.2割',
      2026,
      '東京',
      { pensionYen: 1_500_000 },
      '1人目 医療分の均等割: 均等割額 53,300円 × 28%(世帯の7.2割軽減)、1円未満切捨て → 14,924円',
    ],
    [
      '7割 of the 子ども分',
      2026,
      '東京',
      { pensionYen: 1_500_000 },
      '1人目 子ども分の均等割: 均等割額 1,300円 × 30%(世帯の7割軽減)、1円未満切捨て → 390円',
    ],
    [
      'the limit',
      2026,
      '東京',
      { pensionYen: 15_000_000 },
      '1人目 医療分の保険料: 均等割 53,300円 + 所得割 1,246,362円 = 1,299,662円。賦課限度額 850,000円を超えるため限度額、100円未満切捨て → 850,000円',
    ],
    [
      '独自の軽減',
      2025,
      '東京',
      { pensionYen: 1_680_000 },
      '1人目 所得割: 賦課のもととなる所得 150,000円 × 9.67% × 50%(広域連合独自の軽減: 賦課のもととなる所得 150,000円以下)、1円未満切捨て → 7,252円',
    ],
    [
      '元被扶養者',
      2025,
      '東京',
      { pensionYen: 2_400_000, wasDependant: true },
      '1人目 均等割: 均等割額 47,300円 × 50%(元被扶養者のため5割軽減)、1円未満切捨て → 23,650円',
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
      '1人目 子ども分の所得割: 賦課のもととなる所得 1,000,000円 × 0.26%、1円未満切捨て → 2,600円',
    ],
    [
      'a salary without adjustment',
      2025,
      '東京',
      { salaryYen: 1_000_000 },
      '1人目 給与所得: 給与収入 1,000,000円 − 給与所得控除 550,000円(収入 1,619,000円未満: 控除後の額 = 収入 − 550,000円) → 450,000円',
    ],
  ])('%s', (_, year, prefecture, told, line) => {
    expect(linesOf(year, prefecture, alone(told))).toContain(line)
  })

  it.each<[string, number, object, string]>([
    [
      'a bracket of the pension',
      2026,
      { pensionYen: 3_333_333 },
      '1人目 年金所得: 年金収入 3,333,333円 − 公的年金等控除 1,108,334円(65歳以上、収入 3,300,000円以上4,100,000円未満: 年金所得 = 収入 × 75% − 275,000円、1円未満切捨て) → 2,224,999円',
    ],
    [
      'the highest bracket',
      2026,
      { pensionYen: 10_740_000 },
      '1人目 年金所得: 年金収入 10,740,000円 − 公的年金等控除 1,955,000円(65歳以上、収入 10,000,000円以上: 年金所得 = 収入 − 1,955,000円) → 8,785,000円',
    ],
    [
      'below 65',
      2026,
      { pensionYen: 1_000_000, age: 64 },
      '1人目 年金所得: 年金収入 1,000,000円 − 公的年金等控除 600,000円(65歳未満、収入 1,300,000円未満: 年金所得 = 収入 − 600,000円) → 400,000円',
    ],
    [
      'a smaller 公的年金等控除 beside much other income',
      2026,
      { pensionYen: 2_000_000, otherIncomeYen: 10_000_001 },
      '1人目 年金所得: 年金収入 2,000,000円 − 公的年金等控除 1,000,000円(65歳以上、収入 3,300,000円未満: 年金所得 = 収入 − 1,100,000円。年金以外の所得が10,000,000円を超えるため、控除は100,000円少ない) → 1,000,000円',
    ],
    [
      'a salary that counts in steps',
      2025,
      { salaryYen: 1_803_999 },
      '1人目 給与所得: 給与収入 1,803,999円 − 給与所得控除 623,999円(収入 1,800,000円以上3,600,000円未満: 控除後の額 = 収入の4,000円未満を切り捨てた 1,800,000円 × 70% − 80,000円、1円未満切捨て) → 1,180,000円',
    ],
    [
      'a salary with a fixed income',
      2025,
      { salaryYen: 1_623_000 },
      '1人目 給与所得: 給与収入 1,623,000円 − 給与所得控除 551,000円(収入 1,622,000円以上1,624,000円未満: 控除後の額 = 1,072,000円) → 1,072,000円',
    ],
    [
      'a salary row that adds',
      2025,
      { salaryYen: 1_632_000 },
      '1人目 給与所得: 給与収入 1,632,000円 − 給与所得控除 552,800円(収入 1,628,000円以上1,800,000円未満: 控除後の額 = 収入 × 60% + 100,000円、1円未満切捨て) → 1,079,200円',
    ],
    [
      'a smaller 基礎控除',
      2026,
      { otherIncomeYen: 24_000_001 },
      '1人目 賦課のもととなる所得: 総所得金額等 24,000,001円 − 基礎控除 290,000円(合計所得金額(ここでは総所得金額等と同じとみる)が24,000,000円を超え24,500,000円以下) → 23,710,001円',
    ],
    [
      'no 基礎控除',
      2026,
      { otherIncomeYen: 25_000_001 },
      '1人目 賦課のもととなる所得: 総所得金額等 25,000,001円 − 基礎控除 0円(合計所得金額(ここでは総所得金額等と同じとみる)が25,000,000円を超える) → 25,000,001円',
    ],
    [
      'less income than 基礎控除',
      2026,
      { otherIncomeYen: 429_999 },
      '1人目 賦課のもととなる所得: 総所得金額等 429,999円 − 基礎控除 430,000円(合計所得金額が24,000,000円以下)。0円を下回るため0円 → 0円',
    ],
    ['nobody earns', 2026, {}, '7割の基準: 430,000円(給与所得者等がいないため、加算なし) → 430,000円'],
    [
      '元被扶養者, more than 2割',
      2025,
      { otherIncomeYen: 990_000, wasDependant: true },
      '1人目 均等割: 均等割額 47,300円 × 50%(元被扶養者のため5割軽減。世帯の2割より大きい)、1円未満切捨て → 23,650円',
    ],
    [
      '元被扶養者, as much as 5割',
      2025,
      { otherIncomeYen: 735_000, wasDependant: true },
      '1人目 均等割: 均等割額 47,300円 × 50%(世帯の5割軽減。元被扶養者の5割と同じ)、1円未満切捨て → 23,650円',
    ],
    [
      '元被扶養者, less than 7割',
      2025,
      { wasDependant: true },
      '1人目 均等割: 均等割額 47,300円 × 30%(世帯の7割軽減。元被扶養者の5割より大きい)、1円未満切捨て → 14,190円',
    ],
    [
      '独自の軽減, the second step',
      2025,
      { otherIncomeYen: 630_000 },
      '1人目 所得割: 賦課のもととなる所得 200,000円 × 9.67% × 75%(広域連合独自の軽減: 賦課のもととなる所得 200,000円以下)、1円未満切捨て → 14,505円',
    ],
    [
      'the whole premium',
      2025,
      { otherIncomeYen: 1_430_000 },
      '1人目 年額: 均等割 47,300円 + 所得割 96,700円 = 144,000円、100円未満切捨て(12か月分) → 144,000円',
    ],
  ])('where a figure is from: %s', (_, year, told, line) => {
    expect(linesOf(year, '東京', alone(told))).toContain(line)
  })

  it.each<[string, number, string, object, object | undefined, string, string]>([
    [
      'the table',
      2026,
      '東京',
      {},
      undefined,
      '医療分の料率',
      '〔出典: 厚生労働省「後期高齢者医療制度の令和8・9年度の保険料率について」(令和8年4月10日)の写し〕',
    ],
    ['the table of 令和5年度', 2023, '奈良', {}, undefined, '料率', '〔出典: 大和郡山市「ケース別 令和5年度計算例」〕'],
    ['own rates', 2025, '東京', {}, { kintoYen: 50_000, ratePct: 9.5 }, '料率', '入力した料率'],
    [
      'own units',
      2025,
      '東京',
      {},
      { kintoYen: 50_000, ratePct: 9.5, totalUnitYen: 10 },
      '端数処理',
      '入力した端数処理。入力のないものは広域連合の定め',
    ],
    [
      'own rates without units',
      2025,
      '埼玉',
      {},
      { kintoYen: 50_000, ratePct: 9.5 },
      '端数処理',
      '〔出典: 埼玉県後期高齢者医療広域連合「令和6年度の保険料額算定例」〕',
    ],
    [
      '65 and older',
      2026,
      '東京',
      { pensionYen: 1_200_000 },
      undefined,
      '軽減判定所得',
      '65歳以上の年金所得から15万円まで引く。軽減の判定だけに使う〔出典: 当別町〕',
    ],
    ['no pension', 2026, '東京', {}, undefined, '軽減判定所得', ''],
    ['5割', 2025, '東京', {}, undefined, '5割の基準', '〔出典: 加古川市、当別町、藤井寺市〕'],
    ['2割', 2024, '埼玉', {}, undefined, '2割の基準', '〔出典: 足寄町、上三川町〕'],
    ['5割 of 令和5年度', 2023, '奈良', {}, undefined, '5割の基準', '〔出典: 桑名市〕'],
    [
      '7.2割',
      2026,
      '東京',
      {},
      undefined,
      '1人目 医療分の均等割',
      '7割軽減の医療分は7.2割〔出典: 公開の後期高齢者医療保険料の計算プログラム、恵庭市 資料No.17 の計算例と一致〕',
    ],
    ['7割', 2026, '東京', {}, undefined, '1人目 子ども分の均等割', PREMIUM_BASIS],
    [
      '元被扶養者',
      2025,
      '東京',
      { pensionYen: 2_400_000, wasDependant: true },
      undefined,
      '1人目 均等割',
      '元被扶養者の均等割の軽減は、加入の月から24か月〔出典: 加古川市、泉大津市〕',
    ],
    [
      '元被扶養者, 所得割',
      2025,
      '東京',
      { pensionYen: 2_400_000, wasDependant: true },
      undefined,
      '1人目 所得割',
      '〔出典: 加古川市、泉大津市〕',
    ],
    [
      '独自の軽減',
      2025,
      '東京',
      { otherIncomeYen: 500_000 },
      undefined,
      '1人目 所得割',
      '〔出典: 公開の後期高齢者医療保険料の計算プログラム〕',
    ],
    [
      '58万円以下',
      2024,
      '埼玉',
      { otherIncomeYen: 500_000 },
      undefined,
      '1人目 所得割',
      '令和6年度だけの率〔出典: 市町村のページ〕',
    ],
    ['the usual rate', 2025, '埼玉', { otherIncomeYen: 500_000 }, undefined, '1人目 所得割', PREMIUM_BASIS],
    ['均等割 without 軽減', 2025, '埼玉', { pensionYen: 2_400_000 }, undefined, '1人目 均等割', PREMIUM_BASIS],
    ['均等割 of 5割', 2025, '埼玉', { pensionYen: 1_700_000 }, undefined, '1人目 均等割', PREMIUM_BASIS],
    ['the premium of a part', 2026, '東京', {}, undefined, '1人目 医療分の保険料', PREMIUM_BASIS],
    ['the parts together', 2026, '東京', {}, undefined, '1人目 年額', PREMIUM_BASIS],
    [
      'the limit',
      2026,
      '東京',
      { pensionYen: 15_000_000 },
      undefined,
      '1人目 医療分の保険料',
      '高齢者の医療の確保に関する法律施行令18条(令和8年1月21日の改正)〔出典: 料率の公開の表、社労士事務所の記事〕',
    ],
    [
      'the limit of 令和6年度',
      2024,
      '埼玉',
      { pensionYen: 15_000_000 },
      undefined,
      '1人目 年額',
      '〔出典: 静岡県後期高齢者医療広域連合、唐津市〕',
    ],
    [
      'the limit of 73万円',
      2024,
      '埼玉',
      { pensionYen: 15_000_000, insuredBeforeR6: true },
      undefined,
      '1人目 年額',
      '令和6年度は、昭和24年3月31日以前の生まれか令和7年3月31日までの障害認定の人は73万円〔出典: 静岡県後期高齢者医療広域連合、唐津市〕',
    ],
    [
      'the limit of 令和7年度',
      2025,
      '埼玉',
      { pensionYen: 15_000_000 },
      undefined,
      '1人目 年額',
      '〔出典: 東京都後期高齢者医療広域連合「保険料の決め方・賦課」〕',
    ],
    [
      'the limit of 令和5年度',
      2023,
      '奈良',
      { pensionYen: 15_000_000 },
      undefined,
      '1人目 年額',
      '〔出典: 唐津市「保険料率の改定」〕',
    ],
    ['below the limit', 2025, '埼玉', {}, undefined, '1人目 年額', PREMIUM_BASIS],
    [
      'the pension',
      2025,
      '埼玉',
      { pensionYen: 1 },
      undefined,
      '1人目 年金所得',
      '所得税法35条、租税特別措置法41条の15の3〔要確認〕',
    ],
    [
      'the salary',
      2025,
      '埼玉',
      { salaryYen: 1 },
      undefined,
      '1人目 給与所得',
      '所得税法28条・別表第五、租税特別措置法41条の3の11〔要確認〕',
    ],
    [
      '基礎控除',
      2025,
      '埼玉',
      {},
      undefined,
      '1人目 賦課のもととなる所得',
      '基礎控除〔出典: 大田区、大阪府後期高齢者医療広域連合「保険料」〕',
    ],
    [
      'a smaller 基礎控除',
      2025,
      '埼玉',
      { otherIncomeYen: 24_000_001 },
      undefined,
      '1人目 賦課のもととなる所得',
      '基礎控除〔出典: 大田区、大阪府後期高齢者医療広域連合「保険料」〕。合計所得金額が24,000,000円を超える人の額〔要確認〕',
    ],
    [
      '給与所得者等 from 令和8年度',
      2026,
      '埼玉',
      {},
      undefined,
      '7割の基準',
      '基準額〔出典: 公開の後期高齢者医療保険料の計算プログラム、恵庭市 資料No.17 の計算例と一致〕。給与所得者等: 給与収入が550,000円〔要確認: 令和7年の税制改正で変わったか〕を超える人、または公的年金等の収入が1,250,000円(65歳未満は600,000円)を超える人〔出典: 上三川町、駒ヶ根市〕',
    ],
    ['福岡', 2025, '福岡', {}, undefined, '端数処理', '福岡県後期高齢者医療広域連合の平成30・31年度の資料〔要確認〕'],
    [
      '東京',
      2025,
      '東京',
      {},
      undefined,
      '端数処理',
      '広域連合の定め。資料のない広域連合は、多くの広域連合と同じとする〔要確認〕',
    ],
  ])('根拠 of a figure: %s', (_, year, prefecture, told, rates, label, basis) => {
    const input = { fiscalYear: year, prefecture, household: alone(told), ...(rates === undefined ? {} : { rates }) }
    const computed = hokenryo.compute(input, new Set())
    if (!computed.ok) throw new Error(computed.error.message)
    expect(computed.value.lines.filter((line) => line.label === label).map((line) => line.basis ?? '')).toEqual([basis])
  })

  it('tells the rates and the units that were typed in', () => {
    const rates = { kintoYen: 50_000, ratePct: 9.5, lowRatePct: 8.07, kintoUnitYen: 10, totalUnitYen: 1 }
    expect(linesOf(2024, '大阪', alone({}), rates).slice(0, 2)).toEqual([
      '料率: 大阪府後期高齢者医療広域連合、令和6年度 → 均等割額 50,000円、所得割率 9.50%(賦課のもととなる所得 580,000円以下の人は 8.07%)',
      '端数処理: 軽減後の均等割額は10円未満切捨て、所得割額は1円未満切捨て、保険料は1円未満切捨て → 切捨て',
    ])
    expect(linesOf(2025, '北海道', alone({}), rates)[0]).toBe(
      '料率: 北海道後期高齢者医療広域連合、令和7年度 → 均等割額 50,000円、所得割率 9.50%',
    )
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
      how: '430,000円 + 100,000円 ×(給与所得者等 2人 − 1)。給与所得者等は1人目、2人目',
      value: '530,000円',
      basis:
        '基準額〔出典: 加古川市、当別町、藤井寺市〕。給与所得者等: 給与収入が550,000円を超える人、または公的年金等の収入が1,250,000円(65歳未満は600,000円)を超える人〔出典: 上三川町、駒ヶ根市〕',
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
      '1人目 所得割: 賦課のもととなる所得 1,000,000円 × 9.50%、1円未満切捨て → 95,000円',
    )
    expect(linesOf(2024, '千葉', alone({ otherIncomeYen: 530_000 }), rates)).toContain(
      '1人目 所得割: 賦課のもととなる所得 100,000円 × 8.07%(580,000円以下の率)、1円未満切捨て → 8,070円',
    )
    expect(linesOf(2025, '千葉', alone({ otherIncomeYen: 1_430_000 }), { ...rates, ratePct: 10 })).toContain(
      '1人目 所得割: 賦課のもととなる所得 1,000,000円 × 10.00%、1円未満切捨て → 100,000円',
    )
  })
})
