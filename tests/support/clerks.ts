import { completeTask, proposeTask, releaseTask } from '#runtime/decide-task.ts'
import type { Mark, MarkAction, TaskUser } from '#runtime/human-context.ts'
import { claimTask, markRows } from '#runtime/human.ts'
import { worksheetHash } from '#runtime/worksheet/hash.ts'
import { aUser, type StepBench, type Workplace } from './step-bench.ts'

/** A row of a task's list by 被保険者番号. */
export interface SeenRow {
  readonly rowNo: number
  readonly insuredNo: string
  readonly verdict: string
  readonly reason: string | null
  readonly others: readonly string[]
}

/** The people of an office at work on one run, on the step bench. */
export interface Clerks {
  readonly tantou: TaskUser
  readonly kakaricho: TaskUser
  readonly kakaricho2: TaskUser
  rows(taskId: string): Promise<readonly SeenRow[]>
  rowOf(taskId: string, person: number): Promise<SeenRow>
  seen(taskId: string): Promise<{ hash: string | null; count: number | null }>
  mark(
    taskId: string,
    user: TaskUser,
    persons: readonly number[],
    action: MarkAction,
    more?: Partial<Mark>,
  ): Promise<number>
  /** Opens the step's task, claims it and completes it. */
  complete(runId: string, step: string, form: object, user?: TaskUser): Promise<string>
  /** Claims as 係長 and releases as the other one. */
  release(taskId: string): Promise<void>
}

export async function clerksOf(office: Workplace, bench: StepBench): Promise<Clerks> {
  const tantou = await aUser(office, 'tantou', ['tantou'])
  const kakaricho = await aUser(office, 'kakaricho', ['kakaricho'])
  const kakaricho2 = await aUser(office, 'kakaricho2', ['kakaricho'])
  const rows = (taskId: string): Promise<SeenRow[]> =>
    office.db.rows<SeenRow>(
      `select r.row_no as "rowNo", s.insured_no as "insuredNo", r.verdict, r.reason, r.other_reasons as others
       from tasks t join worksheet_rows r on r.worksheet_id = t.worksheet_id join insured s on s.id = r.insured_id
       where t.id = $1 order by r.row_no`,
      [taskId],
    )
  const rowOf = async (taskId: string, person: number): Promise<SeenRow> => {
    const found = (await rows(taskId)).find((row) => row.insuredNo === String(person).padStart(8, '0'))
    if (!found) throw new Error(`no row of person ${person}`)
    return found
  }
  const seen: Clerks['seen'] = async (taskId) => {
    const sheet = await office.db.one<{ id: bigint | null; count: bigint | null }>(
      `select w.id, w.row_count as count from tasks t left join worksheets w on w.id = t.worksheet_id where t.id = $1`,
      [taskId],
    )
    if (sheet.id === null) return { hash: null, count: null }
    return { hash: await worksheetHash(office.db, sheet.id), count: Number(sheet.count) }
  }
  return {
    tantou,
    kakaricho,
    kakaricho2,
    rows,
    rowOf,
    seen,
    async mark(taskId, user, persons, action, more = {}) {
      const numbers: number[] = []
      for (const one of persons) numbers.push((await rowOf(taskId, one)).rowNo)
      const mark: Mark = { action, reason: null, note: null, followUpOn: null, ...more }
      return markRows(bench.deps, { taskId, user, target: { rows: numbers }, mark })
    },
    async complete(runId, step, form, user = tantou) {
      const taskId = await bench.open(runId, step)
      await claimTask(bench.deps, { taskId, user })
      await completeTask(bench.deps, { taskId, user, body: { ...(await seen(taskId)), decision: 'ok', ...form } })
      return taskId
    },
    async release(taskId) {
      await claimTask(bench.deps, { taskId, user: kakaricho })
      const body = { ...(await seen(taskId)), decision: 'ok' }
      await proposeTask(bench.deps, { taskId, user: kakaricho, body })
      await releaseTask(bench.deps, { taskId, user: kakaricho2, body })
    },
  }
}
