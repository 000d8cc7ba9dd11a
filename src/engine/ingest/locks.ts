import { EPOCH_LOCK } from '../epoch.ts'

/** The epoch stays, and nobody else stores records of these partitions, until the transaction ends. */
export const ingestLocks = (partitions: readonly number[]): string =>
  [
    `select pg_advisory_xact_lock_shared(${EPOCH_LOCK})`,
    ...partitions.map((one) => `select pg_advisory_xact_lock(hashtextextended('engine-ingest', ${Math.trunc(one)}))`),
  ].join(';')
