import { randomOf } from '../../sample/random.ts'
import { VICTIMS, type OfficeSystem, type Victim } from './office-system.ts'

/** One SIGKILL, told as in the table of the bench. */
export interface Kill {
  readonly no: number
  /** Seconds since the run began. */
  readonly at: number
  readonly victim: Victim
  /** What the run was at when the signal went out. */
  readonly during: string
  /** Seconds until everything served again; null: not within the patience. */
  readonly recovery: number | null
  /** What was missing when the patience was over. */
  readonly missing?: string
}

export interface KillerOptions {
  readonly seed: number
  readonly most: number
  /** Seconds of peace between a recovery and the next kill: at least, at most. */
  readonly pause: readonly [number, number]
  readonly during: () => string
  readonly onKill: (kill: Kill) => void
}

const PATIENCE_MS = 180_000

/** Kills one part after the other until there were enough, or `stop`. Answers when the last one has recovered. */
export function startKiller(system: OfficeSystem, options: KillerOptions): { stop(): Promise<readonly Kill[]> } {
  const random = randomOf(options.seed, 'kills')
  const kills: Kill[] = []
  const startedAt = performance.now()
  let isStopped = false
  const work = async (): Promise<void> => {
    while (!isStopped && kills.length < options.most) {
      const [least, most] = options.pause
      await rest(least * 1000 + random.int((most - least) * 1000), () => isStopped)
      const victim = random.pick(VICTIMS)
      const pid = system.pidOf(victim)
      if (isStopped || pid === null) continue
      const during = options.during()
      const at = performance.now()
      process.kill(pid, 'SIGKILL')
      const end = await recovered(system, victim, pid, at)
      const kill: Kill = { no: kills.length + 1, at: seconds(at - startedAt), victim, during, ...end }
      kills.push(kill)
      options.onKill(kill)
    }
  }
  const running = work()
  return {
    async stop() {
      isStopped = true
      await running
      return kills
    },
  }
}

async function recovered(
  system: OfficeSystem,
  victim: Victim,
  killed: number,
  at: number,
): Promise<Pick<Kill, 'recovery' | 'missing'>> {
  let missing: string | null = null
  while (performance.now() - at < PATIENCE_MS) {
    missing = system.pidOf(victim) === killed ? `新しい${victim}` : await system.missing()
    if (missing === null) return { recovery: seconds(performance.now() - at) }
    await new Promise((wake) => setTimeout(wake, 100))
  }
  return { recovery: null, missing: missing ?? '' }
}

const seconds = (ms: number): number => Math.round(ms / 100) / 10

async function rest(ms: number, isOver: () => boolean): Promise<void> {
  const until = performance.now() + ms
  while (performance.now() < until && !isOver()) await new Promise((wake) => setTimeout(wake, 50))
}
