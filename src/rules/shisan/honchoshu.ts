import { ok } from '#kernel/result.ts'
import { yenToJson } from '#kernel/yen.ts'
import { honchoshuOf } from '../tokucho/honchoshu.ts'
import { autumnLines, nextYearLine } from './autumn-lines.ts'
import { defineShisan, sayYen } from './definition.ts'
import { list, record, yen } from './schema.ts'

const DERIVED = '琴浦町・能美市の規則(3等分、100円未満は10月)から算出 [derived]'

const row = (
  id: string,
  annualYen: number,
  provisionalYen: readonly [number, number, number],
  [octYen, decYen, febYen]: readonly [number, number, number],
  source = DERIVED,
) => ({
  id,
  source,
  input: { annualYen, provisionalYen },
  expected: { octYen, decYen, febYen, nextProvisionalYen: febYen },
})

const equal = (yenEach: number): readonly [number, number, number] => [yenEach, yenEach, yenEach]

export const honchoshu = defineShisan({
  name: 'honchoshu',
  term: '本徴収額',
  summary: '決まった年額から仮徴収を引いた残りを、10月・12月・2月の特別徴収に割り振ります。',
  basis: [
    '残りを3等分し、100円未満の端数は10月に合わせる(高齢者医療確保法施行規則100条)[source: 能美市; 厚木市(介護); 琴浦町]',
    '残りがなければ10月から徴収せず、超えた額は過誤納となる [source: 都城市; 三好市; 横須賀市]',
    '翌年度の4月・6月・8月は2月と同じ額(介護保険法140条(高齢者医療確保法110条で準用))[source: 北海道広域連合「特別徴収について」; 三好市]',
  ],
  formula: [
    '残り = 年額 −(4月 + 6月 + 8月)',
    '12月 = 2月 = 残り ÷ 3(100円未満切捨て)',
    '10月 = 残り − 12月 − 2月',
    '翌年度の仮徴収額 = 2月の額(0円なら、2月から続く仮徴収はない)',
  ],
  doubts: [
    '4月・6月・8月は、賦課額ではなく徴収または依頼した額を入れる。',
    '8月の額も決まった年額で変える市がある(稲城市、庄原市。どちらも介護)。後期は確定が7月のため、ここでは行わない。',
  ],
  input: record('入力', {
    annualYen: yen('年額'),
    provisionalYen: list('仮徴収額', yen('額'), { description: '4月、6月、8月の順', minItems: 3, maxItems: 3 }),
  }),
  output: record('結果', {
    octYen: yen('10月'),
    decYen: yen('12月'),
    febYen: yen('2月'),
    nextProvisionalYen: yen('翌年度の仮徴収額(1回)'),
  }),
  examples: [
    row('O-33', 60_200, equal(10_300), [9900, 9700, 9700], '琴浦町「保険料の納め方」(印刷された例)'),
    row('O-35 変更しない', 49_200, equal(800), [15_600, 15_600, 15_600], '猪名川町(印刷された例)'),
    row('O-35 翌年度', 49_200, equal(8200), [8200, 8200, 8200], '猪名川町(印刷された例)'),
    row('O-37 変更しない', 66_000, equal(20_000), [2000, 2000, 2000], '松山市(印刷された例)'),
    row('3.4 §9 K8', 81_900, equal(12_400), [14_900, 14_900, 14_900]),
    row('3.4 §9 K9 82,000円', 82_000, equal(12_400), [15_000, 14_900, 14_900]),
    row('3.4 §9 K9 82,050円', 82_050, equal(12_400), [15_050, 14_900, 14_900]),
    row('3.4 §9 K10', 37_400, equal(12_400), [200, 0, 0]),
    row('3.4 §9 K11', 30_100, equal(12_400), [0, 0, 0]),
    row('3.4 §9 K12', 20_000, equal(12_400), [0, 0, 0]),
    row('3.4 §9 K13', 64_000, [0, 8200, 8200], [16_000, 15_800, 15_800]),
  ],
  compute({ annualYen, provisionalYen }) {
    const autumn = honchoshuOf(BigInt(annualYen), provisionalYen.map(BigInt))
    const { octYen, decYen, febYen, nextProvisionalYen } = autumn
    const [april = 0, june = 0, august = 0] = provisionalYen // the schema asks for three
    return ok({
      output: {
        octYen: yenToJson(octYen),
        decYen: yenToJson(decYen),
        febYen: yenToJson(febYen),
        nextProvisionalYen: yenToJson(nextProvisionalYen),
      },
      lines: [
        {
          label: '仮徴収計',
          how: `4月 ${sayYen(BigInt(april))} + 6月 ${sayYen(BigInt(june))} + 8月 ${sayYen(BigInt(august))}`,
          value: sayYen(autumn.provisionalYen),
        },
        ...autumnLines(`年額 ${sayYen(BigInt(annualYen))}`, autumn),
        nextYearLine(nextProvisionalYen),
      ],
    })
  },
})
