import { deployModels, modelHash } from '#engine/deploy.ts'
import { ensureEpoch, raiseEpoch } from '#engine/epoch.ts'
import { openDatabase, type Database } from '#db/database.ts'
import { fixedClock } from '#tests/support/clock.ts'
import { cloneDatabase, type TestDatabase } from '#tests/support/database.ts'
import { fakeEngine } from '#tests/support/fake-engine.ts'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'

const clock = fixedClock('2026-11-13T01:00:00Z')
let base: TestDatabase
let db: Database
let engine = fakeEngine()
beforeAll(async () => {
  base = await cloneDatabase()
  db = openDatabase(base.appUrl)
  await ensureEpoch(db, clock)
})
beforeEach(async () => {
  await db.run(`delete from models`)
  engine = fakeEngine()
})
afterAll(async () => {
  await db.close()
  await base.drop()
})

const deploy = (...shipped: { processId: string; xml: string }[]) =>
  deployModels({ db, engine: engine.port, clock }, shipped)
const models = () =>
  db.rows(
    `select version, origin, xml, in_force_from is not null and in_force_until is null as "inForce" from models order by version`,
  )
const sentNames = () => engine.sent.map(({ args }) => (args[0] as { name: string }[]).map(({ name }) => name))

describe('deployment', () => {
  it('puts shipped models in force, all in one command, once', async () => {
    expect(await deploy({ processId: 'p-b', xml: '<b/>' }, { processId: 'p-a', xml: '<a/>' })).toEqual({
      deployed: ['p-a', 'p-b'],
      drafts: [],
    })
    expect(await deploy({ processId: 'p-b', xml: '<b/>' }, { processId: 'p-a', xml: '<a/>' })).toEqual({
      deployed: [],
      drafts: [],
    })
    expect(sentNames()).toEqual([['p-a.bpmn', 'p-b.bpmn']])
    expect(await db.one(`select sha256, epoch, definition_key as key from models where process_id = 'p-a'`)).toEqual({
      sha256: modelHash('<a/>'),
      epoch: 1,
      key: 1_000n,
    })
  })
  it('a newer shipped model replaces a shipped one', async () => {
    await deploy({ processId: 'p', xml: '<v1/>' })
    await deploy({ processId: 'p', xml: '<v2/>' })
    expect(await models()).toEqual([
      { version: 1, origin: 'shipped', xml: '<v1/>', inForce: false },
      { version: 2, origin: 'shipped', xml: '<v2/>', inForce: true },
    ])
    expect(engine.sent).toHaveLength(2)
  })
  it('the office’s own model stays, a shipped one becomes a draft, once', async () => {
    await db.run(
      `insert into models (process_id, version, origin, xml, sha256, in_force_from) values ('p', 1, 'office', '<own/>', $1, $2)`,
      [modelHash('<own/>'), clock.now()],
    )
    expect(await deploy({ processId: 'p', xml: '<v2/>' })).toEqual({ deployed: ['p'], drafts: ['p'] })
    expect(await deploy({ processId: 'p', xml: '<v2/>' })).toEqual({ deployed: [], drafts: ['p'] })
    expect(await models()).toEqual([
      { version: 1, origin: 'office', xml: '<own/>', inForce: true },
      { version: 2, origin: 'shipped', xml: '<v2/>', inForce: false },
    ])
  })
  it('a new epoch gets the models in force again', async () => {
    await deploy({ processId: 'p', xml: '<v1/>' })
    const epoch = await db.tx((tx) => raiseEpoch(tx, clock, '試験'))
    expect(await deploy({ processId: 'p', xml: '<v1/>' })).toEqual({ deployed: ['p'], drafts: [] })
    expect(await db.rows(`select epoch from models`)).toEqual([{ epoch }])
  })
  it('refused by the engine is a fault that says why, and comes again at the next start', async () => {
    engine.answer({ kind: 'invalid', message: 'Element: G1 ERROR: must have a default flow' })
    await expect(deploy({ processId: 'p', xml: '<bad/>' })).rejects.toMatchObject({ code: 'ENG-001' })
    expect(await deploy({ processId: 'p', xml: '<bad/>' })).toEqual({ deployed: ['p'], drafts: [] })
  })
  it('of a text whose process has another id is refused', async () => {
    engine.answer({ kind: 'done', value: [{ processId: 'other', engineVersion: 1, definitionKey: '1' }] as never })
    await expect(deploy({ processId: 'p', xml: '<p/>' })).rejects.toMatchObject({ code: 'ENG-001' })
  })
})
