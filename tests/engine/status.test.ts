import { clearAlarms, raiseAlarm } from '#engine/alarms.ts'
import { ensureEpoch } from '#engine/epoch.ts'
import { enqueue } from '#engine/outbox.ts'
import { engineStatus } from '#engine/status.ts'
import { openDatabase, type Database } from '#db/database.ts'
import { engineRaiseEpoch, engineStatusVerb } from '#tools/verbs/engine.ts'
import type { VerbContext } from '#tools/verbs/verb.ts'
import { bareRun } from '#tests/support/bare-run.ts'
import { fixedClock } from '#tests/support/clock.ts'
import { cloneDatabase, type TestDatabase } from '#tests/support/database.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const clock = fixedClock('2026-11-13T01:00:00Z')
let base: TestDatabase
let db: Database
beforeAll(async () => {
  base = await cloneDatabase()
  db = openDatabase(base.appUrl)
})
afterAll(async () => {
  await db.close()
  await base.drop()
})

/** What a verb needs here; the rest is not touched. */
function contextOf(lines: string[]): VerbContext {
  const context: Partial<VerbContext> = {
    clock: { ...clock, offsetMs: () => 0 },
    database: async () => db,
    print: (line) => void lines.push(line),
  }
  return context as VerbContext // the verb under test uses these three
}

describe('koki engine status', () => {
  it('says how old our knowledge is, what waits, and what is wrong', async () => {
    // given
    await ensureEpoch(db, clock)
    const runId = await bareRun(db)
    await db.tx((tx) =>
      enqueue(tx, {
        kind: 'start-run',
        dedupeKey: `start/${runId}`,
        runId,
        payload: { messageName: '5-2-tokusoku/start', runId, variables: {} },
        clock,
      }),
    )
    await db.run(`update outbox set attempts = 1, last_error = 'backpressure: away'`)
    await db.run(
      `insert into engine_heartbeat (sent_number, sent_at, seen_number, seen_sent_at) values (9, $1, 8, $2)`,
      [clock.now(), '2026-11-13T00:59:58.000Z'],
    )
    await raiseAlarm(db, clock, 'exchanged', 'epoch 1, partition 1, position 2')
    // when
    const lines: string[] = []
    const code = await engineStatusVerb.run([], contextOf(lines))
    // then
    expect(code).toBe(1)
    expect(lines).toEqual([
      '世代(エポック): 1',
      '最新性: 2.0秒前まで反映',
      '送り待ち: 1件(最も古いもの 2026-11-13T01:00:00.000Z)',
      '  直前の失敗: backpressure: away',
      '進行中の処理: 1件(起動待ち 1件、前の世代のもの 0件)',
      '隔離した記録: 0件',
      '× エンジンのデータが入れ替わっています。次にすること: koki engine raise-epoch 理由(epoch 1, partition 1, position 2、2026-11-13T01:00:00.000Z)',
    ])
    await clearAlarms(db, clock, 'exchanged')
    expect(await engineStatusVerb.run([], contextOf([]))).toBe(0)
  })
  it('counts runs that stand in an engine that is no more', async () => {
    const runId = await bareRun(db)
    await db.run(`update runs set epoch = 1, process_instance_key = 5 where id = $1`, [runId])
    await db.run(`insert into engine_epochs (epoch, started_at, note) values (2, $1, '試験')`, [clock.now()])
    expect((await engineStatus(db, clock)).runs).toEqual({ running: 2n, unbound: 1n, ofOlderEpochs: 1n })
  })
})

describe('koki engine raise-epoch', () => {
  it('wants a reason', async () => {
    expect(await engineRaiseEpoch.run([], contextOf([]))).toBe(2)
    expect(await engineRaiseEpoch.run([' '], contextOf([]))).toBe(2)
  })
})
