import type { Reply } from '#api/contract.ts'
import { readObject, readOptions } from './options.ts'
import type { Verb, VerbContext } from './verb.ts'

type Detail = Reply<'GET /api/tasks/:taskId'>
type Task = Detail['task']

const dueText = ({ dueOn, daysLeft, urgency }: Task): string => {
  if (dueOn === null) return '期限なし'
  if (daysLeft === null) return dueOn
  if (urgency === 'overdue') return `期限超過 ${-daysLeft}開庁日 ${dueOn}`
  return urgency === 'today' ? `本日期限 ${dueOn}` : `残り${daysLeft}開庁日 ${dueOn}`
}
const line = (task: Task): string =>
  `${dueText(task)}  ${task.runNumber ?? ''}  ${task.step} ${task.name}  ${task.count ?? 0}件  ${task.assignee?.name ?? '未定'}  ${task.taskId}`

/** 作業 of the user, page by page. */
async function* tasksOf(context: VerbContext, user: string) {
  for (let after: string | null = ''; after !== null;) {
    const path = `/api/tasks?limit=200${after}`
    const page: Reply<'GET /api/tasks'> = await context.api('GET', path, undefined, { user })
    yield* page.items
    after = page.nextCursor === null ? null : `&cursor=${encodeURIComponent(page.nextCursor)}`
  }
}

export const taskList: Verb = {
  name: 'task list',
  usage: '[--user 利用者]',
  summary: '開いている作業を期限の近い順に示します',
  async run(args, context) {
    const read = readOptions(args, ['user'])
    if (read === null) return 2
    const user = read.options.user ?? 'tantou'
    let count = 0
    for await (const task of tasksOf(context, user)) {
      context.print(line(task))
      count += 1
    }
    context.print(`${count}件`)
    return 0
  },
}

const detailOf = (context: VerbContext, taskId: string, user: string): Promise<Detail> =>
  context.api<Detail>('GET', `/api/tasks/${taskId}`, undefined, { user })

/** 履歴, newest first: what the task brings with it, then page by page. */
async function* historyOf(context: VerbContext, { task, history, historyTotal }: Detail, user: string) {
  yield* history
  for (let told = history.length; told < historyTotal;) {
    const path = `/api/tasks/${task.taskId}/history?limit=1000&offset=${told}`
    const { items } = await context.api<Reply<'GET /api/tasks/:taskId/history'>>('GET', path, undefined, { user })
    if (items.length === 0) return
    yield* items
    told += items.length
  }
}

export const taskShow: Verb = {
  name: 'task show',
  usage: '作業 [--user 利用者]',
  summary: '作業の内容、選べる判断、履歴を示します',
  async run(args, context) {
    const read = readOptions(args, ['user'])
    const taskId = read?.words[0]
    if (taskId === undefined) return 2
    const user = read?.options.user ?? 'tantou'
    const detail = await detailOf(context, taskId, user)
    context.print(line(detail.task))
    context.print(`判断: ${detail.task.decisions.join(' | ')}`)
    for (const { label, count } of detail.worksheet?.chips ?? []) context.print(`  ${label} ${count}件`)
    for await (const { at, actor, text } of historyOf(context, detail, user)) context.print(`  ${at} ${actor} ${text}`)
    return 0
  },
}

export const taskClaim: Verb = {
  name: 'task claim',
  usage: '作業 [--user 利用者]',
  summary: '作業を担当します',
  async run(args, context) {
    const read = readOptions(args, ['user'])
    const taskId = read?.words[0]
    if (taskId === undefined) return 2
    const user = read?.options.user ?? 'tantou'
    context.print(line(await context.api<Task>('POST', `/api/tasks/${taskId}/claim`, undefined, { user })))
    return 0
  },
}

/** The road is the task's own: a decision of two persons is proposed by the first and released by the second. */
const roadOf = ({ fourEyes }: Detail, decision: string): 'complete' | 'propose' | 'release' =>
  fourEyes?.decision !== decision ? 'complete' : fourEyes.first === null ? 'propose' : 'release'

const SAID = { complete: '完了しました', propose: '一人目の確認をしました', release: '二人目として認めました' } as const

export const taskComplete: Verb = {
  name: 'task complete',
  usage: '作業 --decision 判断 [--form JSON] [--user 利用者]',
  summary: '作業を判断します(二人の確認が要る作業では、一人目の確認か承認)',
  async run(args, context) {
    const read = readOptions(args, ['decision', 'form', 'user'])
    const taskId = read?.words[0]
    const decision = read?.options.decision
    const form = readObject(read?.options.form)
    if (taskId === undefined || decision === undefined || form === null) return 2
    const user = read?.options.user ?? 'tantou'
    const detail = await detailOf(context, taskId, user)
    const road = roadOf(detail, decision)
    const seen = { hash: detail.worksheet?.hash ?? null, count: detail.worksheet?.count ?? null }
    await context.api('POST', `/api/tasks/${taskId}/${road}`, { ...form, decision, ...seen }, { user })
    context.print(SAID[road])
    return 0
  },
}
