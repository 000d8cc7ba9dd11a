import { sha256 } from './append.ts'

/** One link of the chain (封印). */
export interface Seal {
  readonly number: bigint
  readonly eventId: bigint
  readonly eventHash: string
  readonly previousHash: string
  readonly hash: string
}

/** What stands before the first link. */
export const GENESIS = '0'.repeat(64)

/** Hash of a link: number, event, event hash and the hash before it. */
export const sealHash = (seal: Omit<Seal, 'hash'>): string =>
  sha256(`${seal.number}|${seal.eventId}|${seal.eventHash}|${seal.previousHash}`)

/** A row as the verifier needs it: the event with its link. `text` is the sealed text. */
export interface SealedRow extends Seal {
  readonly text: string
}

/** The first row that does not fit, in words. */
export interface BadRow {
  readonly number: bigint
  readonly eventId: bigint
  readonly message: string
}

/** Checks a chain row by row; `next` answers what is wrong with a row, or null. */
export function chainVerifier(start: { readonly number: bigint; readonly hash: string }): {
  next(row: SealedRow): BadRow | null
  readonly checked: bigint
} {
  let { number, hash } = start
  let checked = 0n
  return {
    get checked() {
      return checked
    },
    next(row) {
      const bad = (message: string): BadRow => ({ number: row.number, eventId: row.eventId, message })
      if (row.number !== number + 1n) return bad(`封印 ${number + 1n} がありません。`)
      if (sha256(row.text) !== row.eventHash) return bad('記録の内容が封印したときと違います。')
      if (row.previousHash !== hash) return bad('一つ前の封印とつながっていません。')
      if (sealHash(row) !== row.hash) return bad('封印の値が合いません。')
      number = row.number
      hash = row.hash
      checked++
      return null
    },
  }
}
