import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { isAlive } from './process-look.ts'

/** A process that lived at one time. The id alone is used again; with the moment of birth it is not. */
export interface ProcessIdentity {
  readonly pid: number
  readonly born: string
}

function birthOf(pid: number): string | null {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const ticks = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] // field 22, starttime
    return `${boot}/${ticks}`
  } catch {
    try {
      return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim() || null
    } catch {
      return null
    }
  }
}

/** Who has this process id at this moment; null when nobody. */
export function identityOf(pid: number): ProcessIdentity | null {
  const born = isAlive(pid) ? birthOf(pid) : null
  return born === null ? null : { pid, born }
}

/** True when that very process still lives. */
export const isStillAlive = (process: ProcessIdentity): boolean => identityOf(process.pid)?.born === process.born
