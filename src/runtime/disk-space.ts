import { Fault } from '#kernel/faults.ts'
import { statfs } from 'node:fs/promises'

/** ok: nothing to do · low: somebody should make room · full: nothing new is taken in, what runs goes on. */
export type DiskLevel = 'ok' | 'low' | 'full'

export interface DiskLimits {
  /** Bytes below which the screens warn. */
  readonly warnBytes: number
  /** Bytes below which no file is taken and no run started. Above the engine's own mark, which stops everything. */
  readonly stopBytes: number
}

export interface DiskLook extends DiskLimits {
  readonly freeBytes: number
  readonly totalBytes: number
  readonly level: DiskLevel
}

/** 空き容量 of the disk that holds the data folder. */
export interface DiskSpace {
  look(): Promise<DiskLook>
  /** Fault DISK-001 when nothing new may be taken in. */
  require(): Promise<void>
}

/** Free and total bytes of the file system that holds a folder. */
export type ReadSpace = (folder: string) => Promise<{ readonly freeBytes: number; readonly totalBytes: number }>

const readSpace: ReadSpace = async (folder) => {
  const { bavail, blocks, bsize } = await statfs(folder)
  return { freeBytes: bavail * bsize, totalBytes: blocks * bsize }
}

const MIB = 1024 ** 2
/** The engine pauses at 500 MB (`zeebe-settings.ts`) and can then not even finish what it has. */
const ENGINE_STOPS_MB = 500

/** KOKI_DISK_WARN_MB and KOKI_DISK_STOP_MB. Fault SYS-014 when they are in no order. */
export function readDiskLimits(environment: NodeJS.ProcessEnv = process.env): DiskLimits {
  const read = (variable: string, otherwise: number): number => {
    const text = environment[variable] ?? String(otherwise)
    if (/^[1-9]\d{0,7}$/.test(text)) return Number(text)
    throw new Fault('SYS-014', { variable, value: text, wanted: '正の整数(MB)にしてください' })
  }
  const warn = read('KOKI_DISK_WARN_MB', 4096)
  const stop = read('KOKI_DISK_STOP_MB', 1536)
  if (stop <= ENGINE_STOPS_MB || warn <= stop)
    throw new Fault('SYS-014', {
      variable: 'KOKI_DISK_STOP_MB',
      value: String(stop),
      wanted: `${ENGINE_STOPS_MB} より大きく、KOKI_DISK_WARN_MB(${warn})より小さくしてください`,
    })
  return { warnBytes: warn * MIB, stopBytes: stop * MIB }
}

/** Looks at the disk of a folder; `read` is given in tests. */
export function openDiskSpace(folder: string, limits: DiskLimits, read: ReadSpace = readSpace): DiskSpace {
  const look = async (): Promise<DiskLook> => {
    const found = await read(folder)
    const level = found.freeBytes < limits.stopBytes ? 'full' : found.freeBytes < limits.warnBytes ? 'low' : 'ok'
    return { ...found, ...limits, level }
  }
  return {
    look,
    async require() {
      const { level, freeBytes, stopBytes } = await look()
      if (level !== 'full') return
      throw new Fault('DISK-001', { free: Math.floor(freeBytes / MIB), stop: Math.ceil(stopBytes / MIB) })
    },
  }
}
