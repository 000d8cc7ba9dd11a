import { Fault } from '#kernel/faults.ts'
import { join, resolve } from 'node:path'
import { readDiskLimits, type DiskLimits } from './disk-space.ts'

/** What one of our processes (API, workers) is told by its environment. The launcher sets all of it; so may an operator. */
export interface ProcessSettings {
  /** DATABASE_URL: connects as koki_app. Carries a password: never print it. */
  readonly databaseUrl: string
  /** KOKI_DATA: folder of files and tokens, absolute. */
  readonly dataDir: string
  /** HOST and PORT of pages and API. */
  readonly host: string
  readonly port: number
  /** KOKI_INGEST_HOST and KOKI_INGEST_PORT: where the engine's exporter posts its records. */
  readonly ingestHost: string
  readonly ingestPort: number
  /** KOKI_INGEST_TOKEN: password of the exporter. */
  readonly ingestToken: string
  /** ZEEBE_ADDRESS: host:port of the engine's gateway. */
  readonly zeebeAddress: string
  /** KOKI_METRICS_PORT: numbers for Prometheus, on this machine only; 0: any free one. */
  readonly metricsPort: number
  /** KOKI_DISK_WARN_MB and KOKI_DISK_STOP_MB. */
  readonly diskLimits: DiskLimits
  /** KOKI_CLOCK_FILE: the movable clock of sample, tests and training; null: the machine's time. */
  readonly clockFile: string | null
  /** KOKI_JOB_TIMEOUT_MS: how long the engine waits for a worker that has died. Shorter in fault tests only. */
  readonly jobTimeoutMs: number
  /** KOKI_SAMPLE=1: sample municipality, demo users, embedded login. Only on loopback. */
  readonly isSample: boolean
}

const LOOPBACK = new Set(['127.0.0.1', '::1', 'localhost'])

function need(environment: NodeJS.ProcessEnv, variable: string, wanted: string): string {
  const value = environment[variable]
  if (value === undefined || value === '') throw new Fault('SYS-014', { variable, value: '空', wanted })
  return value
}

function portOf(environment: NodeJS.ProcessEnv, variable: string, otherwise: number): number {
  const text = environment[variable] ?? String(otherwise)
  const port = Number(text)
  if (!/^\d+$/.test(text) || port > 65_535)
    throw new Fault('SYS-014', { variable, value: text, wanted: '0から65535までの番号にしてください' })
  return port
}

function positive(environment: NodeJS.ProcessEnv, variable: string, otherwise: number): number {
  const text = environment[variable] ?? String(otherwise)
  if (!/^[1-9]\d{0,8}$/.test(text))
    throw new Fault('SYS-014', { variable, value: text, wanted: '正の整数にしてください' })
  return Number(text)
}

/** Reads and checks the environment. Fault SYS-014 names the variable. */
export function readProcessSettings(environment: NodeJS.ProcessEnv = process.env): ProcessSettings {
  const host = environment['HOST'] ?? '127.0.0.1'
  const isSample = environment['KOKI_SAMPLE'] === '1'
  if (isSample && !LOOPBACK.has(host))
    throw new Fault('SYS-014', { variable: 'HOST', value: host, wanted: '見本のときは 127.0.0.1 だけが使えます' })
  const clockFile = environment['KOKI_CLOCK_FILE']
  return {
    databaseUrl: need(environment, 'DATABASE_URL', 'postgresql:// で始まる koki_app の接続先にしてください'),
    dataDir: resolve(environment['KOKI_DATA'] ?? join(process.cwd(), '.koki')),
    host,
    port: portOf(environment, 'PORT', 8080),
    ingestHost: environment['KOKI_INGEST_HOST'] ?? '127.0.0.1',
    ingestPort: portOf(environment, 'KOKI_INGEST_PORT', 9200),
    ingestToken: need(environment, 'KOKI_INGEST_TOKEN', '記録の送り手と同じ合言葉にしてください'),
    zeebeAddress: need(environment, 'ZEEBE_ADDRESS', 'ホスト:ポートの形にしてください'),
    metricsPort: portOf(environment, 'KOKI_METRICS_PORT', 0),
    diskLimits: readDiskLimits(environment),
    clockFile: clockFile === undefined || clockFile === '' ? null : clockFile,
    jobTimeoutMs: positive(environment, 'KOKI_JOB_TIMEOUT_MS', 60_000),
    isSample,
  }
}
