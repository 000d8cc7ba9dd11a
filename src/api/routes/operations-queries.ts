import type { Static } from 'typebox'
import type { Sql } from '#db/database.ts'
import { MIGRATIONS } from '#db/migrations/index.ts'
import { alarmWords } from '#engine/alarm-words.ts'
import { openAlarms } from '#engine/alarms.ts'
import { engineAge, engineState } from '#engine/heartbeat.ts'
import { quarantined } from '#engine/ingest/project-again.ts'
import type { Clock } from '#kernel/clock.ts'
import type { DiskSpace } from '#runtime/disk-space.ts'
import { processSigns } from '#runtime/process-beat.ts'
import { PROGRAM_VERSION } from '#runtime/program-version.ts'
import type { Operations } from './operations.schema.ts'

type View = Static<typeof Operations>

/** Counts of what goes on. Rows of the office are written by our clock, not the machine's. */
async function readWork(sql: Sql) {
  return sql.one<{
    epoch: number
    runs: number
    waiting: number
    inHand: number
    incidents: number
    openTasks: number
    owed: number
    owedSince: string | null
    files: number
    filesSince: string | null
    unsealed: number
    engineVersion: string | null
  }>(
    `with newest as (select coalesce(max(epoch), 0) as epoch from engine_epochs)
     select newest.epoch,
       (select count(*)::int from runs where state = 'running') as runs,
       (select count(*)::int from trace_elements e where e.epoch = newest.epoch and e.element_type = 'SERVICE_TASK'
          and e.state in ('activating', 'active')
          and not exists (select from trace_incidents i where i.epoch = e.epoch
            and i.element_instance_key = e.element_instance_key and i.resolved_at is null)) as waiting,
       (select count(*)::int from step_runs s where s.epoch = newest.epoch and s.state = 'open' and s.attempt > 0
          and exists (select from trace_elements e where e.epoch = s.epoch
            and e.element_instance_key = s.element_instance_key and e.element_type = 'SERVICE_TASK'
            and e.state in ('activating', 'active'))) as "inHand",
       (select count(*)::int from trace_incidents where resolved_at is null) as incidents,
       (select count(*)::int from tasks where state in ('preparing', 'open')) as "openTasks",
       (select count(*)::int from outbox where state = 'pending') as owed,
       (select min(created_at) from outbox where state = 'pending') as "owedSince",
       (select count(*)::int from files where direction = 'in' and state in ('received', 'reading')) as files,
       (select min(received_at) from files where direction = 'in' and state in ('received', 'reading')) as "filesSince",
       (select count(*)::int from audit_unsealed) as unsealed,
       (select substring(record from '"brokerVersion":"([^"]{1,20})"') from engine_records
         order by epoch desc, partition desc, position desc limit 1) as "engineVersion"
     from newest`,
  )
}

const since = (now: string, then: string | null): number | null =>
  then === null ? null : Math.max(0, Date.parse(now) - Date.parse(then))

async function lastBackup(sql: Sql): Promise<View['backup']> {
  const row = await sql.maybe<{ at: string; bytes: bigint; cause: string }>(
    `select finished_at as at, byte_size as bytes, cause from backups order by id desc limit 1`,
  )
  return row && { ...row, bytes: Number(row.bytes), ageMs: Math.max(0, Date.now() - Date.parse(row.at)) }
}

/** 稼働状況, read at once. */
export async function readOperations(deps: {
  readonly db: Sql
  readonly clock: Clock
  readonly space: DiskSpace
}): Promise<View> {
  const { db, clock, space } = deps
  const now = clock.now()
  const work = await readWork(db)
  const ageMs = await engineAge(db)
  const database = await db.one<{ bytes: bigint; version: string; shape: string }>(
    `select pg_database_size(current_database()) as bytes, current_setting('server_version') as version,
       coalesce((select name from mikro_orm_migrations order by id desc limit 1), '') as shape`,
  )
  return {
    at: new Date().toISOString(),
    engine: {
      state: engineState(ageMs),
      ageMs,
      epoch: work.epoch,
      version: work.engineVersion,
      owed: work.owed,
      owedMs: since(now, work.owedSince),
    },
    work: {
      runs: work.runs,
      waiting: work.waiting,
      inHand: Math.min(work.inHand, work.waiting),
      incidents: work.incidents,
      openTasks: work.openTasks,
    },
    files: { waiting: work.files, waitingMs: since(now, work.filesSince) },
    alarms: (await openAlarms(db)).map(({ id, at, kind, detail }) => {
      const { message, next, clearedBy } = alarmWords(kind)
      return { alarmId: `${id}`, at, kind, detail, message, next, canClear: clearedBy === 'person' }
    }),
    quarantine: await quarantined(db),
    disk: await space.look(),
    database: { ...database, bytes: Number(database.bytes), unsealed: work.unsealed },
    backup: await lastBackup(db),
    processes: await processSigns(db),
    program: `${PROGRAM_VERSION}(${MIGRATIONS.at(-1)?.name ?? ''})`,
    node: process.version,
  }
}
