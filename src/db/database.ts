import pg from 'pg'
import { from as copyFrom, to as copyTo } from 'pg-copy-streams'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { DatabaseAway } from './away.ts'
import { copyLine, type CopyValue } from './copy-text.ts'
import type { Prepared } from './prepared.ts'

/** What a statement may be given. Arrays become PostgreSQL arrays; objects are given as JSON text by the caller. */
export type SqlValue = string | number | bigint | boolean | null | Buffer | readonly SqlValue[]

/** Reads and writes; inside `Database.tx` all in one transaction. DATE arrives as `PlainDate` text, int8 as bigint, numeric as text, timestamptz as ISO text. */
export interface Sql {
  /** All rows of a statement. */
  rows<T extends object>(sql: string | Prepared, params?: readonly SqlValue[]): Promise<T[]>
  /** The only row. Throws when there is none or more than one. */
  one<T extends object>(sql: string | Prepared, params?: readonly SqlValue[]): Promise<T>
  /** The only row or null. Throws when there is more than one. */
  maybe<T extends object>(sql: string | Prepared, params?: readonly SqlValue[]): Promise<T | null>
  /** Number of rows a statement touched. */
  run(sql: string | Prepared, params?: readonly SqlValue[]): Promise<number>
}

/** One transaction. */
export interface Tx extends Sql {
  /** COPY in: `table` and `columns` are identifiers written in our source, never input. Returns the number of rows. */
  copyIn(
    table: string,
    columns: readonly string[],
    rows: AsyncIterable<readonly CopyValue[]> | Iterable<readonly CopyValue[]>,
  ): Promise<number>
  /** COPY out of a query, as CSV or text pieces. */
  copyOut(sql: string): Readable
  /** Pages of a query through a server-side cursor, `size` rows each; flat memory. */
  pages<T extends object>(sql: string, params: readonly SqlValue[], size: number): AsyncGenerator<T[]>
}

export interface Database extends Sql {
  /**
   * Runs `work` in one transaction; commits when it returns, rolls back when it throws. Throws `DatabaseAway` when the
   * connection broke. `opening` is sent together with BEGIN, e.g. locks: text of our source, without parameters.
   */
  tx<T>(work: (tx: Tx) => Promise<T>, opening?: string): Promise<T>
  /** LISTEN: calls back for each notification until `stop`. The connection is renewed when it breaks. */
  listen(channel: string, onMessage: (payload: string) => void): Promise<{ stop(): Promise<void> }>
  close(): Promise<void>
}

const TYPES = { date: 1082, int8: 20, timestamptz: 1184, dateArray: 1182, int8Array: 1016 }
const parsers = new Map<number, (text: string) => unknown>([
  [TYPES.date, (text) => text],
  [TYPES.int8, BigInt],
  [TYPES.timestamptz, (text) => new Date(text).toISOString()],
  [TYPES.dateArray, (text) => (text === '{}' ? [] : text.slice(1, -1).split(','))],
  [TYPES.int8Array, (text) => (text === '{}' ? [] : text.slice(1, -1).split(',').map(BigInt))],
])
const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    parsers.get(oid) ?? (pg.types.getTypeParser as (oid: number, format?: string) => unknown)(oid, format)) as never,
}

type Queryable = pg.Pool | pg.PoolClient
const textOf = (sql: string | Prepared): string => (typeof sql === 'string' ? sql : sql.text)

function sqlOn(client: Queryable): Sql {
  const query = async <T extends object>(
    sql: string | Prepared,
    params: readonly SqlValue[],
  ): Promise<pg.QueryResult<T>> =>
    typeof sql === 'string'
      ? client.query<T>(sql, params as unknown[])
      : client.query<T>({ ...sql, values: params as unknown[] })
  const maybe = async <T extends object>(
    sql: string | Prepared,
    params: readonly SqlValue[] = [],
  ): Promise<T | null> => {
    const { rows } = await query<T>(sql, params)
    if (rows.length > 1) throw new Error(`expected at most one row, got ${rows.length}: ${textOf(sql)}`)
    return rows[0] ?? null
  }
  return {
    rows: async <T extends object>(sql: string | Prepared, params: readonly SqlValue[] = []) =>
      (await query<T>(sql, params)).rows,
    maybe,
    one: async <T extends object>(sql: string | Prepared, params: readonly SqlValue[] = []) => {
      const row = await maybe<T>(sql, params)
      if (row === null) throw new Error(`expected one row, got none: ${textOf(sql)}`)
      return row
    },
    run: async (sql, params = []) => (await query(sql, params)).rowCount ?? 0,
  }
}

function txOn(client: pg.PoolClient): Tx {
  let cursors = 0
  const sql = sqlOn(client)
  return {
    ...sql,
    async copyIn(table, columns, rows) {
      let count = 0
      async function* pieces(): AsyncGenerator<string> {
        let piece = ''
        for await (const row of rows) {
          piece += copyLine(row)
          count++
          if (piece.length > 65_536) {
            yield piece
            piece = ''
          }
        }
        if (piece) yield piece
      }
      await pipeline(
        Readable.from(pieces()),
        client.query(copyFrom(`copy ${table} (${columns.join(', ')}) from stdin`)),
      )
      return count
    },
    copyOut: (query) => client.query(copyTo(`copy (${query}) to stdout`)),
    async *pages<T extends object>(query: string, params: readonly SqlValue[], size: number) {
      const name = `page_${++cursors}`
      // all rows are read: a plan that is quick to give the first ones is the wrong one
      await sql.run(`set local cursor_tuple_fraction = 1`)
      await sql.run(`declare ${name} no scroll cursor for ${query}`, params)
      const fetch = (): Promise<T[]> => {
        const page = sql.rows<T>(`fetch forward ${size} from ${name}`)
        page.catch(() => undefined) // awaited below; a reader that stops early must not end the process
        return page
      }
      // the server makes the next page while the reader works on this one
      let coming = fetch()
      for (;;) {
        const page = await coming
        if (page.length === 0) break
        const isLast = page.length < size
        if (!isLast) coming = fetch()
        yield page
        if (isLast) break
      }
      await sql.run(`close ${name}`)
    },
  }
}

export interface DatabaseOptions {
  readonly max?: number
  readonly name?: string
  /**
   * Statements of a transaction leave without waiting for the answer before them, BEGIN first of all: fewer journeys for whoever
   * need not know what the last one said. Not for COPY, nor for the same `Prepared` twice at once.
   */
  readonly isPipelined?: boolean
}

/** Opens a pool. Sessions run in UTC with a lock time-out, so that a stuck transaction shows instead of hanging. */
export function openDatabase(url: string, options: DatabaseOptions = {}): Database {
  const { isPipelined = false } = options
  const pool = new pg.Pool({
    connectionString: url,
    max: options.max ?? 10,
    application_name: options.name ?? 'koki',
    pipeline: isPipelined,
    types,
    options: '-c timezone=UTC -c lock_timeout=30s -c idle_in_transaction_session_timeout=300s',
  })
  pool.on('error', () => {
    // An idle connection broke (server restart). The pool has dropped it; the next query opens a new one.
  })
  return {
    ...sqlOn(pool),
    async tx(work, opening = '') {
      let broken: Error | undefined
      const onError = (error: Error): void => {
        broken = error
      }
      const client = await take(pool, onError)
      const begun = client.query(`begin;${opening}`)
      begun.catch(() => undefined) // awaited below
      try {
        if (!isPipelined) await begun
        const value = await work(txOn(client))
        await begun
        await client.query('commit')
        return value
      } catch (thrown) {
        // a lock that was not given fails all that was sent behind it: it is the reason
        const error = await begun.then(
          () => thrown,
          (reason: unknown) => reason,
        )
        const isAway = broken !== undefined
        await client.query('rollback').catch((failure: unknown) => {
          broken = failure instanceof Error ? failure : new Error(String(failure))
        })
        // whatever the work made of it (a stream that closed early, a client that is not queryable): the wire broke first
        throw isAway ? new DatabaseAway(error) : error
      } finally {
        client.off('error', onError)
        client.release(broken)
      }
    },
    listen: (channel, onMessage) => listen(url, channel, onMessage),
    close: () => pool.end(),
  }
}

/**
 * Takes a connection and listens to its errors in the same moment: the server may end it with the very packet that said
 * it is ready, and an error that nobody hears ends the process.
 */
const take = (pool: pg.Pool, onError: (error: Error) => void): Promise<pg.PoolClient> =>
  new Promise((resolve, reject) => {
    pool.connect((error, client) => {
      if (client === undefined) return reject(error ?? new Error('no connection'))
      client.on('error', onError)
      resolve(client)
    })
  })

/**
 * One connection that listens, and another one as soon as it ends: one at a time, however long the server is away. An
 * attempt that fails tells so twice (it throws, and its connection ends), and must lead to one other.
 */
async function listen(url: string, channel: string, onMessage: (payload: string) => void) {
  let isStopped = false
  let client: pg.Client | undefined
  const again = (): void => {
    if (!isStopped) setTimeout(() => void (isStopped || open().catch(again)), REOPEN_MS)
  }
  const open = async (): Promise<void> => {
    const next = new pg.Client({ connectionString: url, application_name: 'koki-listen' })
    let state: 'opening' | 'open' | 'ended' = 'opening'
    next.on('error', () => undefined) // 'end' follows
    next.on('notification', (message) => onMessage(message.payload ?? ''))
    next.on('end', () => {
      if (state === 'open') again()
      state = 'ended'
    })
    try {
      await next.connect()
      await next.query(`listen ${channel}`)
      if (isEnded()) throw new Error('the connection has ended')
    } catch (error) {
      void next.end().catch(() => undefined) // it never came up
      throw error
    }
    state = 'open'
    client = next
    if (isStopped) await next.end()
    function isEnded(): boolean {
      return state === 'ended'
    }
  }
  await open()
  return {
    stop: async () => {
      isStopped = true
      await client?.end()
    },
  }
}
const REOPEN_MS = 300
