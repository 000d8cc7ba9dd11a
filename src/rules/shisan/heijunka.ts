import { ok } from '#kernel/result.ts'
import { yenToJson } from '#kernel/yen.ts'
import { type Heijunka, levelKarichoshu } from '../tokucho/heijunka.ts'
import { autumnLines } from './autumn-lines.ts'
import { defineShisan, type ExplainLine, refuse, sayYen } from './definition.ts'
import { sayQuotient } from './say-quotient.ts'
import { choice, record, withDefault, yen } from './schema.ts'

type Strip = readonly [number, number, number, number, number, number]
const DERIVED = '里庄町・猪名川町(A)、松山市・美浦村(B)の規則から算出 [derived]'

const row = (
  id: string,
  method: 'A' | 'B',
  expectedAnnualYen: number,
  februaryYen: number,
  [aprYen, junYen, augYen, octYen, decYen, febYen]: Strip,
  more: {
    readonly unitYen?: 1 | 100 | 1000
    readonly zeroOrLess?: 'zero' | 'keep'
    readonly juneYen?: number
  } = {},
  source = DERIVED,
) => ({
  id,
  source,
  input: { method, expectedAnnualYen, februaryYen, ...more },
  expected: { aprYen, junYen, augYen, octYen, decYen, febYen },
})

const PRINTED_A = '猪名川町(印刷された例)'
const PRINTED_B = '松山市(印刷された例)'

export const heijunka = defineShisan({
  name: 'heijunka',
  term: '仮徴収額の平準化',
  summary: '4月から8月までの特別徴収が見込年額の半分になるよう、8月(または6月と8月)の額を変えます。',
  basis: [
    '4月の額は変えられない(介護保険法140条1項・2項(高齢者医療確保法110条で準用))',
    '8月だけの変更は6月20日まで、6月と8月の変更は4月20日までに年金保険者へ通知する(高齢者医療確保法施行令26条、高齢者医療確保法施行規則110〜112条)',
    '見込年額は前年度の年額とする [source: 猪名川町; 美浦村; 土浦市]',
    '方法A [source: 里庄町; 猪名川町; 土浦市] 方法B [source: 松山市; 美浦村]',
    '変更後の額が0円以下になるときは0円とする [own knowledge, verify]',
  ],
  formula: [
    '半額 = 見込年額 ÷ 2(1円未満切捨て)',
    '方法A: 8月 = 半額 − 4月 − 6月',
    '方法B: 6月 = 8月 =(半額 − 4月)÷ 2(100円未満切捨て)',
    '10月・12月・2月は、年額が見込みどおりに決まったときの本徴収額',
  ],
  doubts: [
    '方法Aの端数: 端数処理を書いた市がないため既定は1円。単位を100円とすると、方法Bと同じく切り捨てる。',
    '0円以下になるとき、0円の変更を年金側が受け取るか、中止の通知とするかは国保連に確認する。',
    '対象とする差額の基準(例 三種町 4,000円)、増額のときに2分の1判定を再び行うかは市町村が定める。ここでは額だけを求める。',
  ],
  input: record(
    '入力',
    {
      method: choice('方法', [
        ['A', '方法A: 8月だけ変える'],
        ['B', '方法B: 6月と8月を変える'],
      ]),
      expectedAnnualYen: yen('見込年額', { description: '前年度の年額。12か月に満たないときは12か月分に直した額' }),
      februaryYen: yen('2月の額', { description: '4月の額になる' }),
    },
    {
      juneYen: yen('6月の額', {
        description: '方法Aで、今年度の6月の処理で変えたときだけ(8月も同じ額になっている)。入れないときは2月と同じ',
      }),
      unitYen: choice(
        '端数の単位',
        [
          [1, '1円'],
          [100, '100円'],
          [1000, '1,000円'],
        ],
        '入れないときは、方法Aは1円、方法Bは100円',
      ),
      zeroOrLess: withDefault(
        choice('0円以下になるとき', [
          ['zero', '0円とする'],
          ['keep', '変更しない'],
        ]),
        'zero',
      ),
    },
  ),
  output: record('結果', {
    aprYen: yen('4月'),
    junYen: yen('6月'),
    augYen: yen('8月'),
    octYen: yen('10月(見込み)'),
    decYen: yen('12月(見込み)'),
    febYen: yen('2月(見込み)'),
  }),
  examples: [
    row('O-35', 'A', 49_200, 800, [800, 800, 23_000, 8200, 8200, 8200], {}, PRINTED_A),
    row('O-37', 'B', 66_000, 20_000, [20_000, 6500, 6500, 11_000, 11_000, 11_000], {}, PRINTED_B),
    row('3.3 §8 #1', 'B', 88_400, 21_900, [21_900, 11_100, 11_100, 14_900, 14_700, 14_700]),
    row('3.3 §8 #2', 'A', 88_400, 21_900, [21_900, 21_900, 400, 14_800, 14_700, 14_700]),
    row('3.3 §8 #3', 'B', 118_600, 8300, [8300, 25_500, 25_500, 19_900, 19_700, 19_700]),
    row('3.3 §8 #4', 'B', 88_500, 10_000, [10_000, 17_100, 17_100, 14_900, 14_700, 14_700]),
    row('3.3 §8 #5 1円', 'A', 88_500, 10_000, [10_000, 10_000, 24_250, 14_850, 14_700, 14_700]),
    row('3.3 §8 #5 100円', 'A', 88_500, 10_000, [10_000, 10_000, 24_200, 14_900, 14_700, 14_700], { unitYen: 100 }),
    row('3.3 §8 #6 7,300円', 'B', 60_000, 7300, [7300, 11_300, 11_300, 10_100, 10_000, 10_000]),
    row('3.3 §8 #6 7,400円', 'B', 60_000, 7400, [7400, 11_300, 11_300, 10_000, 10_000, 10_000]),
    row('3.3 §8 #7 12,600円', 'B', 60_000, 12_600, [12_600, 8700, 8700, 10_000, 10_000, 10_000]),
    row('3.3 §8 #7 12,700円', 'B', 60_000, 12_700, [12_700, 8600, 8600, 10_100, 10_000, 10_000]),
    row('3.3 §8 #8 8,700円', 'A', 60_000, 8700, [8700, 8700, 12_600, 10_000, 10_000, 10_000]),
    row('3.3 §8 #8 8,600円', 'A', 60_000, 8600, [8600, 8600, 12_800, 10_000, 10_000, 10_000]),
    row('3.3 §8 #9 B', 'B', 64_400, 10_700, [10_700, 10_700, 10_700, 10_900, 10_700, 10_700]),
    row('3.3 §8 #9 A', 'A', 64_400, 10_700, [10_700, 10_700, 10_800, 10_800, 10_700, 10_700]),
    row('3.3 §8 #10', 'B', 50_000, 25_000, [25_000, 0, 0, 8400, 8300, 8300]),
    row('3.3 §8 #11', 'B', 50_000, 24_900, [24_900, 0, 0, 8500, 8300, 8300]),
    row('3.3 §8 #12 12,400円', 'A', 50_000, 12_400, [12_400, 12_400, 200, 8400, 8300, 8300]),
    row('3.3 §8 #12 12,500円', 'A', 50_000, 12_500, [12_500, 12_500, 0, 8400, 8300, 8300]),
    row('3.3 §8 #12 13,000円', 'A', 50_000, 13_000, [13_000, 13_000, 0, 8000, 8000, 8000]),
    row('3.3 §8 #13 0円', 'B', 66_000, 33_500, [33_500, 0, 0, 10_900, 10_800, 10_800]),
    row('3.3 §8 #13 変更しない', 'B', 66_000, 33_500, [33_500, 33_500, 33_500, 0, 0, 0], { zeroOrLess: 'keep' }),
    row('3.3 §8 #14', 'B', 60_171, 17_500, [17_500, 6200, 6200, 10_271, 10_000, 10_000]),
    row('3.3 §8 #17', 'A', 88_400, 21_900, [21_900, 11_100, 11_200, 14_800, 14_700, 14_700], { juneYen: 11_100 }),
    {
      id: '6月も変える方法Bに6月の額',
      source: '試算の入力の決まり',
      input: { method: 'B' as const, expectedAnnualYen: 88_400, februaryYen: 21_900, juneYen: 11_100 },
      refusedAt: '/juneYen',
    },
    row('3.3 §8 表の後 7,400円', 'A', 60_000, 7400, [7400, 7400, 15_200, 10_000, 10_000, 10_000]),
    row('3.3 §8 表の後 31,900円', 'B', 104_500, 31_900, [31_900, 10_100, 10_100, 17_600, 17_400, 17_400]),
  ],
  compute({ method, expectedAnnualYen, februaryYen, juneYen, unitYen, zeroOrLess }) {
    if (method === 'B' && juneYen !== undefined)
      return refuse('/juneYen', '方法Bは6月の額も決め直します。', '6月の額を空欄にするか、方法Aを選んでください。')
    const unit = BigInt(unitYen ?? (method === 'A' ? 1 : 100))
    const levelled = levelKarichoshu({
      method,
      expectedAnnualYen: BigInt(expectedAnnualYen),
      februaryYen: BigInt(februaryYen),
      juneYen: juneYen === undefined ? undefined : BigInt(juneYen),
      unitYen: unit,
      zeroOrLess,
    })
    const { aprYen, junYen, augYen, autumn, halfYen } = levelled
    const keepsJune = method === 'A' && juneYen === undefined
    const expected = sayYen(BigInt(expectedAnnualYen))
    return ok({
      output: {
        aprYen: yenToJson(aprYen),
        junYen: yenToJson(junYen),
        augYen: yenToJson(augYen),
        octYen: yenToJson(autumn.octYen),
        decYen: yenToJson(autumn.decYen),
        febYen: yenToJson(autumn.febYen),
      },
      lines: [
        {
          label: '半額',
          how: `見込年額 ${expected} ÷ 2 ${sayQuotient(BigInt(expectedAnnualYen), 2, 1n)}。4月から8月までで、この額にする`,
          value: sayYen(halfYen),
          basis: '見込年額は前年度の年額 [source: 猪名川町; 美浦村; 土浦市]',
        },
        {
          label: keepsJune ? '4月・6月(各)' : '4月',
          how: keepsJune ? '2月と同じ額(8月だけ変える。4月は変えられない)' : '2月と同じ額(4月は変えられない)',
          value: sayYen(aprYen),
          basis: '介護保険法140条1項・2項(高齢者医療確保法110条で準用)',
        },
        ...(juneYen === undefined ? [] : [{ label: '6月', how: '今年度の6月の処理で変えた額', value: sayYen(junYen) }]),
        changedLine(method, levelled, unit, zeroOrLess),
        {
          label: '仮徴収計',
          how: `4月 ${sayYen(aprYen)} + 6月 ${sayYen(junYen)} + 8月 ${sayYen(augYen)}`,
          value: sayYen(autumn.provisionalYen),
        },
        ...autumnLines(`見込年額 ${expected}`, autumn).map((line) => ({ ...line, label: `見込みの${line.label}` })),
      ],
    })
  },
})

const METHOD_BASIS = { A: '[source: 里庄町; 猪名川町; 土浦市]', B: '[source: 松山市; 美浦村]' } as const

function changedLine(method: 'A' | 'B', levelled: Heijunka, unit: bigint, zeroOrLess: 'zero' | 'keep'): ExplainLine {
  const { halfYen, aprYen, junYen, augYen, leftYen, wasZeroOrLess } = levelled
  const label = method === 'A' ? '8月' : '6月・8月(各)'
  const left =
    method === 'A'
      ? `半額 ${sayYen(halfYen)} − 4月 ${sayYen(aprYen)} − 6月 ${sayYen(junYen)} = ${sayYen(leftYen)}`
      : `半額 ${sayYen(halfYen)} − 4月 ${sayYen(aprYen)} = ${sayYen(leftYen)}`
  const value = sayYen(augYen)
  if (leftYen <= 0n) return { label, how: `${left} は0円以下のため、${AT_ZERO[zeroOrLess]}`, value, basis: ZERO_BASIS }
  const floored = leftYen % unit === 0n ? '' : `、${sayYen(unit)}未満切捨て`
  const how = method === 'A' ? `${left}${floored}` : `(${left})÷ 2回 ${sayQuotient(leftYen, 2, unit)}`
  return wasZeroOrLess
    ? { label, how: `${how}で0円となるため、${AT_ZERO[zeroOrLess]}`, value, basis: ZERO_BASIS }
    : { label, how, value, basis: METHOD_BASIS[method] }
}

const ZERO_BASIS = '0円以下になるときの扱いは市町村が選ぶ [own knowledge, verify]'
const AT_ZERO = { zero: '0円とし、10月まで徴収しない', keep: '変更せず、これまでと同じ額' } as const
