import { addDays, addYears, fromParts, minDate, type PlainDate } from '#kernel/plain-date.ts'
import { onOrNextBusinessDay, onOrPreviousBusinessDay } from '#rules/calendar/business-days.ts'
import { checkDigit21 } from '#rules/numbers/modulus10.ts'
import { FAMILY, GIVEN, TOWNS } from './names.ts'
import { randomOf, type Random } from './random.ts'
import type { Resident, SampleAccount, SampleCharge, SampleReceipt, SampleRoad } from './resident.ts'
import { tsuchishoNo } from './examples.ts'
import { collectedOn, type World } from './world.ts'

/** 期ごとの額 of the sample, from the lowest step of relief to a good pension. */
const PERIOD_YEN = [6600, 9200, 11_500, 12_700, 14_200, 16_300, 18_400, 21_900, 28_300] as const
const ROADS: readonly SampleRoad[] = [
  '口座',
  '口座',
  '口座',
  '口座',
  'コンビニ',
  'コンビニ',
  '金融機関',
  '金融機関',
  '窓口',
  'MPN',
]
/** Multiplies a running number into a seven-digit one without repeats: it shares no factor with 10⁷. */
const SPREAD = 7_654_321
const SEVEN_DIGITS = 10_000_000

/** 被保険者番号 of the i-th person: unlike its neighbours', unique below ten million. */
export function insuredNoOf(index: number): string {
  const payload = String((index * SPREAD + 4_711_013) % SEVEN_DIGITS).padStart(7, '0')
  return `${payload}${checkDigit21(payload)}`
}

/** How a person pays; the newest 納期 is told apart because the story is about it. */
export interface Paying {
  readonly method: '普徴' | '特徴'
  readonly newest: 'paid' | 'paidInLatestWeek' | 'unpaid'
  /** An earlier 納期 of the year was left unpaid and dunned. */
  readonly hasDunned: boolean
  /** What became of that 督促状, when it came back. */
  readonly returned?: 'open' | 'resent' | 'posted'
}

/** The i-th person with what was charged and paid since the year before. */
export function baseResident(world: World, index: number, paying: Paying): Resident {
  const random = randomOf(world.seed, `resident/${index}`)
  const sex = random.int(100) < 58 ? '女' : '男'
  const [family, familyKana] = random.pick(FAMILY)
  const [given, givenKana] = random.pick(GIVEN[sex])
  const [postalCode, town] = random.pick(TOWNS)
  const bornOn = fromParts({ year: 1930 + random.int(20), month: 1 + random.int(12), day: 1 + random.int(28) })
  const perPeriod = random.pick(PERIOD_YEN)
  const road = random.pick(ROADS)
  return {
    atenaNo: String(200_000_000 + index).padStart(15, '0'),
    insuredNo: insuredNoOf(index),
    name: `${family} ${given}`,
    kana: `${familyKana} ${givenKana}`,
    bornOn,
    sex,
    postalCode,
    address: `みほん市${town}${1 + random.int(30)}番${1 + random.int(20)}号`,
    addressDetail: random.int(6) === 0 ? `みほん住宅${1 + random.int(9)}号棟${101 + random.int(8)}` : '',
    phone: `000-${String(1000 + random.int(9000))}-${String(1000 + random.int(9000))}`,
    householdNo: String(300_000_000 + index),
    relation: '世帯主',
    movedOutOn: null,
    diedOn: null,
    acquiredOn: addYears(bornOn, 75),
    lost: null,
    deliveries: [],
    protections: [],
    ...(hasAccount(index, road, paying) ? { account: accountOf(world, index) } : {}),
    charges:
      paying.method === '特徴'
        ? pensionCharges(world, index, perPeriod)
        : [
            ...chargesOf(world, world.fukaYear - 1, index, perPeriod, (_, at) => paid(world, random, road, at)),
            ...chargesOf(world, world.fukaYear, index, perPeriod, (period, at) => {
              if (at.dueOn >= world.today) return at
              if (period === world.newest) return newest(world, random, road, paying.newest, at)
              if (paying.hasDunned && period === world.newest - 1)
                return returned(world, dunned(world, at), paying.returned)
              return paid(world, random, road, at)
            }),
          ],
  }
}

const BANKS = [
  ['0001', 'ﾐﾎﾝ'],
  ['1001', 'ﾐﾎﾝｼﾝﾖｳｷﾝｺ'],
  ['9900', 'ﾕｳﾁﾖ'],
] as const

/** Of those who have not paid, one in nine has an account: the debit failed. The others pay by slip. */
const hasAccount = (index: number, road: SampleRoad, { method, newest: how }: Paying): boolean =>
  method === '普徴' && (how === 'unpaid' ? index % 9 === 0 : how === 'paid' && road === '口座')

function accountOf(world: World, index: number): SampleAccount {
  const [bankNo, bankName] = BANKS[index % BANKS.length] ?? BANKS[0]
  return {
    bankNo,
    bankName,
    branchNo: String(101 + (index % 40)),
    accountNo: String((index * SPREAD + 1_234_567) % SEVEN_DIGITS).padStart(7, '0'),
    from: fromParts({ year: world.fukaYear - 1, month: 4, day: 1 }),
  }
}

const WHY = ['転居先不明', 'あて所なし', '保管期間経過'] as const

/** A 督促状 that came back six days after it left. */
function returned(world: World, charge: SampleCharge, what: Paying['returned']): SampleCharge {
  if (what === undefined || charge.dunned === null) return charge
  const { issuedOn } = charge.dunned
  const later = minDate(addDays(issuedOn, 12), addDays(world.today, -1))
  return {
    ...charge,
    returned: {
      on: addDays(issuedOn, 6),
      why: WHY[Number(charge.tsuchishoNo.at(-2)) % WHY.length] ?? WHY[0],
      resentOn: what === 'resent' ? later : null,
      postedOn: what === 'posted' ? later : null,
    },
  }
}

/** The eight instalments of a year: the remainder below 100 yen a period goes into the first. */
function chargesOf(
  world: World,
  fukaYear: number,
  index: number,
  perPeriod: number,
  happened: (period: number, charge: SampleCharge) => SampleCharge,
): readonly SampleCharge[] {
  const number = tsuchishoNo(fukaYear, String(index))
  return world.dueDates(fukaYear).map((dueOn, period) =>
    happened(period, {
      fukaYear,
      tsuchishoNo: number,
      period: String(period + 1).padStart(2, '0'),
      method: '普徴',
      dueOn,
      yen: period === 0 ? perPeriod + (index % 8) * 100 : perPeriod,
      receipts: [],
      deferral: null,
      dunned: null,
    }),
  )
}

const pensionCharges = (world: World, index: number, perPeriod: number): readonly SampleCharge[] =>
  world.pensionDates(world.fukaYear).map((dueOn, at) => ({
    fukaYear: world.fukaYear,
    tsuchishoNo: tsuchishoNo(world.fukaYear, String(index)),
    period: String(at + 1).padStart(2, '0'),
    method: '特徴',
    dueOn,
    yen: perPeriod,
    receipts: dueOn < world.today ? [receiptOf(world, perPeriod, dueOn, '特徴')] : [],
    deferral: null,
    dunned: null,
  }))

export const receiptOf = (world: World, yen: number, receivedOn: PlainDate, road: SampleRoad): SampleReceipt => ({
  yen,
  receivedOn,
  collectedOn: collectedOn(world, receivedOn),
  road,
})

const LATEST_WEEK_DAYS = 6

/** The first day of the week that the newcomer imports. */
export const latestWeekFrom = (world: World): PlainDate => addDays(world.today, -LATEST_WEEK_DAYS)

/** Paid by slip up to 20 days before or 6 after the 納期限, by 口座 on the day; never inside the latest week. */
function paid(world: World, random: Random, road: SampleRoad, charge: SampleCharge): SampleCharge {
  const wanted = road === '口座' ? charge.dueOn : addDays(charge.dueOn, random.int(27) - 20)
  const receivedOn = minDate(wanted, addDays(latestWeekFrom(world), -1))
  return { ...charge, receipts: [receiptOf(world, charge.yen, receivedOn, road)] }
}

function newest(
  world: World,
  random: Random,
  road: SampleRoad,
  how: Paying['newest'],
  charge: SampleCharge,
): SampleCharge {
  if (how === 'unpaid') return charge
  if (how === 'paid') return paid(world, random, road, charge)
  // up to the day before today, so that 基準日 (the day before) sees all of them
  const receivedOn = addDays(latestWeekFrom(world), random.int(LATEST_WEEK_DAYS))
  return { ...charge, receipts: [receiptOf(world, charge.yen, receivedOn, road === '口座' ? 'コンビニ' : road)] }
}

/** Left unpaid and dunned on time: issued within 18 days of the 納期限, 10 days and a 開庁日 to pay. */
export const dunned = (world: World, charge: SampleCharge): SampleCharge => {
  const issuedOn = onOrPreviousBusinessDay(addDays(charge.dueOn, 18), world.holidays)
  return { ...charge, dunned: { issuedOn, designatedOn: onOrNextBusinessDay(addDays(issuedOn, 10), world.holidays) } }
}
