import type { IdoEvent } from '../ido/events.ts'
import { n, placedOf, type PlacedYear, slotsOf, type Year } from './example-years.ts'
import type { IDO_INPUT, IDO_OUTPUT } from './ido-schema.ts'
import type { SentOf, ValueOf } from './schema.ts'

type Sent = SentOf<typeof IDO_INPUT>
type Output = ValueOf<typeof IDO_OUTPUT>

interface Result extends PlacedYear {
  readonly zuiji?: number
  readonly overpaid?: number
  readonly treatment?: Output['treatment']
}
type More = Pick<Sent, 'fromMonth' | 'months' | 'otherEvents' | 'options'>

const expectedOf = ({ zuiji, overpaid, treatment, ...year }: Result): Output => ({
  slots: placedOf(year),
  zuijiYen: zuiji ?? 0,
  overpaidYen: overpaid ?? 0,
  treatment: treatment ?? 'なし',
})

const row = (
  id: string,
  title: string,
  event: IdoEvent,
  before: Year,
  newAnnualYen: number,
  result: Result,
  more: More = {},
) => ({
  id,
  source: `${title} [derived]`,
  input: { slots: slotsOf(before), newAnnualYen, event, ...more },
  expected: expectedOf(result),
})

const refused = (
  id: string,
  event: IdoEvent,
  before: Year,
  newAnnualYen: number,
  refusedAt: string,
  more: More = {},
) => ({
  id,
  source: '試算の入力の決まり',
  input: { slots: slotsOf(before), newAnnualYen, event, ...more },
  refusedAt,
})

/** 63,000 = 7,000 ×9. */
const f63 = (states: string): Year => ({ f: [states, n(9, 7000)] })
/** 57,000 = 9,300 ×3 and 9,700 ×3, no 普徴. */
const T57 = [...n(3, 9300), ...n(3, 9700)]
const t57 = (t: string, f: string): Year => ({ t: [t, T57], f: [f, n(9, 0)] })
/** 仮徴収 alone, in July: April and June collected, August locked. */
const provisional = (yen: number): Year => ({ t: ['ccl', n(3, yen)], f: ['ooooooooo', n(9, 0)] })
const BOTH_METHODS = { t: T57, f: [0, 0, 1500, ...n(6, 1000)] } as const

export const IDO_EXAMPLES = [
  row('3.5 §9 I1', '普徴63,000円を74,500円に増額(10月15日通知)', 'INC-F', f63('dddoooooo'), 74_500, {
    f: [...n(3, 7000), 9000, ...n(5, 8900)],
  }),
  row('3.5 §9 I2', '同じ増額、10月の期に間に合わない', 'INC-F', f63('ddddooooo'), 74_500, {
    f: [...n(4, 7000), ...n(5, 9300)],
  }),
  row('3.5 §9 I3', '同じ増額、動かせる期がない', 'INC-F', f63('ddddddddd'), 74_500, { f: n(9, 7000), zuiji: 11_500 }),
  row('3.5 §9 I3 過年度', '同じ増額、翌年度に決定', 'PST+', f63('ddddddddd'), 74_500, { f: n(9, 7000), zuiji: 11_500 }),
  row('3.5 §9 I4', '同じ増額、10月分は口座振替を依頼中', 'INC-F', f63('dddbooooo'), 74_500, {
    f: [...n(4, 7000), ...n(5, 9300)],
  }),
  row('3.5 §9 I5', '普徴63,000円を52,400円に減額', 'DEC-F', f63('dddoooooo'), 52_400, {
    f: [...n(3, 7000), 5400, ...n(5, 5200)],
  }),
  row('3.5 §9 I6', '同じ減額、1〜3月は納付済み', 'DEC-F', f63('dddoooppp'), 52_400, {
    f: [...n(3, 7000), 3600, 3400, 3400, ...n(3, 7000)],
  }),
  row('3.5 §9 I7', '普徴63,000円を9,000円に減額、7月は未納', 'DEC-F', f63('dppoooooo'), 9000, {
    f: [7000, 2000, ...n(7, 0)],
    overpaid: 12_000,
  }),
  row(
    '3.5 §9 I7 未納を先に',
    '同じ減額、未納の期から減らす',
    'DEC-F',
    f63('dppoooooo'),
    9000,
    { f: [0, 7000, 2000, ...n(6, 0)], overpaid: 5000 },
    { options: { backwardOrder: 'unpaid-first' } },
  ),
  row('3.5 §9 I8', '特徴57,000円を48,200円に減額(9月18日通知)', 'DEC-T', t57('ccclss', 'ddooooooo'), 48_200, {
    t: [...n(3, 9300), 9700, 0, 0],
    f: [...n(5, 0), 2800, ...n(3, 2600)],
    treatment: '中止',
  }),
  row(
    '3.5 §9 I8 すべての期',
    '同じ減額、動かせるすべての期に割り振る',
    'DEC-T',
    t57('ccclss', 'ddooooooo'),
    48_200,
    { t: [...n(3, 9300), 9700, 0, 0], f: [0, 0, 1600, ...n(6, 1500)], treatment: '中止' },
    { options: { stopPlacement: 'all-open' } },
  ),
  row('3.5 §9 I9', '同じ減額、8月14日通知', 'DEC-T', t57('cclsss', 'doooooooo'), 48_200, {
    t: [...n(3, 9300), 0, 0, 0],
    f: [0, 0, 0, 3800, ...n(5, 3300)],
    treatment: '中止',
  }),
  row('3.5 §9 I10', '特徴57,000円を25,000円に減額', 'DEC-T', t57('ccclss', 'ddooooooo'), 25_000, {
    t: [9300, 9300, 6400, 0, 0, 0],
    tOrdered: [...n(3, 9300), 9700, 0, 0],
    f: n(9, 0),
    overpaid: 12_600,
    treatment: '中止',
  }),
  row('3.5 §9 I11', '特徴57,000円を55,000円に減額(1月18日通知)', 'DEC-T', t57('cccccl', 'ddddddooo'), 55_000, {
    t: [...n(3, 9300), 9700, 9700, 7700],
    tOrdered: T57,
    f: n(9, 0),
    overpaid: 2000,
    treatment: '継続',
  }),
  row('3.5 §9 I12', '特徴57,000円を64,500円に増額', 'INC-T', t57('ccclss', 'ddooooooo'), 64_500, {
    ...BOTH_METHODS,
    treatment: '継続',
  }),
  row(
    '3.5 §9 I12 全額普徴',
    '同じ増額、特別徴収を止める',
    'INC-T',
    t57('cclsss', 'doooooooo'),
    64_500,
    { t: [...n(3, 9300), 0, 0, 0], f: [0, 0, 0, ...n(6, 6100)], treatment: '中止' },
    { options: { increaseT: 'stop-all' } },
  ),
  row(
    '3.5 §9 I13',
    '併徴64,500円を60,000円に減額',
    'DEC-T',
    { t: ['ccccls', T57], f: ['ddddooooo', BOTH_METHODS.f] },
    60_000,
    {
      t: [...n(3, 9300), 9700, 9700, 0],
      f: [0, 0, 1500, ...n(4, 1000), 3600, 3600],
      treatment: '中止',
    },
  ),
  row(
    '3.5 §9 I13 普徴で減らす',
    '同じ減額、特別徴収を続ける',
    'DEC-T',
    { t: ['ccccls', T57], f: ['ddddooooo', BOTH_METHODS.f] },
    60_000,
    { t: T57, f: [0, 0, 1500, 1000, ...n(5, 100)], treatment: '継続' },
    { options: { decreaseT: 'absorb-in-futsu' } },
  ),
  row('3.5 §9 I14', '特徴57,000円、9月15日死亡、5か月23,700円', 'DTH', t57('ccclss', 'dddoooooo'), 23_700, {
    t: [9300, 9300, 5100, 0, 0, 0],
    tOrdered: [...n(3, 9300), 9700, 0, 0],
    f: n(9, 0),
    overpaid: 13_900,
    treatment: '中止',
  }),
  row('3.5 §9 I15', '同じ年、8月31日死亡、同じ5か月', 'DTH', t57('ccclss', 'dddoooooo'), 23_700, {
    t: [9300, 9300, 5100, 0, 0, 0],
    tOrdered: [...n(3, 9300), 9700, 0, 0],
    f: n(9, 0),
    overpaid: 13_900,
    treatment: '中止',
  }),
  row('3.5 §9 I16', '普徴63,000円、10月19日死亡、6か月31,500円', 'DTH', f63('ddddooooo'), 31_500, {
    f: [...n(4, 7000), ...n(5, 700)],
  }),
  row(
    '3.5 §9 I16 1期',
    '同じ死亡、1期にまとめる',
    'DTH',
    f63('ddddooooo'),
    31_500,
    { f: [...n(4, 7000), 3500, ...n(4, 0)] },
    { options: { lossSettlement: 'single' } },
  ),
  row('3.5 §9 I17 12月通知', '普徴63,000円、県外へ転出、7か月36,700円', 'LOS', f63('ddddddooo'), 36_700, {
    f: [...n(5, 7000), 1700, ...n(3, 0)],
  }),
  row('3.5 §9 I17 11月通知', '同じ転出、11月25日通知', 'LOS', f63('dddddoooo'), 36_700, {
    f: [...n(5, 7000), 500, ...n(3, 400)],
  }),
  row('3.5 §9 I18', '普徴54,000円、県内転出、8か月36,000円', 'MOV', { f: ['ddddddooo', n(9, 6000)] }, 36_000, {
    f: [...n(6, 6000), ...n(3, 0)],
  }),
  row('3.5 §9 I19', '10月に75歳、6か月28,900円', 'ACQ', { f: ['ddddooooo', n(9, 0)] }, 28_900, {
    f: [...n(4, 0), 6100, ...n(4, 5700)],
  }),
  row('3.5 §9 I20', '特徴57,000円、10月分が不能', 'FAL', t57('cccxls', 'ddddooooo'), 57_000, {
    t: [...n(3, 9300), ...n(3, 0)],
    f: [...n(4, 0), 5900, ...n(4, 5800)],
    treatment: '不能',
  }),
  row(
    '3.5 §9 I20 次の期',
    '同じ不能、不能額を次の期にまとめる',
    'FAL',
    t57('cccxls', 'ddddooooo'),
    57_000,
    { t: [...n(3, 9300), ...n(3, 0)], f: [...n(4, 0), 13_900, ...n(4, 3800)], treatment: '不能' },
    { options: { failedPlacement: 'next-period' } },
  ),
  row(
    '3.5 §9 I20 もう一度',
    '同じ不能がもう一度届いても変わらない',
    'FAL',
    { t: ['cccxss', [...n(3, 9300), ...n(3, 0)]], f: ['ddddooooo', [...n(4, 0), 5900, ...n(4, 5800)]] },
    57_000,
    { t: [...n(3, 9300), ...n(3, 0)], f: [...n(4, 0), 5900, ...n(4, 5800)] },
  ),
  row(
    '3.5 §9 I21',
    '10月開始の依頼が不可',
    'REF',
    { t: ['ccclss', [0, 0, 0, 14_000, 13_800, 13_800]], f: ['ddooooooo', [...n(3, 13_900), ...n(6, 0)]] },
    83_300,
    { t: n(6, 0), f: [...n(3, 13_900), 7100, ...n(5, 6900)], treatment: '不能' },
  ),
  row(
    '3.5 §9 I22',
    'I8の中止が不可',
    'RFS',
    {
      t: ['ccclls', [...n(3, 9300), 9700, 0, 0]],
      tOrdered: T57,
      f: ['ddddooooo', [...n(5, 0), 2800, ...n(3, 2600)]],
    },
    48_200,
    { t: [...n(3, 9300), 9700, 9700, 0], f: [...n(5, 0), 300, ...n(3, 200)], treatment: '中止' },
  ),
  row(
    '3.5 §9 I23',
    '特徴57,000円、12月から口座振替',
    'KOZ',
    t57('ccclss', 'ddooooooo'),
    57_000,
    { t: [...n(3, 9300), 9700, 0, 0], f: [...n(5, 0), 5000, ...n(3, 4800)], treatment: '中止' },
    { fromMonth: 12 },
  ),
  row(
    '3.5 §9 I24a',
    '普徴56,200円、12月から特別徴収',
    'ADD',
    { f: ['dddoooooo', [6600, ...n(8, 6200)]] },
    56_200,
    {
      f: [6600, ...n(4, 6200), ...n(4, 0)],
      started: [
        [12, 12_400, 12_400],
        [2, 12_400, 12_400],
      ],
      treatment: '開始',
    },
    { fromMonth: 12 },
  ),
  row(
    '3.5 §9 I24a 特徴0円',
    '同じ人、特徴の回がすでに0円である',
    'ADD',
    { t: ['', n(6, 0)], f: ['dddoooooo', [6600, ...n(8, 6200)]] },
    56_200,
    { t: [0, 0, 0, 0, 12_400, 12_400], f: [6600, ...n(4, 6200), ...n(4, 0)], treatment: '開始' },
  ),
  row(
    '3.5 §9 I24b',
    '同じ人、2月から特別徴収',
    'ADD',
    { f: ['ddddddooo', [6600, ...n(8, 6200)]] },
    56_200,
    { f: [6600, ...n(6, 6200), 0, 0], started: [[2, 12_400, 12_400]], treatment: '開始' },
    { fromMonth: 2 },
  ),
  row(
    '3.5 §9 I24c',
    '6か月28,900円、翌年4月から特別徴収',
    'ADD-k',
    { f: ['ddddddooo', [...n(4, 0), 6100, ...n(4, 5700)]] },
    28_900,
    {
      f: [...n(4, 0), 6100, ...n(4, 5700)],
      started: [
        [4, 0, 9600],
        [6, 0, 9600],
        [8, 0, 9600],
      ],
      treatment: '開始',
    },
    { fromMonth: 4, months: 6 },
  ),
  row('3.5 §9 I25a', '11月からの減免、63,000円を43,000円に', 'GEN', f63('ddddooooo'), 43_000, {
    f: [...n(4, 7000), ...n(5, 3000)],
  }),
  row(
    '3.5 §9 I25b',
    '一度に届いた二つの決定(増額、減額)、最後は60,600円',
    'INC-F',
    f63('dddoooooo'),
    60_600,
    { f: [...n(3, 7000), ...n(6, 6600)] },
    { otherEvents: ['DEC-F'] },
  ),
  row('3.5 §9 I25c', '過年度6,300円の増額', 'PST+', { f: ['ppppppppp', n(9, 5000)] }, 51_300, {
    f: n(9, 5000),
    zuiji: 6300,
  }),
  row('3.5 §9 I25d', '過年度8,000円の減額、全期納付済み', 'PST-', { f: ['ppppppppp', n(9, 5000)] }, 37_000, {
    f: [...n(7, 5000), 2000, 0],
    overpaid: 8000,
  }),
  row(
    '3.3 §8 #18',
    '6月・8月を11,100円とする変更が不可、元の21,900円で徴収',
    'RFC',
    { t: ['clg', [21_900, 11_100, 11_100]], tOrdered: n(3, 21_900), f: ['', []] },
    65_700,
    { t: n(3, 21_900), f: [], treatment: '継続' },
  ),
  row('3.4 §9 K2', '普徴101,400円', 'ACQ', { f: ['ooooooooo', n(9, 0)] }, 101_400, { f: [11_800, ...n(8, 11_200)] }),
  row(
    '3.4 §9 K2 1,000円',
    '同じ額、端数の単位1,000円',
    'ACQ',
    { f: ['ooooooooo', n(9, 0)] },
    101_400,
    { f: [13_400, ...n(8, 11_000)] },
    { options: { unitYen: 1000 } },
  ),
  row(
    '3.4 §9 K5',
    '暫定6,500円×3、確定93,700円',
    'INC-F',
    { f: ['dddooooooooo', [...n(3, 6500), ...n(9, 0)]] },
    93_700,
    { f: [...n(3, 6500), 8600, ...n(8, 8200)] },
  ),
  row(
    '3.4 §9 K6',
    '暫定20,000円×3(納付済み)、確定51,300円',
    'DEC-F',
    { f: ['pppooooooooo', [...n(3, 20_000), ...n(9, 0)]] },
    51_300,
    { f: [20_000, 20_000, 11_300, ...n(9, 0)], overpaid: 8700 },
  ),
  row('3.4 §9 K7', '8月24日通知、101,400円', 'ACQ', { f: ['ddooooooo', n(9, 0)] }, 101_400, {
    f: [0, 0, 15_000, ...n(6, 14_400)],
  }),
  row('3.4 §9 K11', '仮徴収12,400円×3、年額30,100円', 'DEC-T', provisional(12_400), 30_100, {
    t: [12_400, 12_400, 5300],
    tOrdered: n(3, 12_400),
    f: n(9, 0),
    overpaid: 7100,
    treatment: '継続',
  }),
  row('3.4 §9 K12', '同じ仮徴収、年額20,000円', 'DEC-T', provisional(12_400), 20_000, {
    t: [12_400, 7600, 0],
    tOrdered: n(3, 12_400),
    f: n(9, 0),
    overpaid: 17_200,
    treatment: '継続',
  }),
  row(
    '3.4 §9 K20',
    '仮徴収9,800円×3、10月から口座振替、年額66,600円',
    'KOZ',
    provisional(9800),
    66_600,
    { t: n(3, 9800), f: [0, 0, 0, ...n(6, 6200)], treatment: '中止' },
    { fromMonth: 10 },
  ),
  row(
    '3.4 §9 K20 すべての期',
    '同じ人、動かせるすべての期に割り振る',
    'KOZ',
    provisional(9800),
    66_600,
    { t: n(3, 9800), f: [4400, ...n(8, 4100)], treatment: '中止' },
    { fromMonth: 10, options: { stopPlacement: 'all-open' } },
  ),
  row('3.4 §9 K21', '仮徴収12,400円、6月20日死亡、2か月13,600円', 'DTH', provisional(12_400), 13_600, {
    t: [12_400, 1200, 0],
    tOrdered: n(3, 12_400),
    f: n(9, 0),
    overpaid: 23_600,
    treatment: '中止',
  }),
  row('3.4 §9 K22', '仮徴収5,000円×3、減免で0円', 'GEN', provisional(5000), 0, {
    t: n(3, 0),
    tOrdered: n(3, 5000),
    f: n(9, 0),
    overpaid: 15_000,
    treatment: '継続',
  }),
  row('3.4 §9 K23', '5月20日取得、11か月77,000円', 'ACQ', { f: ['ooooooooo', n(9, 0)] }, 77_000, {
    f: [9000, ...n(8, 8500)],
  }),
  refused('減額なのに増えている', 'DEC-F', f63('dddoooooo'), 63_001, '/newAnnualYen'),
  refused('増額なのに減っている', 'INC-F', f63('dddoooooo'), 62_999, '/newAnnualYen'),
  refused('普徴の期に特徴の状態', 'ACQ', { f: ['l', [1000]] }, 1000, '/slots/0/state'),
  refused('4月の仮徴収額の変更', 'KAR', { t: ['g', [1000]], f: ['', []] }, 1000, '/slots/0/state'),
  refused('特別徴収中の普徴の増額', 'INC-F', t57('ccclss', 'ddooooooo'), 64_500, '/event'),
  refused('特別徴収のない特徴の減額', 'DEC-T', f63('dddoooooo'), 52_400, '/event'),
  refused('月を使わない事由', 'DEC-F', f63('dddoooooo'), 52_400, '/fromMonth', { fromMonth: 10 }),
  refused('開始月のない追加', 'ADD', f63('dddoooooo'), 63_000, '/fromMonth'),
  refused('不能となった回がない', 'FAL', t57('ccclss', 'ddooooooo'), 57_000, '/fromMonth'),
  refused('どの依頼の不可か分からない', 'REF', t57('ccllss', 'ddooooooo'), 57_000, '/fromMonth'),
  refused('過年度と他の事由', 'PST-', f63('ppppppppp'), 1000, '/otherEvents', { otherEvents: ['DTH'] }),
  refused('移す普徴がない', 'ADD', f63('ddddddddd'), 63_000, '/slots', { fromMonth: 12 }),
  refused('すでに特徴がある', 'ADD', t57('ccclss', 'ddooooooo'), 57_000, '/slots', { fromMonth: 12 }),
  refused('依頼した額を下げる', 'MAN', t57('ccclss', 'ddooooooo'), 50_000, '/options/manualTreatment', {
    options: { manualTreatment: 'continue' },
  }),
  refused('不納欠損の期の減額', 'DEC-F', { f: ['w', [5000]] }, 0, '/slots'),
]
