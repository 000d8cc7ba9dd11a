import type { PlainDate } from '#kernel/plain-date.ts'
import type { ReturnCode, ReturnEndCode } from '#rules/tokusoku/reasons.ts'
import type { Sql } from '#db/database.ts'
import type { RuntimeDeps } from './deps.ts'
import type { TaskUser } from './human-context.ts'

/** What a person does with a returned letter. `step` is the number of its last step on the screen. */
export interface ReturnAct {
  readonly returnId: bigint
  readonly step: number
  readonly note: string | null
  readonly user: TaskUser
}

/** 再発送の見込み: what would be printed if it were made now, or why it cannot be. */
export interface ResendPlan {
  readonly resentOn: PlainDate
  readonly designatedOn: PlainDate
  /** A new slip: the printed 指定期限 has passed or the balance has changed; 再発行区分 rises. */
  readonly isNewSlip: boolean
  readonly printedYen: bigint
  readonly unpaidYen: bigint
  readonly isSameAddressee: boolean
  readonly refusal: { readonly code: string; readonly message: string; readonly next: string } | null
}

/** 返戻とその後 of a flow's letters. Every act is one transaction, and twice the same act is once. */
export interface ReturnedLetters {
  /** Papers whose returns this flow works on. */
  readonly papers: readonly string[]
  /** 返戻を登録する; returns the case. Throws F52-21, F52-22, TASK-010. */
  record(
    deps: RuntimeDeps,
    act: {
      readonly noticeId: string
      readonly returnedOn: PlainDate
      readonly reason: ReturnCode
      readonly note: string | null
      readonly user: TaskUser
    },
  ): Promise<bigint>
  /** Null when the case is closed or its paper is not made here. */
  plan(deps: RuntimeDeps, sql: Sql, returnId: bigint, user: TaskUser): Promise<ResendPlan | null>
  /** 再発送: makes the letter again. Throws F52-23 … F52-26, F52-29, TASK-010. */
  resend(
    deps: RuntimeDeps,
    act: ReturnAct & { readonly resentOn: PlainDate; readonly isSameAddressConfirmed: boolean },
  ): Promise<void>
  /** 再発送の取りやめ, until the day it was to leave. Throws F52-29. */
  withdraw(deps: RuntimeDeps, act: ReturnAct): Promise<void>
  /** 公示送達. Throws F52-23, F52-24, F52-27, F52-29, TASK-010. */
  post(deps: RuntimeDeps, act: ReturnAct & { readonly postedOn: PlainDate }): Promise<void>
  /** 調査の経過. */
  note(deps: RuntimeDeps, act: ReturnAct): Promise<void>
  /** 調査を終える. Throws TASK-010, F52-29. */
  end(deps: RuntimeDeps, act: ReturnAct & { readonly reason: ReturnEndCode }): Promise<void>
}
