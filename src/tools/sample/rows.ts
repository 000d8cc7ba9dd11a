import type { Resident, SampleCharge, SampleReceipt } from './resident.ts'

/** The kinds of file a sample has, in the order of loading. */
export const SAMPLE_KINDS = [
  'atena',
  'hihokensha',
  'soufusaki',
  'yokushi',
  'koza',
  'kiwari',
  'shuno',
  'yuyo',
  'tokusoku',
  'henrei',
] as const
export type SampleKind = (typeof SAMPLE_KINDS)[number]

/** A line of a file: values in the order of the shipped profile. */
export type SampleRow = readonly (string | number | null)[]

const key = (one: SampleCharge): SampleRow => [one.fukaYear, one.fukaYear, one.tsuchishoNo]
const keyWithPeriod = (one: SampleCharge): SampleRow => [...key(one), one.period, one.method]

export const atenaRow = (one: Resident): SampleRow => [
  one.atenaNo,
  '住登内',
  one.name,
  one.kana,
  one.bornOn,
  one.sex,
  one.postalCode,
  one.address,
  one.addressDetail,
  one.phone,
  one.householdNo,
  one.relation,
  null,
  one.movedOutOn,
  one.diedOn,
]

export const shunoRow = (charge: SampleCharge, receipt: SampleReceipt): SampleRow => [
  ...keyWithPeriod(charge),
  receipt.yen,
  0,
  0,
  receipt.receivedOn,
  receipt.collectedOn,
  receipt.road,
]

export const deliveryRow = (one: Resident, delivery: Resident['deliveries'][number]): SampleRow => [
  one.atenaNo,
  delivery.kind,
  delivery.name,
  delivery.postalCode,
  delivery.address,
  null,
  delivery.from,
  delivery.to,
]

export const protectionRow = (one: Resident, measure: Resident['protections'][number]): SampleRow => [
  one.atenaNo,
  measure.measure,
  measure.from,
  measure.expiresOn,
  null,
  measure.opponentName,
  null,
  null,
]

export const deferralRow = (charge: SampleCharge, deferral: NonNullable<SampleCharge['deferral']>): SampleRow => [
  ...keyWithPeriod(charge),
  deferral.from,
  deferral.to,
  deferral.decision,
]

const accountRow = (one: Resident, account: NonNullable<Resident['account']>): SampleRow => [
  one.insuredNo,
  account.bankNo,
  account.branchNo,
  '1',
  account.accountNo,
  one.kana,
  account.from,
  null,
]

const returnedRow = (charge: SampleCharge, returned: NonNullable<SampleCharge['returned']>): SampleRow => [
  '督促状',
  ...keyWithPeriod(charge),
  returned.on,
  returned.why,
  returned.resentOn,
  returned.postedOn,
]

/** The lines of one person in each kind of file. */
export function rowsOf(one: Resident): Readonly<Record<SampleKind, readonly SampleRow[]>> {
  return {
    atena: [atenaRow(one)],
    hihokensha: [
      [one.insuredNo, one.atenaNo, one.acquiredOn, '年齢到達', one.lost?.on ?? null, one.lost?.reason ?? null],
    ],
    soufusaki: one.deliveries.map((delivery) => deliveryRow(one, delivery)),
    yokushi: one.protections.map((measure) => protectionRow(one, measure)),
    koza: one.account === undefined ? [] : [accountRow(one, one.account)],
    kiwari: one.charges.map((charge) => [
      ...key(charge),
      one.insuredNo,
      charge.method,
      charge.period,
      charge.dueOn,
      charge.yen,
    ]),
    shuno: one.charges.flatMap((charge) => charge.receipts.map((receipt) => shunoRow(charge, receipt))),
    yuyo: one.charges.flatMap((charge) => (charge.deferral === null ? [] : [deferralRow(charge, charge.deferral)])),
    tokusoku: one.charges.flatMap((charge) =>
      charge.dunned === null ? [] : [[...keyWithPeriod(charge), charge.dunned.issuedOn, charge.dunned.designatedOn]],
    ),
    henrei: one.charges.flatMap((charge) =>
      charge.returned === undefined ? [] : [returnedRow(charge, charge.returned)],
    ),
  }
}
