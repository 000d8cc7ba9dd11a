import { watchDisk, tellDiskLevel } from '#api/disk-watch.ts'
import { ALARM_WORDS } from '#engine/alarm-words.ts'
import { ALARM_KINDS, openAlarms, raiseAlarm } from '#engine/alarms.ts'
import { ensureEpoch } from '#engine/epoch.ts'
import type { Projector } from '#engine/projector.ts'
import { openDiskSpace, readDiskLimits } from '#runtime/disk-space.ts'
import { processSigns, startBeat } from '#runtime/process-beat.ts'
import { noteBackup } from '#tools/backup/backup-list.ts'
import { openTestApi, type TestApi } from '#tests/support/api.ts'
import { bareRun } from '#tests/support/bare-run.ts'
import { temporaryFolder } from '#tests/support/temporary.ts'
import { until } from '#tests/support/until.ts'
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, rmdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const MIB = 1024 ** 2
/** A small file system of our own needs rights that not every machine gives its tests. */
const canMount = ((): boolean => {
  const folder = mkdtempSync(join(tmpdir(), 'koki-mount-'))
  const isMounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder]).status === 0
  if (isMounted) spawnSync('umount', [folder])
  rmdirSync(folder)
  return isMounted
})()
let free = 9000 * MIB
const space = openDiskSpace('/', { warnBytes: 4096 * MIB, stopBytes: 1536 * MIB }, async () => ({
  freeBytes: free,
  totalBytes: 10_000 * MIB,
}))
let isMended = false
const fragile: Projector = {
  name: 'fragile',
  valueTypes: ['JOB'],
  async project({ key }, tx) {
    await tx.run(`insert into run_counters (flow, fiscal_year, last) values ('seen', $1, 1)`, [Number(key)])
    if (!isMended) throw new Error('cannot take this')
  },
}

let api: TestApi
interface View {
  alarms: { alarmId: string; kind: string; message: string; next: string; canClear: boolean }[]
  quarantine: { record: string; projector: string; error: string }[]
  disk: { level: string; freeBytes: number }
  processes: { name: string; isAlive: boolean; version: string }[]
  backup: { ageMs: number; bytes: number; cause: string } | null
  engine: { state: string; epoch: number; owed: number }
  work: { runs: number; waiting: number; inHand: number; incidents: number }
  files: { waiting: number }
  database: { bytes: number; version: string; shape: string }
}
const view = async (): Promise<View> => (await api.call('kanri', 'GET', '/api/operations')).json<View>()
const eventsOf = async (kind: string): Promise<unknown[]> =>
  (
    await api.office.db.rows<{ payload: unknown; actor: string }>(
      `select payload::json -> 'payload' as payload, actor from audit_events where kind = $1 order by id`,
      [kind],
    )
  ).map(({ payload, actor }) => ({ ...(payload as object), actor }))

beforeAll(async () => {
  api = await openTestApi('2026-11-13T00:00:00.000Z', { space, projectors: [fragile] })
  await ensureEpoch(api.office.db, api.office.clock)
})
afterAll(() => api.close())

describe('稼働状況', () => {
  it('tells what goes on, in counts', async () => {
    const { db, clock } = api.office
    const runId = await bareRun(db)
    const element = (key: number, type: string, state: string) =>
      db.run(
        `insert into trace_elements (epoch, element_instance_key, process_instance_key, scope_key, element_id, element_type,
           state, position, activated_at) values (1, $1, 1, 1, 'Step_001', $2, $3, $1, $4)`,
        [key, type, state, clock.now()],
      )
    await element(11, 'SERVICE_TASK', 'active')
    await element(12, 'SERVICE_TASK', 'active')
    await element(13, 'SERVICE_TASK', 'completed')
    await element(14, 'USER_TASK', 'active')
    await element(15, 'SERVICE_TASK', 'active')
    await db.run(
      `insert into trace_incidents (epoch, incident_key, process_instance_key, element_instance_key, element_id,
         error_type, message, created_at) values (1, 9, 1, 15, 'Step_001', 'JOB_NO_RETRIES', 'x', $1)`,
      [clock.now()],
    )
    await db.run(
      `insert into step_runs (id, run_id, step_id, round, epoch, element_instance_key, job_key, state, attempt, input, created_at)
       values (gen_random_uuid(), $1, '5-2-tokusoku/001', 1, 1, 11, 1, 'open', 1, '{}', $2)`,
      [runId, clock.now()],
    )
    await noteBackup(db, clock, {
      seal: 'a'.repeat(64),
      bytes: 5_000,
      startedAt: new Date().toISOString(),
      cause: 'asked',
    })
    await db.run(
      `insert into outbox (kind, dedupe_key, payload, created_at, next_attempt_at, attempts)
       values ('publish-message', 'test', '{}', $1, $2, 9)`, // in back-off: owed for a minute all the same
      ['2026-11-12T23:59:00.000Z', '2026-11-13T01:00:00.000Z'],
    )
    await db.run(
      `insert into engine_records (epoch, partition, position, value_type, intent, key, at, record)
       values (1, 1, 5, 'JOB', 'CREATED', 5, $1, '{"brokerVersion":"8.5.8","value":{}}')`,
      [clock.now()],
    )
    const beat = startBeat(db, { name: 'koki-workers', version: '0.0.0' }, 50)
    await until('the first sign', async () => (await processSigns(db)).length > 0)
    const seen = await view()
    expect(seen.work).toMatchObject({ runs: 1, waiting: 2, inHand: 1, incidents: 1 })
    expect(seen.engine).toEqual({ state: 'stopped', ageMs: null, epoch: 1, version: '8.5.8', owed: 1, owedMs: 60_000 })
    expect(seen.backup).toMatchObject({ bytes: 5_000, cause: 'asked' })
    expect(seen.backup?.ageMs).toBeLessThan(60_000)
    expect(seen.processes).toMatchObject([{ name: 'koki-workers', isAlive: true }])
    expect(seen.disk).toMatchObject({ level: 'ok', freeBytes: 9000 * MIB })
    expect(seen.database.bytes).toBeGreaterThan(1_000_000)
    expect(seen.database.version).toMatch(/^18/)
    await beat.stop()
    expect((await view()).processes).toEqual([])
  })

  it('shows a process that fell silent as such', async () => {
    const { db } = api.office
    const beat = startBeat(db, { name: 'koki-workers', version: '0.0.0' }, 3_600_000)
    await until('the first sign', async () => (await processSigns(db)).length > 0)
    const [later] = await processSigns(db, Date.now() + 21_000)
    expect(later?.isAlive).toBe(false)
    await beat.stop()
  })

  it('is for 係長 and 管理者', async () => {
    for (const [login, status] of [
      ['kanri', 200],
      ['kakaricho', 200],
      ['tantou', 403],
      ['kansa', 403],
    ] as const)
      expect((await api.call(login, 'GET', '/api/operations')).statusCode).toBe(status)
  })
})

describe('警報', () => {
  it('has words and 次にすること for every kind', () => {
    expect(Object.keys(ALARM_WORDS).toSorted()).toEqual([...ALARM_KINDS].toSorted())
    for (const { message, next } of Object.values(ALARM_WORDS)) {
      expect(message).toMatch(/。$/)
      expect(next).toMatch(/。$/)
    }
  })

  it('is cleared by a person with a reason, as an event', async () => {
    const { db, clock } = api.office
    await raiseAlarm(db, clock, 'run-lost', 'R8-52-0001')
    const [alarm] = (await view()).alarms
    expect(alarm).toMatchObject({ kind: 'run-lost', canClear: true })
    const clear = (reason: string) =>
      api.call('kakaricho', 'POST', `/api/operations/alarms/${alarm?.alarmId}/clear`, { reason })
    expect((await clear('短い')).statusCode).toBe(400)
    expect((await clear('処理を始め直した')).json()).toEqual({ ok: true })
    expect((await view()).alarms).toEqual([])
    expect(await eventsOf('alarm-cleared')).toEqual([
      { alarm: 'run-lost', detail: 'R8-52-0001', reason: '処理を始め直した', actor: 'kakaricho' },
    ])
    expect((await clear('もう一度消してみる')).json()).toMatchObject({ code: 'OPS-001' })
  })

  it('that stops the workers is not cleared by hand', async () => {
    const { db, clock } = api.office
    await raiseAlarm(db, clock, 'exchanged', 'x')
    const [alarm] = (await view()).alarms
    const reply = await api.call('kanri', 'POST', `/api/operations/alarms/${alarm?.alarmId}/clear`, {
      reason: '消したいだけ',
    })
    expect(reply.json()).toMatchObject({ code: 'OPS-002', status: 409 })
    expect(await openAlarms(db)).toHaveLength(1)
    await db.run(`update engine_alarms set cleared_at = $1`, [clock.now()])
  })
})

describe('隔離した記録', () => {
  it('is projected again when the program is mended; every attempt is an event', async () => {
    const { db, clock } = api.office
    const record = JSON.stringify({
      partitionId: 1,
      position: 12,
      valueType: 'JOB',
      intent: 'CREATED',
      key: 77,
      timestamp: 1_794_000_000_000,
      value: {},
    })
    await db.run(
      `insert into engine_records (epoch, partition, position, value_type, intent, key, at, record)
       values (1, 1, 12, 'JOB', 'CREATED', 77, $1, $2)`,
      [clock.now(), record],
    )
    await db.run(
      `insert into engine_quarantine (epoch, partition, position, projector, error, at) values (1, 1, 12, 'fragile', 'old', $1)`,
      [clock.now()],
    )
    await raiseAlarm(db, clock, 'quarantine', '1/1/12 fragile')
    const again = (body: object) => api.call('kanri', 'POST', '/api/operations/quarantine/again', body)
    const it = { record: '1/1/12', projector: 'fragile' }
    // still broken: nothing of it stays, the reason is told
    expect((await again(it)).json()).toMatchObject({
      code: 'OPS-004',
      detail: expect.stringContaining('cannot take this'),
    })
    expect((await view()).quarantine).toMatchObject([{ ...it, error: 'cannot take this' }])
    expect(await db.rows(`select flow from run_counters where flow = 'seen'`)).toEqual([])
    expect((await view()).alarms).toHaveLength(1)
    // mended
    isMended = true
    expect((await again(it)).json()).toEqual({ ok: true })
    expect(await db.rows(`select fiscal_year as key from run_counters where flow = 'seen'`)).toEqual([{ key: 77 }])
    const after = await view()
    expect([after.quarantine, after.alarms]).toEqual([[], []])
    expect((await again(it)).json()).toMatchObject({ code: 'OPS-003' })
    expect((await again({ ...it, projector: 'nobody' })).json()).toMatchObject({ code: 'OPS-003' })
    expect(await eventsOf('record-projected-again')).toEqual([
      { ...it, isDone: false, actor: 'kanri' },
      { ...it, isDone: true, actor: 'kanri' },
    ])
  })
})

describe('空き容量', () => {
  const status = async (): Promise<{ kind: string; detail: string; next: string }[]> =>
    (await api.call('tantou', 'GET', '/api/status')).json<{ alarms: [] }>().alarms
  const start = () =>
    api.call('tantou', 'POST', '/api/runs', {
      flow: '5-2-tokusoku',
      params: { dueOn: '2026-11-02', asOf: '2026-11-12', issueOn: '2026-11-20' },
    })

  it('warns on every screen, then takes in nothing new, then goes on by itself', async () => {
    const { db, clock } = api.office
    const log: string[] = []
    const watcher = watchDisk({ db, clock, space, log: (line) => log.push(line), everyMs: 20 })
    try {
      free = 4000 * MIB
      const [low] = await until('the warning', async () => (await status()).length > 0 && status())
      expect(low).toMatchObject({ kind: 'disk-low', next: expect.stringContaining('片付けて') })
      expect((await start()).json()).not.toMatchObject({ code: 'DISK-001' })
      free = 1500 * MIB
      await until('the stop', async () => (await status())[0]?.kind === 'disk-full')
      expect((await start()).json()).toMatchObject({
        code: 'DISK-001',
        status: 507,
        title: expect.stringContaining('1500MBしかない'),
        next: expect.stringContaining('進行中の処理は続きます'),
      })
      const form = await api.app.inject({
        method: 'POST',
        url: '/api/files',
        headers: { authorization: 'Bearer none', 'content-type': 'multipart/form-data; boundary=x' },
        payload: '--x--',
      })
      expect(form.statusCode).toBe(401) // who may not, is told nothing of the disk
      expect((await api.call('tantou', 'POST', '/api/files', {})).json()).toMatchObject({ code: 'DISK-001' })
      expect((await api.call('tantou', 'POST', '/api/insured/search', { q: '1' })).statusCode).toBe(200)
      free = 9000 * MIB
      await until('the end of it', async () => (await status()).length === 0)
      expect((await start()).json()).not.toMatchObject({ code: 'DISK-001' })
      expect(log).toEqual(['disk is low', 'disk is full', 'disk is ok'])
    } finally {
      await watcher.stop()
    }
  })

  it('raises its alarm once, whatever repeats it', async () => {
    const { db, clock } = api.office
    await tellDiskLevel(db, clock, 'full')
    await tellDiskLevel(db, clock, 'full')
    expect((await openAlarms(db)).map(({ kind }) => kind)).toEqual(['disk-full'])
    await tellDiskLevel(db, clock, 'ok')
    expect(await openAlarms(db)).toEqual([])
  })

  it.skipIf(!canMount)('is read from the file system itself', async () => {
    const folder = temporaryFolder()
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', folder])
    try {
      const real = openDiskSpace(folder, { warnBytes: 6 * MIB, stopBytes: 3 * MIB })
      const levels: string[] = []
      for (const [name, megabytes] of Object.entries({ nothing: 0, some: 3, more: 3 })) {
        writeFileSync(join(folder, name), Buffer.alloc(megabytes * MIB))
        levels.push((await real.look()).level)
      }
      expect(levels).toEqual(['ok', 'low', 'full'])
      expect((await real.look()).totalBytes).toBe(8 * MIB)
      await expect(real.require()).rejects.toMatchObject({ code: 'DISK-001' })
      rmSync(join(folder, 'more'))
      await real.require()
    } finally {
      execFileSync('umount', [folder])
      rmSync(folder, { recursive: true })
    }
  })

  it('has marks above the engine’s own, in their order', () => {
    expect(readDiskLimits({})).toEqual({ warnBytes: 4096 * MIB, stopBytes: 1536 * MIB })
    expect(() => readDiskLimits({ KOKI_DISK_STOP_MB: '500' })).toThrow('KOKI_DISK_STOP_MB')
    expect(() => readDiskLimits({ KOKI_DISK_STOP_MB: '5000' })).toThrow('KOKI_DISK_STOP_MB')
    expect(() => readDiskLimits({ KOKI_DISK_WARN_MB: '-1' })).toThrow('KOKI_DISK_WARN_MB')
  })
})
