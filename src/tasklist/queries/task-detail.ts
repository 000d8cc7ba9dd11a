import type { Static } from 'typebox'
import { Fault } from '#kernel/faults.ts'
import type { PlainDate } from '#kernel/plain-date.ts'
import type { Tx } from '#db/database.ts'
import type { CurrentUser } from '#access/users.ts'
import { engineAge } from '#engine/heartbeat.ts'
import type { RuntimeDeps } from '#runtime/deps.ts'
import { checkMayRelease } from '#runtime/four-eyes.ts'
import type { HumanStep } from '#runtime/step.ts'
import type { TaskDetail } from '../tasks.schema.ts'
import { attachmentCount } from './attachments.ts'
import { taskHistory } from './history.ts'
import { stepBand } from './step-band.ts'
import { taskFacts, type TaskFacts } from './task-facts.ts'
import type { TaskView } from './task-list.ts'
import { sheetInfo } from './worksheet-info.ts'

type Detail = Static<typeof TaskDetail>

/** 作業の画面: the task with its run, list, form, reasons, second person and history. Throws TASK-001. */
export async function taskDetail(tx: Tx, deps: RuntimeDeps, task: TaskView, user: CurrentUser): Promise<Detail> {
  const facts = await taskFacts(tx, task.taskId)
  const flow = deps.registry.flow(facts.flow)
  const step = deps.registry.human(facts.stepId)
  const kind = step.worksheet === null ? null : deps.registry.worksheet(facts.flow, step.worksheet)
  const { state } = await tx.one<{ state: string }>(`select state from runs where id = $1`, [facts.runId])
  const { draft, draftSavedAt, drafterName, drafterStaffId, worksheetId } = facts
  const isMine = task.assignee?.isMe === true
  const history = await taskHistory(tx, task.taskId, { today: deps.clock.today() })
  return {
    ...task,
    task,
    stepId: facts.stepId,
    params: { ...facts.params },
    variables: { ...facts.variables },
    steps: await stepBand(tx, flow, { id: facts.runId, state, variables: facts.variables }),
    worksheet: kind === null || worksheetId === null ? null : await sheetInfo(tx, flow, kind, worksheetId, user.userId),
    form: structuredClone(step.input) as unknown as Record<string, unknown>, // a TypeBox schema is a JSON schema
    formDefaults: formDefaults(
      step,
      facts,
      flow.formDefaults?.(facts.stepId, facts.variables, deps.clock.today()) ?? {},
    ),
    marks: step.marks === null ? null : marksOf(step.marks, user, flow.options(facts.options, facts.variables)),
    fourEyes: step.fourEyes === null ? null : await secondPerson(tx, step.fourEyes, facts, user, deps.clock.today()),
    draft: isMine && draft !== null ? { ...draft } : null,
    draftSavedAt: isMine ? draftSavedAt : null,
    formerDrafter: isMine && drafterStaffId !== user.staffId ? drafterName : null,
    history: history.items,
    historyTotal: history.total,
    attachmentCount: await attachmentCount(tx, task.taskId),
    ledgerAt: await ledgerAt(tx, worksheetId),
    dataAgeMs: await engineAge(tx),
    at: deps.clock.now(),
  }
}

function formDefaults(
  step: HumanStep,
  facts: TaskFacts,
  own: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const names = Object.keys(step.input.properties).filter(
    (name) => name !== 'decision' && facts.variables[name] !== undefined,
  )
  return { ...Object.fromEntries(names.map((name) => [name, facts.variables[name]])), ...own }
}

const marksOf = (
  rules: NonNullable<HumanStep['marks']>,
  user: CurrentUser,
  options: unknown,
): NonNullable<Detail['marks']> => ({
  actions: [...rules.actions],
  reasons: rules.reasons.map(({ code, label, action, role, needsNote, needsFollowUp }) => ({
    code,
    label,
    action,
    role,
    needsNote,
    needsFollowUp,
    isAllowed: role === null || user.roles.includes(role),
  })),
  ofProtected: rules.tellProtected?.(options) ?? null,
})

/** 二人の確認 as this person sees it: why the button is off, before it is pressed. */
async function secondPerson(
  tx: Tx,
  rule: NonNullable<HumanStep['fourEyes']>,
  facts: TaskFacts,
  user: CurrentUser,
  today: PlainDate,
): Promise<NonNullable<Detail['fourEyes']>> {
  const refusal = await releaseRefusal(tx, rule, facts, user, today)
  const { proposerName, proposedAt, proposerStaffId } = facts
  return {
    decision: rule.decision,
    first:
      proposerName === null || proposedAt === null
        ? null
        : { name: proposerName, at: proposedAt, isMe: proposerStaffId === user.staffId },
    canPropose: facts.state === 'open' && facts.proposedBy === null && rule.mayPropose(user),
    canRelease: refusal === null,
    refusal,
  }
}

async function releaseRefusal(
  tx: Tx,
  rule: NonNullable<HumanStep['fourEyes']>,
  facts: TaskFacts,
  user: CurrentUser,
  today: PlainDate,
): Promise<string | null> {
  if (facts.state !== 'open') return new Fault('TASK-003').message
  if (!rule.mayRelease(user)) return new Fault('AUTH-002').message
  if (facts.proposedBy === null) return new Fault('TASK-008').message
  try {
    await checkMayRelease(tx, facts, rule, user, today)
    return null
  } catch (error) {
    if (error instanceof Fault) return error.message
    throw error
  }
}

/** 収納は…まで反映: when the newest posting that the list has seen was booked. */
async function ledgerAt(tx: Tx, worksheetId: bigint | null): Promise<string | null> {
  const row = await tx.maybe<{ at: string }>(
    `select p.posted_at as at from worksheets w join postings p on p.number = w.posting_number where w.id = $1`,
    [worksheetId],
  )
  return row?.at ?? null
}
