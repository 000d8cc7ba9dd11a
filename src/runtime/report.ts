import type { PlainDate } from '#kernel/plain-date.ts'
import type { Sql } from '#db/database.ts'
import type { RuntimeDeps } from './deps.ts'
import type { TaskUser } from './human-context.ts'

/** 送付ファイルの次の版 after a run's own steps are over: what may be done by hand, if anything. */
export type ReportStanding =
  | {
      /** The file that was sent names letters that did not leave. */
      readonly kind: 'remake'
      readonly version: number
      readonly undispatched: number
    }
  | {
      /** A version made by hand waits to be sent. */
      readonly kind: 'send'
      readonly version: number
      readonly undispatched: number
    }

/** 次の版を人の手で: a flow whose file is sent before its letters leave. */
export interface ReportByHand {
  /** Null: nothing to do. */
  standing(sql: Sql, runId: string): Promise<ReportStanding | null>
  /** Makes the next version; twice is once. Throws F52-30. */
  remake(deps: RuntimeDeps, act: { readonly runId: string; readonly user: TaskUser }): Promise<void>
  /** 送付の記録 of the version made by hand. Throws F52-31, TASK-010. */
  recordSent(
    deps: RuntimeDeps,
    act: {
      readonly runId: string
      readonly version: number
      readonly sentOn: PlainDate
      readonly sentBy: string
      readonly receiptNo: string | null
      readonly user: TaskUser
    },
  ): Promise<void>
}
