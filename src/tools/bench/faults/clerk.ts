import { moveClock } from '#runtime/system-clock.ts'
import type { OfficeSystem } from './office-system.ts'

/** A run as its page shows it; only what the clerks look at. */
interface Run {
  readonly state: string
  readonly isStopped: boolean
  readonly variables: Readonly<Record<string, unknown>>
  readonly openTask: { readonly taskId: string; readonly step: string } | null
  readonly progress: { readonly step: string } | null
}
interface Task {
  readonly task: { readonly assignee: unknown }
  readonly worksheet: { readonly hash: string; readonly count: number } | null
  readonly fourEyes: { readonly first: unknown } | null
}
interface Sheet {
  readonly rows: readonly { readonly rowNo: number }[]
}

/** How often each 確認 is sent back before it is accepted: work for the steps while they are killed. */
const SENT_BACK: Readonly<Record<string, number>> = { '002': 2, '004': 2, '006': 1 }
const LOOK_EVERY_MS = 200
/** A run that stands at one place for so long does not move any more. */
const STANDS_MS = 300_000
/** Refusals in a row before the clerks give up: a state may need a moment to arrive. */
const REFUSALS = 50

export interface ClerkOptions {
  /** Called with the step before a decision; the decision waits for it. */
  readonly before: (step: string) => Promise<void>
  /** What the run is at, for the table. */
  readonly at: (place: string) => void
}

/** Brings a 督促 from its start to its end as clerks do, by the API alone, whatever is killed meanwhile. Answers its id. */
export async function workThroughRun(system: OfficeSystem, options: ClerkOptions): Promise<string> {
  const key = `faults-${Date.now()}`
  const { runId } = await sent<{ runId: string }>(
    system,
    'tantou',
    '/api/runs',
    { flow: '5-2-tokusoku', params: {} },
    key,
  )
  let [place, since] = ['', performance.now()]
  let refusals = 0
  while (performance.now() - since < STANDS_MS) {
    const run = await look<Run>(system, `/api/runs/${runId}`)
    if (run.state === 'finished') return runId
    if (run.state === 'cancelled') throw new Error('the run was cancelled')
    const now = run.openTask?.step ?? run.progress?.step ?? '引渡し'
    if (now !== place) [place, since] = [now, performance.now()]
    options.at(now)
    const refusal = run.openTask === null ? null : await act(system, runId, run, run.openTask, options)
    if (run.openTask !== null) since = performance.now() // a decision may have waited for kills
    refusals = refusal === null ? 0 : refusals + 1
    if (refusals > REFUSALS) throw new Error(`the clerks were refused: ${refusal}`)
    await rest()
  }
  throw new Error(`the run stands at ${place}`)
}

const rest = (): Promise<void> => new Promise((wake) => setTimeout(wake, LOOK_EVERY_MS))

/** One decision on the open task. Answers why it was refused, or null. */
async function act(
  system: OfficeSystem,
  runId: string,
  { variables }: Run,
  { taskId, step }: NonNullable<Run['openTask']>,
  { before }: ClerkOptions,
): Promise<string | null> {
  await before(step)
  const first = (await look<Task>(system, `/api/tasks/${taskId}`)).fourEyes?.first ?? null
  const done = await rounds(system, runId, step)
  const isRedo = done < (SENT_BACK[step] ?? 0)
  const login = step === '004' ? (first === null ? 'kakaricho' : 'kakaricho2') : 'tantou'
  const refused = await tried(system, login, `/api/tasks/${taskId}/claim`, undefined)
  if (refused !== null && !(step === '004' && first !== null)) return refused
  if (step === '002' && !isRedo) await excludeOpenRows(system, taskId, `${runId}-${done}`)
  if (step === '004' && !isRedo && first === null)
    await tried(system, login, `/api/tasks/${taskId}/proposals/accept`, undefined, `${runId}-accept-${done}`)
  const issueOn = String(variables['issueOn'])
  if (step === '007' && system.today() < issueOn) moveClock(system.folder.clock, issueOn)
  const { worksheet } = await look<Task>(system, `/api/tasks/${taskId}`)
  const seen = { hash: worksheet?.hash ?? null, count: worksheet?.count ?? null }
  const road = step !== '004' || isRedo ? 'complete' : first === null ? 'propose' : 'release'
  return tried(system, login, `/api/tasks/${taskId}/${road}`, { ...formOf(step, isRedo, variables), ...seen })
}

function formOf(step: string, isRedo: boolean, variables: Readonly<Record<string, unknown>>): object {
  const { asOf, issueOn, releasedCount } = variables
  if (step === '002')
    return isRedo ? { decision: 'redo', asOf, issueOn } : { decision: 'ok', acknowledged: ['outlierCount'] }
  if (step === '006')
    return isRedo ? { decision: 'redo', reason: 'S01' } : { decision: 'ok', sentOn: '2026-11-13', sentBy: '1' }
  if (step === '007') return { decision: 'ok', issuedOn: issueOn, dispatchedCount: releasedCount, method: '1' }
  return { decision: isRedo ? 'redo' : 'ok' }
}

/** How often a step of the run was decided. */
async function rounds(system: OfficeSystem, runId: string, step: string): Promise<number> {
  for (;;) {
    const found = await system.db
      .one<{ n: number }>(
        `select count(*)::int as n from step_runs where run_id = $1 and step_id like $2 and state = 'done'`,
        [runId, `%/${step}-%`],
      )
      .catch(() => null)
    if (found !== null) return found.n
    await rest()
  }
}

/** 要確認 that nobody has decided become 除外; what was marked by a lost answer is not marked again. */
async function excludeOpenRows(system: OfficeSystem, taskId: string, key: string): Promise<void> {
  for (let page = 0; ; page++) {
    const filter = encodeURIComponent(JSON.stringify({ verdict: ['要確認'] }))
    const { rows } = await look<Sheet>(system, `/api/tasks/${taskId}/worksheet?limit=200&filter=${filter}`)
    if (rows.length === 0) return
    const body = {
      rows: rows.map(({ rowNo }) => rowNo),
      action: 'exclude',
      reason: 'T15',
      followUpOn: '2026-12-01',
    }
    const refused = await tried(system, 'tantou', `/api/tasks/${taskId}/marks`, body, `${key}-marks-${page}`)
    if (refused !== null) throw new Error(`marks: ${refused}`)
  }
}

/** Reads until somebody answers. */
async function look<T>(system: OfficeSystem, path: string): Promise<T> {
  for (;;) {
    const answer = await system.call<T>('tantou', 'GET', path).catch(() => null)
    if (answer !== null && answer.status === 200) return answer.body
    if (answer !== null && answer.status < 500 && answer.status !== 429)
      throw new Error(`GET ${path}: ${answer.status} ${JSON.stringify(answer.body)}`)
    await rest()
  }
}

/** Sends until somebody answers; answers why it was refused, or null. */
async function tried(
  system: OfficeSystem,
  login: string,
  path: string,
  body: object | undefined,
  key?: string,
): Promise<string | null> {
  for (;;) {
    const answer = await system.call<{ code?: string }>(login, 'POST', path, body, key).catch(() => null)
    if (answer !== null && answer.status < 300) return null
    if (answer !== null && answer.status < 500 && answer.status !== 429)
      return `POST ${path.replaceAll(/[0-9a-f-]{36}/g, '…')}: ${answer.status} ${JSON.stringify(answer.body)}`
    await rest()
  }
}

async function sent<T>(system: OfficeSystem, login: string, path: string, body: object, key: string): Promise<T> {
  for (;;) {
    const answer = await system.call<T>(login, 'POST', path, body, key).catch(() => null)
    if (answer !== null && answer.status < 300) return answer.body
    if (answer !== null && answer.status < 500) throw new Error(`POST ${path}: ${JSON.stringify(answer.body)}`)
    await rest()
  }
}
