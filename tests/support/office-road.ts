import { expect } from 'vitest'
import type { Answer, Product } from './product.ts'
import { until } from './until.ts'

/** A worksheet row as the API gives it; only what the tests read. */
export interface ApiRow {
  readonly rowNo: number
  readonly insuredNo: string
  readonly key: Readonly<Record<string, unknown>>
  readonly verdict: string
  readonly reason: string | null
  readonly otherReasons: readonly string[]
  readonly flags: readonly string[]
  readonly unpaidYen: number
  readonly feeYen: number
  readonly entaikinYen: number
  readonly proposal?: string | null
  readonly printedYen?: number
  readonly currentYen?: number
  readonly noticeId?: string | null
  readonly cells: Readonly<Record<string, unknown>>
}
export interface ApiSheet {
  readonly rows: readonly ApiRow[]
  readonly hash: string
  readonly count: number
  readonly totals: { readonly count: number }
}

/** What clerks do on the way of a run, by the API alone. */
export interface Road {
  start(login: string, params: object): Promise<{ runId: string; number: string }>
  run(runId: string): Promise<Record<string, unknown>>
  /** Waits until the run's task of a step is open, and claims it. */
  take(login: string, runId: string, step: string): Promise<string>
  sheet(login: string, taskId: string): Promise<ApiSheet>
  mark(login: string, taskId: string, body: object): Promise<Answer<Record<string, unknown>>>
  /** `complete`, `propose` or `release` with hash and count of the list as it is now. */
  decide(
    login: string,
    taskId: string,
    act: 'complete' | 'propose' | 'release',
    form: object,
  ): Promise<Answer<Record<string, unknown>>>
}

export function officeRoad(product: Product): Road {
  const ok = <T>(answer: Answer<T>, ...statuses: readonly number[]): T => {
    expect(statuses.length === 0 ? [200, 201, 202] : statuses, JSON.stringify(answer.body)).toContain(answer.status)
    return answer.body
  }
  const road: Road = {
    start: async (login, params) =>
      ok(
        await product.call<{ runId: string; number: string }>(login, 'POST', '/api/runs', {
          flow: '5-2-tokusoku',
          params,
        }),
      ),
    run: async (runId) => ok(await product.call('tantou', 'GET', `/api/runs/${runId}`)),
    async take(login, runId, step) {
      const task = await until(
        `task ${step} of ${runId}`,
        async () => {
          const page = ok(
            await product.call<{ items: { taskId: string; runId: string; step: string; state: string }[] }>(
              login,
              'GET',
              '/api/tasks?flow=5-2-tokusoku&limit=100',
            ),
          )
          return page.items.find((one) => one.runId === runId && one.step === step && one.state !== 'preparing')
        },
        120_000,
      )
      ok(await product.call(login, 'POST', `/api/tasks/${task.taskId}/claim`))
      return task.taskId
    },
    sheet: async (login, taskId) =>
      ok(await product.call<ApiSheet>(login, 'GET', `/api/tasks/${taskId}/worksheet?limit=200&sort=`)),
    mark: (login, taskId, body) => product.call(login, 'POST', `/api/tasks/${taskId}/marks`, body),
    async decide(login, taskId, act, form) {
      const detail = ok(await product.call<{ worksheet: object | null }>(login, 'GET', `/api/tasks/${taskId}`))
      const seen = detail.worksheet === null ? { hash: null, count: null } : await road.sheet(login, taskId)
      return product.call(login, 'POST', `/api/tasks/${taskId}/${act}`, { ...form, hash: seen.hash, count: seen.count })
    },
  }
  return road
}
