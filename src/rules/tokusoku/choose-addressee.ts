import { isInForce, type PlainDate } from '#kernel/plain-date.ts'
import { foldForSearch } from '../names/fold-for-search.ts'

export interface Address {
  /** 郵便番号, 7 digits without hyphen. */
  readonly postalCode: string
  readonly address: string
  /** 方書, may be empty. */
  readonly building: string
}

/** 送付先: one row, in force from `from` to `to`. */
export interface Delivery extends Address {
  readonly kind: '本人' | '代理' | '相続人代表'
  readonly name: string
  readonly from: PlainDate
  readonly to: PlainDate | null
  /** 生年月日 of the one who receives, when known. */
  readonly bornOn?: PlainDate | null
}

/** 相手方 of a 支援措置. */
export interface Counterpart {
  readonly name: string
  readonly bornOn: PlainDate | null
}

export interface AddresseeFacts {
  readonly name: string
  readonly bornOn?: PlainDate | null
  readonly deathOn: PlainDate | null
  /** 宛名 address; null when there is none. */
  readonly home: Address | null
  readonly deliveries: readonly Delivery[]
  /** Protected on the day. */
  readonly isProtected: boolean
  /** A 係長 has decided for an individual notice (個別送付). */
  readonly isApproved?: boolean
  readonly counterparts?: readonly Counterpart[]
}

export interface Addressee extends Address {
  readonly kind: '本人' | '代理' | '相続人代表'
  readonly name: string
  readonly bornOn: PlainDate | null
  /** From a 送付先 row, or the 宛名 address itself. */
  readonly source: '送付先' | '宛名'
}

export type AddresseeProblem = 'U01' | 'U02' | 'U04' | 'U05' | 'U06'

export interface AddresseeChoice {
  /** Null when nobody can be named (U05, U06, U01 of a protected person without 送付先). */
  readonly addressee: Addressee | null
  readonly problems: readonly AddresseeProblem[]
}

/**
 * 宛名の決定 in force on `on` (the 発送日): dead → 相続人代表; else 代理, else 本人の送付先, else the 宛名 address. Two rows in one 区分 →
 * latest 開始日; the same 開始日 → U05. Never 世帯主 or spouse: joint liability needs its own act (rules §2.1).
 * An individually approved protected person gets a letter only at a 送付先, never at the 宛名 address; an addressee who may be
 * the 相手方 (equal folded name, and equal or unknown birth date: sheet 1.1 §2.5) → U04. Sheet 5.2, 003 rules 1, 2, 5.
 */
export function chooseAddressee(facts: AddresseeFacts, on: PlainDate): AddresseeChoice {
  const isDead = facts.deathOn !== null && facts.deathOn <= on
  const problems: AddresseeProblem[] = []
  if (facts.isProtected && facts.isApproved !== true) problems.push('U04')

  const rows = isDead
    ? latest(facts.deliveries, '相続人代表', on)
    : (latest(facts.deliveries, '代理', on) ?? latest(facts.deliveries, '本人', on))
  if (rows === null && isDead) return { addressee: null, problems: [...problems, 'U06'] }
  if (rows !== null && rows.length > 1) return { addressee: null, problems: [...problems, 'U05'] }

  const addressee = rows?.[0] ? fromDelivery(rows[0]) : facts.isProtected ? null : fromHome(facts)
  if (addressee === null) return { addressee, problems: [...problems, 'U01'] }
  if (addressee.address.trim() === '') problems.push('U01')
  if (!/^\d{7}$/.test(addressee.postalCode)) problems.push('U02')
  if (!problems.includes('U04') && facts.counterparts?.some((one) => mayBe(addressee, one)) === true)
    problems.push('U04')
  return { addressee, problems }
}

/** The rows of a 区分 with the latest 開始日 among those in force; null when there is none. */
function latest(deliveries: readonly Delivery[], kind: Delivery['kind'], on: PlainDate): readonly Delivery[] | null {
  let found: Delivery[] | null = null
  for (const row of deliveries) {
    if (row.kind !== kind || !isInForce(row.from, row.to, on)) continue
    const best = found?.[0]
    if (found === null || best === undefined || row.from > best.from) found = [row]
    else if (row.from === best.from) found.push(row)
  }
  return found
}

const fromDelivery = (row: Delivery): Addressee => ({
  kind: row.kind,
  name: row.name,
  bornOn: row.bornOn ?? null,
  postalCode: row.postalCode,
  address: row.address,
  building: row.building,
  source: '送付先',
})

const fromHome = (facts: AddresseeFacts): Addressee | null =>
  facts.home && {
    kind: '本人',
    name: facts.name,
    bornOn: facts.bornOn ?? null,
    postalCode: facts.home.postalCode,
    address: facts.home.address,
    building: facts.home.building,
    source: '宛名',
  }

const mayBe = (addressee: Addressee, counterpart: Counterpart): boolean =>
  foldForSearch(addressee.name) === foldForSearch(counterpart.name) &&
  (addressee.bornOn === null || counterpart.bornOn === null || addressee.bornOn === counterpart.bornOn)

/** 宛先 on the envelope: who, and where. */
export const isSameAddressee = (a: Addressee, b: Addressee): boolean =>
  a.name === b.name &&
  a.kind === b.kind &&
  a.postalCode === b.postalCode &&
  a.address === b.address &&
  a.building === b.building
