import { ok } from '#kernel/result.ts'
import { yenToJson } from '#kernel/yen.ts'
import { provisionalInstalments } from '../zantei/provisional-instalments.ts'
import { defineShisan, type ExplainLine, refuse, sayYen } from './definition.ts'
import { sayQuotient } from './say-quotient.ts'
import { instalmentUnit, integer, list, record, yen } from './schema.ts'

const equal = (times: number, yenEach: number): number[] => Array.from({ length: times }, () => yenEach)

/** A row of 12 periods, 3 of them provisional. */
const row = (
  id: string,
  [previousAnnualYen, newAnnualYen]: readonly [number, number],
  provisionalYen: number,
  [firstYen, otherYen]: readonly [number, number],
  { unitYen = 100, excessYen = 0 }: { readonly unitYen?: 1 | 100 | 1000; readonly excessYen?: number } = {},
) => ({
  id,
  source: '能美市「保険料の月割」の規則(前年度÷12を3期、残りを9期、端数は7月)から算出',
  input: { previousAnnualYen, newAnnualYen, periods: 12, provisional: 3, unitYen },
  expected: { provisionalYen: equal(3, provisionalYen), finalYen: [firstYen, ...equal(8, otherYen)], excessYen },
})

const TEN_PERIODS = { previousAnnualYen: 87_500, newAnnualYen: 90_100, periods: 10, provisional: 2 }

export const zantei = defineShisan({
  name: 'zantei',
  term: '暫定賦課',
  summary: '前年度の年額で暫定賦課の期割を出し、確定した年額との残りを確定の納期に割り振ります。',
  basis: [
    '暫定賦課の期は前年度の年額÷12(100円未満切捨て)、確定後の残りは8月から後を均等にし端数を7月に合わせる [source: 能美市「保険料の月割」; 南伊勢町「国保税の仮算定・本算定」(国保税)]',
    '暫定賦課の額が高すぎるときは修正の申出ができる [source: 千曲市条例]',
    '暫定賦課を行うかどうかは年度ごとに条例による。廃止した市もある [source: 岡谷市。令和7年度から]',
  ],
  formula: [
    '暫定賦課の期の額 = 前年度の年額 ÷ 除数(単位未満切捨て)。どの期も同じで、端数は付けない',
    '残り = 確定した年額 − 暫定賦課の合計',
    '確定の期 = 残りを期割(端数は確定の第1期)',
    '暫定賦課の合計が確定した年額を超えるとき、確定の期は0円で、超えた額が暫定賦課の超過',
  ],
  doubts: [
    '除数を省くと全期数で割る。年12期でない市町村で÷12とする定めなら、除数に12を入れる。',
    '広域連合の暫定賦課の年額が前年度の年額か、暫定賦課の期間の合計かは、ファイルの定めで確かめる [own knowledge, verify]。',
    '暫定賦課の超過は異動賦課で遅い納期から順に減額し、納付済みなら過納になる [own knowledge, verify]。',
  ],
  input: record(
    '入力',
    {
      previousAnnualYen: yen('前年度の年額'),
      newAnnualYen: yen('確定した年額'),
      periods: integer('一年の期数', '期', { minimum: 2, maximum: 12 }),
      provisional: integer('暫定賦課の期数', '期', { minimum: 1, maximum: 11 }),
    },
    {
      unitYen: instalmentUnit(),
      divisor: integer('除数', '', { minimum: 1, maximum: 12, description: '省くと一年の期数' }),
    },
  ),
  output: record('結果', {
    provisionalYen: list('暫定賦課の期別の額', yen('額'), { minItems: 1, maxItems: 11 }),
    finalYen: list('確定の期別の額', yen('額'), { minItems: 1, maxItems: 11 }),
    excessYen: yen('暫定賦課の超過', { maximum: 99_999_999_999 }),
  }),
  examples: [
    row('3.4 §9 K5', [78_000, 93_700], 6500, [8600, 8200]),
    row('3.4 §9 K6', [240_000, 51_300], 20_000, [0, 0], { excessYen: 8700 }),
    row('3.2 §8 #2', [98_700, 103_400], 8200, [9200, 8700]),
    row('3.2 §8 #3 単位1,000円', [98_700, 103_400], 8000, [15_400, 8000], { unitYen: 1000 }),
    row('3.2 §8 #3 単位1円', [98_700, 103_400], 8225, [8749, 8747], { unitYen: 1 }),
    row('3.2 §8 #4', [14_000, 15_200], 1100, [1500, 1300]),
    row('3.2 §8 #5 1,200円', [1200, 1400], 100, [300, 100]),
    row('3.2 §8 #5 1,199円', [1199, 1400], 0, [600, 100]),
    row('3.2 §8 #6', [240_000, 52_300], 20_000, [0, 0], { excessYen: 7700 }),
    row('3.2 §8 #13', [64_400, 64_400], 5300, [6100, 5300]),
    {
      id: '3.2 §8 #12 普通徴収の分',
      source: '能美市「保険料の月割」の規則から算出(6月から特別徴収。4月と5月だけ暫定賦課)',
      input: { previousAnnualYen: 73_400, newAnnualYen: 73_400, periods: 12, provisional: 2 },
      expected: { provisionalYen: equal(2, 6100) },
    },
    {
      id: '3.2 §8 #17',
      source: '能美市「保険料の月割」の規則から算出(4月の納期に間に合わず暫定賦課は2期)',
      input: { previousAnnualYen: 98_700, newAnnualYen: 103_400, periods: 11, provisional: 2, divisor: 12 },
      expected: { provisionalYen: equal(2, 8200) },
    },
    {
      id: '除数12',
      source: '算式から算出(10期のうち2期が暫定賦課)',
      input: { ...TEN_PERIODS, divisor: 12 },
      expected: { provisionalYen: equal(2, 7200), finalYen: [9900, ...equal(7, 9400)], excessYen: 0 },
    },
    {
      id: '除数を省く',
      source: '算式から算出(10期のうち2期が暫定賦課)',
      input: TEN_PERIODS,
      expected: { provisionalYen: equal(2, 8700), finalYen: [9700, ...equal(7, 9000)], excessYen: 0 },
    },
    {
      id: '確定の期がない',
      source: '入力の誤り',
      input: { ...TEN_PERIODS, provisional: 10 },
      refusedAt: '/provisional',
    },
  ],
  compute(input) {
    const { periods, provisional, unitYen } = input
    if (provisional >= periods)
      return refuse('/provisional', '確定の期が残りません。', '暫定賦課の期数は一年の期数より少なくしてください。')
    const divisor = input.divisor ?? periods
    const unit = BigInt(unitYen)
    const split = provisionalInstalments({
      previousAnnualYen: BigInt(input.previousAnnualYen),
      newAnnualYen: BigInt(input.newAnnualYen),
      periods,
      provisional,
      unitYen: unit,
      divisor,
    })
    const { eachYen, provisionalSumYen, restYen, final, excessYen } = split
    const [previous, annual] = [sayYen(BigInt(input.previousAnnualYen)), sayYen(BigInt(input.newAnnualYen))]
    const finals = periods - provisional
    const later: ExplainLine = {
      label: '確定の2期から後の額',
      how: `残り ${sayYen(restYen)} ÷ 確定の期 ${finals}期(全${periods}期 − 暫定賦課${provisional}期) ${sayQuotient(restYen, finals, unit)}`,
      value: sayYen(final.baseYen),
    }
    const settled: ExplainLine[] =
      excessYen > 0n
        ? [
            {
              label: '確定の期の額',
              how: `暫定賦課の合計 ${sayYen(provisionalSumYen)} が確定した年額 ${annual} を超えるため、確定の期で納めていただく額はない`,
              value: '0円',
            },
            {
              label: '暫定賦課の超過',
              how: `暫定賦課の合計 ${sayYen(provisionalSumYen)} − 確定した年額 ${annual}。遅い納期から順に減らし、納付済みの分は過納となる(還付または充当)`,
              value: sayYen(excessYen),
              basis: '遅い納期から減らすことは市町村の運用 [own knowledge, verify]',
            },
          ]
        : [
            {
              label: '残り',
              how: `確定した年額 ${annual} − 暫定賦課の合計 ${sayYen(provisionalSumYen)}`,
              value: sayYen(restYen),
            },
            ...(finals === 1 ? [] : [later]),
            {
              label: '確定の第1期の額',
              how:
                finals === 1
                  ? '確定の納期が1期だけのため残りの全額'
                  : `残り ${sayYen(restYen)} − ${sayYen(final.baseYen)} × ${finals - 1}期${final.firstYen === final.baseYen ? '(端数はない)' : '(端数は確定の第1期に合わせる)'}`,
              value: sayYen(final.firstYen),
              basis: '端数は確定の第1期に合わせる [source: 能美市「保険料の月割」]',
            },
          ]
    return ok({
      output: {
        provisionalYen: Array.from({ length: provisional }, () => yenToJson(eachYen)),
        finalYen: final.instalmentsYen.map(yenToJson),
        excessYen: yenToJson(excessYen),
      },
      lines: [
        {
          label: '暫定賦課の期の額',
          how: `前年度の年額 ${previous} ÷ ${divisor}(${input.divisor === undefined ? '一年の期数' : '定めの除数'}) ${sayQuotient(BigInt(input.previousAnnualYen), divisor, unit)}。${provisional === 1 ? '' : 'どの期も同じ額とし、'}年額との差は確定の期で合わせる`,
          value: sayYen(eachYen),
          basis: '前年度の年額を割る [source: 能美市「保険料の月割」; 南伊勢町「国保税の仮算定・本算定」]',
        },
        { label: '暫定賦課の合計', how: `${sayYen(eachYen)} × ${provisional}期`, value: sayYen(provisionalSumYen) },
        ...settled,
      ],
    })
  },
})
