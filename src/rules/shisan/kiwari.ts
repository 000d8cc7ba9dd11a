import { ok } from '#kernel/result.ts'
import { yenToJson } from '#kernel/yen.ts'
import { splitIntoInstalments } from '../kiwari/split-into-instalments.ts'
import { defineShisan } from './definition.ts'
import { instalmentUnit, integer, list, record, yen } from './schema.ts'
import { splitLines } from './split-lines.ts'

const HUNDRED = '瀬戸市「後期高齢者医療保険料のお支払いについて」の規則(期数で割り、100円未満は第1期)から算出'

const row = (id: string, amountYen: number, periods: number, unitYen: 1 | 100 | 1000, instalmentsYen: number[]) => ({
  id,
  source: unitYen === 1000 ? '地方税法20条の4の2第6項の単位1,000円から算出' : HUNDRED,
  input: { amountYen, periods, unitYen },
  expected: { instalmentsYen },
})

const equal = (times: number, yenEach: number): number[] => Array.from({ length: times }, () => yenEach)

export const kiwari = defineShisan({
  name: 'kiwari',
  term: '期割',
  summary: '普通徴収の保険料を、これから来る納期に割り振ります。',
  basis: [
    '納期は市町村の条例で定める(高齢者の医療の確保に関する法律109条)[own knowledge, verify]',
    '端数は最初の納期に合算する(地方税法20条の4の2第6項に準じる [own knowledge, verify: 準用の定め]。条例で別に定められる)[source: 税研「地方税法20条の4の2」]',
    '後期高齢者医療の実務では単位を100円とする [source: 瀬戸市「後期高齢者医療保険料のお支払いについて」; 能美市「保険料の月割」]',
  ],
  formula: [
    '2期から後の額 = 金額 ÷ 期数(単位未満切捨て)',
    '第1期の額 = 金額 − 2期から後の額 ×(期数 − 1)',
    '期数は、通知のときにまだ来ていない納期の数とする。年度の途中では、その最初の納期を第1期と読む',
  ],
  doubts: ['端数の単位(100円、1,000円、1円)は条例による。'],
  input: record(
    '入力',
    { amountYen: yen('割り振る金額'), periods: integer('期数', '期', { minimum: 1, maximum: 12 }) },
    {
      unitYen: instalmentUnit(),
    },
  ),
  output: record('結果', {
    instalmentsYen: list('期別の額', yen('額'), { minItems: 1, maxItems: 12 }),
  }),
  examples: [
    row('O-80', 92_700, 8, 100, [12_200, ...equal(7, 11_500)]),
    row('O-81', 92_700, 9, 100, equal(9, 10_300)),
    row('O-82', 92_700, 8, 1000, [15_700, ...equal(7, 11_000)]),
    row('O-84', 26_400, 8, 100, equal(8, 3300)),
    row('O-85', 15_200, 9, 100, [2400, ...equal(8, 1600)]),
    row('O-86', 13_700, 8, 100, [1800, ...equal(7, 1700)]),
    row('O-88', 249_100, 9, 100, [28_300, ...equal(8, 27_600)]),
    row('O-89', 700, 8, 100, [700, ...equal(7, 0)]),
    { ...row('O-90', 6000, 4, 100, equal(4, 1500)), source: '嘉麻市、市県民税(印刷された例)' },
    row('3.2 §8 #7', 25_000, 3, 100, [8400, 8300, 8300]),
    row('3.2 §8 #7 少額', 250, 3, 100, [250, 0, 0]),
    row('3.4 §9 K2', 101_400, 9, 100, [11_800, ...equal(8, 11_200)]),
    row('3.4 §9 K2 単位1,000円', 101_400, 9, 1000, [13_400, ...equal(8, 11_000)]),
    row('3.4 §9 K3', 800, 9, 100, [800, ...equal(8, 0)]),
    row('3.4 §9 K3 10円単位の年額', 4460, 8, 100, [960, ...equal(7, 500)]),
    row('3.4 §9 K4', 58_300, 4, 100, [14_800, ...equal(3, 14_500)]),
    row('3.4 §9 K7', 101_400, 7, 100, [15_000, ...equal(6, 14_400)]),
    row('3.4 §9 K14 普通徴収の分', 41_700, 3, 100, equal(3, 13_900)),
    row('3.4 §9 K15 全期', 83_300, 9, 100, [9700, ...equal(8, 9200)]),
    row('3.4 §9 K16 普通徴収の分', 41_700, 2, 100, [20_900, 20_800]),
    row('3.4 §9 K17 普通徴収の分', 27_400, 3, 100, [9200, 9100, 9100]),
    row('3.4 §9 K20 10月から後', 37_200, 6, 100, equal(6, 6200)),
    row('3.4 §9 K20 全期', 37_200, 9, 100, [4400, ...equal(8, 4100)]),
    row('3.4 §9 K23', 77_000, 9, 100, [9000, ...equal(8, 8500)]),
  ],
  compute({ amountYen, periods, unitYen }) {
    const split = { amountYen: BigInt(amountYen), periods, unitYen: BigInt(unitYen) }
    const { instalmentsYen } = splitIntoInstalments(split.amountYen, periods, split.unitYen)
    return ok({
      output: { instalmentsYen: instalmentsYen.map(yenToJson) },
      lines: splitLines(split, { each: '2期から後の額', first: '第1期の額', firstPeriod: '第1期' }),
    })
  },
})
