import type { Database, Tx } from '#db/database.ts'

/** A transaction in the shape of a database: transactions inside it are part of it. */
export const databaseOn = (tx: Tx): Database => ({
  rows: tx.rows,
  one: tx.one,
  maybe: tx.maybe,
  run: tx.run,
  tx: (work) => work(tx),
  listen: () => Promise.reject(new Error('no LISTEN inside a transaction')),
  close: async () => undefined,
})
