import { n, placedOf, type PlacedYear, slotsOf, type Year } from './example-years.ts'
import type { KAKUTEI_INPUT, KAKUTEI_OUTPUT } from './kakutei-schema.ts'
import type { SentOf, ValueOf } from './schema.ts'

type Sent = SentOf<typeof KAKUTEI_INPUT>
type Output = ValueOf<typeof KAKUTEI_OUTPUT>
type Options = Omit<Sent, 'slots' | 'annualYen' | 'judgement'>

interface Result extends PlacedYear {
  readonly zuiji?: number
  readonly overpaid?: number
}
/** What 10月・12月・2月 become; the slots begin. */
const autumn = (oct: number, dec: number, feb: number) =>
  ({
    started: [
      [10, oct, oct],
      [12, dec, dec],
      [2, feb, feb],
    ],
  }) as const

const row = (
  id: string,
  title: string,
  before: Year,
  [judgement, annualYen]: readonly [Sent['judgement'], number],
  kakuteiClass: Output['kakuteiClass'],
  { zuiji, overpaid, ...year }: Result,
  options: Options = {},
) => ({
  id,
  source: `${title} [derived]`,
  input: { slots: slotsOf(before), annualYen, judgement, ...options },
  expected: {
    kakuteiClass,
    slots: placedOf(year),
    zuijiYen: zuiji ?? 0,
    overpaidYen: overpaid ?? 0,
    nextProvisionalYen: year.started?.[2]?.[1] ?? 0,
  },
})

const refused = (id: string, before: Year, annualYen: number, refusedAt: string) => ({
  id,
  source: '試算の入力の決まり',
  input: { slots: slotsOf(before), annualYen, judgement: 'tokucho' as const },
  refusedAt,
})

/** 普徴 July to March, all open and empty. */
const NINE: Year = { f: ['ooooooooo', n(9, 0)] }
/** 仮徴収 of a continuing payer in July: April and June collected, August locked. */
const spring = (each: number): Year => ({ ...NINE, t: ['ccl', n(3, each)] })
/** 暫定 April to June, paid, before nine empty periods. */
const zantei = (each: number): Year => ({ f: ['pppooooooooo', [...n(3, each), ...n(9, 0)]] })
const EMPTY = n(9, 0)

export const KAKUTEI_EXAMPLES = [
  row('3.4 §9 K2', '普徴101,400円', NINE, ['fucho', 101_400], 'P1', { f: [11_800, ...n(8, 11_200)] }),
  row(
    '3.4 §9 K2 1,000円',
    '同じ額、端数の単位1,000円',
    NINE,
    ['fucho', 101_400],
    'P1',
    { f: [13_400, ...n(8, 11_000)] },
    {
      unitYen: 1000,
    },
  ),
  row('3.4 §9 K3', '普徴800円、9期', NINE, ['fucho', 800], 'P1', { f: [800, ...n(8, 0)] }),
  row('3.4 §9 K3 10円単位の年額', '4,460円、8期', { f: ['oooooooo', n(8, 0)] }, ['fucho', 4460], 'P1', {
    f: [960, ...n(7, 500)],
  }),
  row(
    '3.4 §9 K4',
    '58,300円、4期(7・9・11・1月)',
    { f: ['oooo', n(4, 0)], fMonths: [7, 9, 11, 1] },
    ['fucho', 58_300],
    'P1',
    { f: [14_800, ...n(3, 14_500)], fMonths: [7, 9, 11, 1] },
  ),
  row('3.4 §9 K5', '暫定6,500円×3、確定93,700円', zantei(6500), ['fucho', 93_700], 'P1', {
    f: [...n(3, 6500), 8600, ...n(8, 8200)],
  }),
  row('3.4 §9 K6', '暫定20,000円×3(納付済み)、確定51,300円', zantei(20_000), ['fucho', 51_300], 'P1', {
    f: [20_000, 20_000, 11_300, ...EMPTY],
    overpaid: 8700,
  }),
  row('3.2 §8 #2', '暫定8,200円×3、確定103,400円', zantei(8200), ['fucho', 103_400], 'P1', {
    f: [...n(3, 8200), 9200, ...n(8, 8700)],
  }),
  row('3.2 §8 #6', '暫定20,000円×3(納付済み)、確定52,300円', zantei(20_000), ['fucho', 52_300], 'P1', {
    f: [20_000, 20_000, 12_300, ...EMPTY],
    overpaid: 7700,
  }),
  row('3.4 §9 K7', '8月24日通知、101,400円', { f: ['ddooooooo', EMPTY] }, ['fucho', 101_400], 'P1', {
    f: [0, 0, 15_000, ...n(6, 14_400)],
  }),
  row('3.4 §5.2 P1 期がない', '動かせる期がない', { f: ['ddddddddd', EMPTY] }, ['fucho', 101_400], 'P1', {
    f: EMPTY,
    zuiji: 101_400,
  }),
  row('3.4 §9 K8', '仮徴収12,400円×3、年額81,900円', spring(12_400), ['tokucho', 81_900], 'P2', {
    t: n(3, 12_400),
    f: EMPTY,
    ...autumn(14_900, 14_900, 14_900),
  }),
  row('3.4 §9 K9 82,000円', '同じ仮徴収、年額82,000円', spring(12_400), ['tokucho', 82_000], 'P2', {
    t: n(3, 12_400),
    f: EMPTY,
    ...autumn(15_000, 14_900, 14_900),
  }),
  row('3.4 §9 K9 82,050円', '同じ仮徴収、年額82,050円', spring(12_400), ['tokucho', 82_050], 'P2', {
    t: n(3, 12_400),
    f: EMPTY,
    ...autumn(15_050, 14_900, 14_900),
  }),
  row('3.4 §9 K10', '同じ仮徴収、年額37,400円', spring(12_400), ['tokucho', 37_400], 'P2', {
    t: n(3, 12_400),
    f: EMPTY,
    ...autumn(200, 0, 0),
  }),
  row('3.4 §9 K11', '同じ仮徴収、年額30,100円', spring(12_400), ['tokucho', 30_100], 'P5', {
    t: [12_400, 12_400, 5300],
    tOrdered: n(3, 12_400),
    f: EMPTY,
    overpaid: 7100,
  }),
  row('3.4 §9 K12', '同じ仮徴収、年額20,000円', spring(12_400), ['tokucho', 20_000], 'P5', {
    t: [12_400, 7600, 0],
    tOrdered: n(3, 12_400),
    f: EMPTY,
    overpaid: 17_200,
  }),
  row(
    '3.4 §9 K13',
    '仮徴収は6月・8月の8,200円、年額64,000円',
    { ...NINE, t: ['ccl', [0, 8200, 8200]] },
    ['tokucho', 64_000],
    'P2',
    {
      t: [0, 8200, 8200],
      f: EMPTY,
      ...autumn(16_000, 15_800, 15_800),
    },
  ),
  row('3.4 §9 K14', '10月開始83,300円、年額の半分', NINE, ['tokucho', 83_300], 'P3', {
    f: [...n(3, 13_900), ...n(6, 0)],
    ...autumn(14_000, 13_800, 13_800),
  }),
  row(
    '3.4 §9 K15',
    '同じ開始、10月から後の期の分',
    NINE,
    ['tokucho', 83_300],
    'P3',
    { f: [9700, 9200, 9200, ...n(6, 0)], ...autumn(18_400, 18_400, 18_400) },
    { octStartSplit: 'periods' },
  ),
  row('3.4 §9 K16', '同じ開始、納期は8月から3月', { f: ['oooooooo', n(8, 0)] }, ['tokucho', 83_300], 'P3', {
    f: [20_900, 20_800, ...n(6, 0)],
    ...autumn(14_000, 13_800, 13_800),
  }),
  row('3.4 §9 K17', '暫定6,500円×3から10月開始、93,700円', zantei(6500), ['tokucho', 93_700], 'P3', {
    f: [...n(3, 6500), 9200, 9100, 9100, ...n(6, 0)],
    ...autumn(15_600, 15_600, 15_600),
  }),
  row('3.4 §9 K20', '仮徴収9,800円×3、口座振替を承認、年額66,600円', spring(9800), ['fucho', 66_600], 'P4', {
    t: n(3, 9800),
    f: [0, 0, 0, ...n(6, 6200)],
  }),
  row(
    '3.4 §9 K20 すべての期',
    '同じ人、動かせるすべての期に割り振る',
    spring(9800),
    ['fucho', 66_600],
    'P4',
    { t: n(3, 9800), f: [4400, ...n(8, 4100)] },
    { stopPlacement: 'all-open' },
  ),
  row('3.4 §9 K21', '仮徴収12,400円、6月20日死亡、2か月13,600円', spring(12_400), ['lost', 13_600], 'P6', {
    t: [12_400, 1200, 0],
    tOrdered: n(3, 12_400),
    f: EMPTY,
    overpaid: 23_600,
  }),
  row('3.4 §9 K22', '仮徴収5,000円×3、減免で0円', spring(5000), ['tokucho', 0], 'P7', {
    t: n(3, 0),
    tOrdered: n(3, 5000),
    f: EMPTY,
    overpaid: 15_000,
  }),
  row('3.4 §9 K23', '5月20日取得、11か月77,000円', NINE, ['fucho', 77_000], 'P1', { f: [9000, ...n(8, 8500)] }),
  refused('本徴収の回がすでにある', { ...NINE, t: ['ccll', n(4, 5000)] }, 30_000, '/slots/3/month'),
  refused('まだ止められる仮徴収', { ...NINE, t: ['ccs', n(3, 5000)] }, 30_000, '/slots/2/state'),
  refused('不納欠損の期の減額', { f: ['wooo', [5000, 0, 0, 0]] }, 4900, '/slots'),
]
