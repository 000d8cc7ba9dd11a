import { type PlainDate, plainDateOf } from '#kernel/plain-date.ts'
import { checkDigit21 } from '#rules/numbers/modulus10.ts'
import type { Resident, SampleCharge, SampleReceipt } from './resident.ts'

/**
 * The worked examples of sheet 5.2 §8 as residents, one a fact: base run 納期限 2026-07-31, 基準日 2026-08-12, 発送日 2026-08-20.
 * #2 and #3 are told apart by their 領収日 alone, so the files may be loaded in one go on 2026-08-14. #15 is #1; #17–#20 are
 * about dates and persons of a run, not about facts.
 */
export interface WorkedExample {
  /** Number of the sheet's table, with a letter where one row has several cases. */
  readonly no: string
  readonly resident: Resident
}

const day = plainDateOf
const DUE = day('2026-07-31')

interface Facts {
  readonly yen: number
  readonly fukaYear?: number
  readonly period?: string
  readonly dueOn?: PlainDate
  readonly serial?: string
  readonly paid?: readonly (readonly [yen: number, receivedOn: string])[]
  readonly deferral?: readonly [from: string, to: string]
}

const receipt = ([yen, receivedOn]: readonly [number, string]): SampleReceipt => ({
  yen,
  receivedOn: day(receivedOn),
  collectedOn: day(receivedOn),
  road: '金融機関',
})

/** 通知書番号: two digits of the year, seven of a serial, the check digit. */
export const tsuchishoNo = (fukaYear: number, serial: string): string => {
  const payload = `${String(fukaYear % 100).padStart(2, '0')}${serial.padStart(7, '0')}`
  return `${payload}${checkDigit21(payload)}`
}

const charge = (index: number, facts: Facts): SampleCharge => {
  const fukaYear = facts.fukaYear ?? 2026
  return {
    fukaYear,
    tsuchishoNo: tsuchishoNo(fukaYear, facts.serial ?? String(9_000_000 + index)),
    period: facts.period ?? '01',
    method: '普徴',
    dueOn: facts.dueOn ?? DUE,
    yen: facts.yen,
    receipts: (facts.paid ?? []).map(receipt),
    deferral:
      facts.deferral === undefined
        ? null
        : { from: day(facts.deferral[0]), to: day(facts.deferral[1]), decision: `見本${index}` },
    dunned: null,
  }
}

type Extra = Partial<Pick<Resident, 'diedOn' | 'deliveries' | 'protections'>>
interface Row {
  readonly no: string
  readonly charges: readonly Facts[]
  readonly extra?: Extra
}

const heir = {
  kind: '相続人代表',
  name: '見本 相続',
  postalCode: '0000002',
  address: 'みほん市北二丁目2番2号',
} as const
const measure = { measure: '本', opponentName: '見本 相手' } as const
/** 過誤納 of the last period of 令和7年度: 5,000 charged, more paid. */
const overpaidBy = (yen: number): Facts => ({
  yen: 5000,
  fukaYear: 2025,
  period: '08',
  dueOn: day('2026-03-02'),
  paid: [[5000 + yen, '2026-02-25']],
})
const zuiji = (yen: number): Facts => ({ yen, period: '81' })

const ROWS: readonly Row[] = [
  { no: '1', charges: [{ yen: 12_300, serial: '12345' }] },
  { no: '2', charges: [{ yen: 12_300, paid: [[12_300, '2026-08-12']] }] },
  { no: '3', charges: [{ yen: 12_300, paid: [[12_300, '2026-08-13']] }] },
  { no: '4', charges: [{ yen: 11_500, paid: [[5000, '2026-07-30']] }] },
  { no: '5a', charges: [{ yen: 9800 }, overpaidBy(9800)] },
  { no: '5b', charges: [{ yen: 9800 }, overpaidBy(9700)] },
  { no: '6a', charges: [{ yen: 10_000, deferral: ['2026-05-01', '2026-08-12'] }] },
  { no: '6b', charges: [{ yen: 10_000, deferral: ['2026-05-01', '2026-08-11'] }] },
  { no: '6c', charges: [{ yen: 10_000, deferral: ['2026-08-18', '2027-01-31'] }] },
  {
    no: '7a',
    charges: [{ yen: 8600 }],
    extra: { diedOn: day('2026-08-05'), deliveries: [{ ...heir, from: day('2026-08-15'), to: null }] },
  },
  { no: '7b', charges: [{ yen: 8600 }], extra: { diedOn: day('2026-08-05') } },
  {
    no: '8a',
    charges: [{ yen: 9100 }],
    extra: { protections: [{ ...measure, from: day('2026-04-01'), expiresOn: day('2027-03-31') }] },
  },
  {
    no: '8b',
    charges: [{ yen: 9100 }],
    extra: { protections: [{ ...measure, from: day('2025-08-01'), expiresOn: day('2026-07-31') }] },
  },
  {
    no: '8c',
    charges: [{ yen: 9100, deferral: ['2026-05-01', '2026-12-31'] }],
    extra: { protections: [{ ...measure, from: day('2026-04-01'), expiresOn: day('2027-03-31') }] },
  },
  { no: '9a', charges: [{ yen: 999 }] },
  { no: '9b', charges: [{ yen: 1000 }] },
  { no: '10', charges: [{ yen: 8800, fukaYear: 2025, period: '03', dueOn: day('2025-09-30') }] },
  { no: '11', charges: [{ yen: 7200, fukaYear: 2024, dueOn: day('2024-07-31') }] },
  { no: '12', charges: [{ yen: 7200, fukaYear: 2024, dueOn: day('2024-07-31'), paid: [[1000, '2024-12-25']] }] },
  { no: '13a', charges: [zuiji(660_000)] },
  { no: '13b', charges: [zuiji(652_000)] },
  { no: '13c', charges: [zuiji(651_785)] },
  { no: '13d', charges: [zuiji(640_000)] },
  { no: '14', charges: [{ yen: 88_900, fukaYear: 2025, period: '03', dueOn: day('2025-09-30') }] },
  { no: '16a', charges: [{ ...zuiji(300_000), serial: '45678' }] },
  { no: '16b', charges: [zuiji(300_001)] },
]

const KANA = 'イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマ'

/** 宛名 and 被保険者 are numbered in the order of the table; the names say which example it is. */
export const WORKED_EXAMPLES: readonly WorkedExample[] = ROWS.map(({ no, charges, extra }, index) => {
  const number = 1001 + index
  const payload = `000${number}`
  return {
    no,
    resident: {
      atenaNo: String(number).padStart(15, '0'),
      insuredNo: `${payload}${checkDigit21(payload)}`,
      name: `見本 例題${no}`,
      kana: `ミホン レイダイ${KANA[index] ?? ''}`,
      bornOn: day(`19${40 + (index % 10)}-0${1 + (index % 9)}-11`),
      sex: index % 2 === 0 ? '女' : '男',
      postalCode: `00000${String(10 + index)}`,
      address: `みほん市中央一丁目${index + 1}番${index + 1}号`,
      addressDetail: '',
      phone: '',
      householdNo: String(number),
      relation: '世帯主',
      movedOutOn: null,
      acquiredOn: day('2020-04-01'),
      diedOn: null,
      lost: extra?.diedOn == null ? null : { on: extra.diedOn, reason: '死亡' },
      deliveries: [],
      protections: [],
      charges: charges.map((facts, at) => charge(index * 10 + at, facts)),
      ...extra,
    },
  }
})
