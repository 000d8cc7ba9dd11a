import { addDays } from '#kernel/plain-date.ts'
import { receiptOf } from './base-resident.ts'
import type { Resident, SampleCharge } from './resident.ts'
import { atenaRow, deferralRow, protectionRow, type SampleKind, type SampleRow, shunoRow } from './rows.ts'
import { STORY } from './story.ts'
import type { World } from './world.ts'

/** A line that becomes known only after the letters have been made. */
export interface LaterLine {
  readonly kind: SampleKind
  readonly row: SampleRow
}

/** Payments and changes come this many days after the sample's day. */
export const LATER_DAYS = 5

type Later = (resident: Resident, charge: SampleCharge, world: World) => LaterLine

const payment =
  (part: 1 | 2): Later =>
  (_, charge, world) => ({
    kind: 'shuno',
    row: shunoRow(charge, receiptOf(world, Math.ceil(charge.yen / part), addDays(world.today, 3), 'コンビニ')),
  })
const changedCharge: Later = (resident, charge) => ({
  kind: 'kiwari',
  row: [
    charge.fukaYear,
    charge.fukaYear,
    charge.tsuchishoNo,
    resident.insuredNo,
    charge.method,
    charge.period,
    charge.dueOn,
    charge.yen - 1000,
  ],
})
const deferred: Later = (_, charge, world) => ({
  kind: 'yuyo',
  row: deferralRow(charge, { from: addDays(world.today, 4), to: addDays(world.today, 95), decision: '見本8-16' }),
})
const died: Later = (resident, _, world) => ({
  kind: 'atena',
  row: atenaRow({ ...resident, diedOn: addDays(world.today, 2) }),
})
const guarded: Later = (resident, _, world) => ({
  kind: 'yokushi',
  row: protectionRow(resident, { measure: '仮', from: addDays(world.today, 4), expiresOn: null, opponentName: '' }),
})
const moved: Later = (resident) => ({
  kind: 'atena',
  row: atenaRow({ ...resident, postalCode: '0000019', address: 'みほん市桜ヶ丘9番9号', addressDetail: '' }),
})

/** What happens to the people after those of the story: the 引抜き proposals P01–P07 of 5.2 004. */
const LATER: readonly Later[] = [
  payment(1),
  payment(1),
  payment(1),
  payment(1),
  payment(2),
  payment(2),
  changedCharge,
  deferred,
  died,
  guarded,
  moved,
]

/** The later line of a person who has not paid, if there is one. */
export function laterLine(resident: Resident, unpaidOrdinal: number, world: World): LaterLine | null {
  const later = LATER[unpaidOrdinal - STORY.length]
  const period = String(world.newest + 1).padStart(2, '0')
  const charge = resident.charges.find((one) => one.fukaYear === world.fukaYear && one.period === period)
  return later === undefined || charge === undefined ? null : later(resident, charge, world)
}
