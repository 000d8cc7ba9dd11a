import { ensureEpoch, raiseEpoch } from '#engine/epoch.ts'
import { isStoredAtOnce } from '#engine/ingest/at-once.ts'
import { openStore, type IngestDeps } from '#engine/ingest/store.ts'
import type { EngineLog } from '#engine/log.ts'
import type { Projector } from '#engine/projector.ts'
import { parseRecord, type EngineRecord } from '#engine/record.ts'
import { openDatabase, type Database } from '#db/database.ts'
import { fixedClock } from '#tests/support/clock.ts'
import { cloneDatabase, type TestDatabase } from '#tests/support/database.ts'
import { heartbeat, recordText, type MadeRecord } from '#tests/support/engine-records.ts'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'

// A record that comes alone and follows what we know takes the short road; anything else the careful one.

const clock = fixedClock('2026-11-13T01:00:00Z')
const silent: EngineLog = { info: () => undefined, warn: () => undefined, error: () => undefined }
const counting: Projector = {
  name: 'counting',
  valueTypes: ['ERROR'],
  async project(record, tx) {
    await tx.run(`insert into run_counters (flow, fiscal_year, last) values ($1, 2026, 1)`, [
      `${record.epoch}/${record.position}`,
    ])
    if (record.intent === 'BROKEN') throw new Error('cannot take this')
  },
}

let base: TestDatabase
let db: Database
let deps: IngestDeps
let epoch = 0
beforeAll(async () => {
  base = await cloneDatabase()
  db = openDatabase(base.appUrl, { isPipelined: true })
  await ensureEpoch(db, clock)
  deps = { db, clock, log: silent, projectors: [counting] }
})
beforeEach(async () => {
  epoch = await db.tx((tx) => raiseEpoch(tx, clock, '試験'))
})
afterAll(async () => {
  await db.close()
  await base.drop()
})

const made = (position: number, intent = 'CREATED'): MadeRecord => ({
  position,
  valueType: 'ERROR',
  intent,
  value: '{}',
})
const asRecord = (one: MadeRecord, inEpoch = epoch): EngineRecord => ({
  ...parseRecord(recordText(one)),
  epoch: inEpoch,
})
/** Positions stored, positions projected, and the high-water mark. */
async function standing(): Promise<readonly [bigint[], string[], bigint | null]> {
  const stored = await db.rows<{ position: bigint }>(
    `select position from engine_records where epoch = $1 order by position`,
    [epoch],
  )
  const projected = await db.rows<{ flow: string }>(
    `select split_part(flow, '/', 2) as flow from run_counters where flow like $1 order by flow`,
    [`${epoch}/%`],
  )
  const mark = await db.maybe<{ position: bigint }>(`select position from engine_positions where epoch = $1`, [epoch])
  return [stored.map(({ position }) => position), projected.map(({ flow }) => flow), mark?.position ?? null]
}

describe('a record that comes alone', () => {
  it('and follows what we know is stored with what its projectors write', async () => {
    expect(await isStoredAtOnce(deps, asRecord(made(5)))).toBe(true)
    expect(await isStoredAtOnce(deps, asRecord(made(7)))).toBe(true)
    expect(await standing()).toEqual([[5n, 7n], ['5', '7'], 7n])
  })
  it('a second time, or behind the mark, is left to the careful road, and nothing of it stays', async () => {
    await isStoredAtOnce(deps, asRecord(made(5)))
    expect(await isStoredAtOnce(deps, asRecord(made(5)))).toBe(false)
    expect(await isStoredAtOnce(deps, asRecord(made(4)))).toBe(false)
    expect(await standing()).toEqual([[5n], ['5'], 5n])
  })
  it('twice at the same moment is stored by one of both', async () => {
    const answers = await Promise.all([
      isStoredAtOnce(deps, asRecord(made(5))),
      isStoredAtOnce(deps, asRecord(made(5))),
    ])
    expect(answers.toSorted((a, b) => Number(a) - Number(b))).toEqual([false, true])
    expect(await standing()).toEqual([[5n], ['5'], 5n])
  })
  it('of another epoch, of a heartbeat, or under an alarm is left to the careful road', async () => {
    expect(await isStoredAtOnce(deps, asRecord(made(1), epoch - 1))).toBe(false)
    expect(await isStoredAtOnce(deps, asRecord(heartbeat(1, 1, '2026-11-13T00:59:59.000Z')))).toBe(false)
    await db.run(`insert into engine_alarms (kind, detail, at) values ('exchanged', '試験', $1)`, [clock.now()])
    expect(await isStoredAtOnce(deps, asRecord(made(1)))).toBe(false)
    expect(await standing()).toEqual([[], [], null])
    await db.run(`update engine_alarms set cleared_at = $1 where kind = 'exchanged'`, [clock.now()])
  })
  it('that a projector cannot take leaves nothing', async () => {
    expect(await isStoredAtOnce(deps, asRecord(made(1, 'BROKEN')))).toBe(false)
    expect(await standing()).toEqual([[], [], null])
  })
})

describe('a store that is told one record after the other', () => {
  it('keeps each once, puts what cannot be taken in quarantine, and follows a raised epoch', async () => {
    const store = openStore(deps)
    const tell = (one: MadeRecord) => store([recordText(one)])
    expect(await tell(made(1))).toEqual({ stored: 1, repeated: 0, beats: 0 }) // careful: the epoch is not known yet
    expect(await tell(made(2))).toEqual({ stored: 1, repeated: 0, beats: 0 })
    expect(await tell(made(2))).toEqual({ stored: 0, repeated: 1, beats: 0 })
    expect(await tell(made(3, 'BROKEN'))).toEqual({ stored: 1, repeated: 0, beats: 0 })
    expect(await standing()).toEqual([[1n, 2n, 3n], ['1', '2'], 3n])
    expect(await db.rows(`select position, projector from engine_quarantine where epoch = $1`, [epoch])).toEqual([
      { position: 3n, projector: 'counting' },
    ])
    epoch = await db.tx((tx) => raiseEpoch(tx, clock, '試験'))
    expect(await tell(made(1))).toEqual({ stored: 1, repeated: 0, beats: 0 })
    expect(await tell(made(2))).toEqual({ stored: 1, repeated: 0, beats: 0 })
    expect(await standing()).toEqual([[1n, 2n], ['1', '2'], 2n])
  })
})
