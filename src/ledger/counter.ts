import type { Tx } from '#db/database.ts'

/**
 * Makes posters take turns until this transaction ends. Whoever computes a posting from balances takes it first, so that
 * nothing moves between reading and posting. Returns the last number used.
 */
export async function lockLedger(tx: Tx): Promise<bigint> {
  const { last } = await tx.one<{ last: bigint }>(`select last from posting_counter for update`)
  return last
}

/** 仕訳番号: the next `count` numbers without a gap; a rolled-back transaction gives them back. Returns the first. */
export async function takeNumbers(tx: Tx, count: number): Promise<bigint> {
  const { last } = await tx.one<{ last: bigint }>(`update posting_counter set last = last + $1 returning last`, [count])
  return last - BigInt(count) + 1n
}
