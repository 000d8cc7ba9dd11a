import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** True while a process of this id exists (a zombie does not count). */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false
  }
  return !isZombie(pid)
}

function isZombie(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).startsWith('Z')
  } catch {
    return false // no /proc on this system
  }
}

/** The command line of a process, words separated by blanks; null when there is no such process. */
export function commandLine(pid: number): string | null {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim()
  } catch {
    try {
      return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).trim()
    } catch {
      return null
    }
  }
}

/** True when the process lives and its command line names every one of the marks: a process of ours, not one that inherited its id. */
export function isOurs(pid: number, marks: readonly string[]): boolean {
  if (!isAlive(pid)) return false
  const line = commandLine(pid)
  return line !== null && marks.every((mark) => line.includes(mark))
}

/** Waits until the process is gone; false when it still lives after `milliseconds`. */
export async function waitForEnd(pid: number, milliseconds: number): Promise<boolean> {
  const deadline = performance.now() + milliseconds
  while (isAlive(pid)) {
    if (performance.now() > deadline) return false
    await new Promise((wake) => setTimeout(wake, 50))
  }
  return true
}

/** Ends a process politely, and for good when it does not go. */
export async function endProcess(pid: number, patienceMs: number): Promise<void> {
  for (const [signal, patience] of [
    ['SIGTERM', patienceMs],
    ['SIGKILL', 5000],
  ] as const) {
    try {
      process.kill(pid, signal)
    } catch {
      return // gone already
    }
    if (await waitForEnd(pid, patience)) return
  }
}
