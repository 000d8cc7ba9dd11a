import { Fault } from '#kernel/faults.ts'
import type { Reply } from '#api/contract.ts'
import { readObject, readOptions } from './options.ts'
import type { Verb, VerbContext } from './verb.ts'

type Run = Reply<'GET /api/runs/:runId'>

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** 処理番号 or id → id. Throws RUN-001. */
async function runIdOf(context: VerbContext, word: string, user: string): Promise<string> {
  if (UUID.test(word)) return word
  const path = `/api/runs?number=${encodeURIComponent(word)}`
  const { items } = await context.api<Reply<'GET /api/runs'>>('GET', path, undefined, { user })
  const [run] = items // no two have one number
  if (run === undefined) throw new Fault('RUN-001')
  return run.runId
}

const STATES: Readonly<Record<Run['state'], string>> = { running: '処理中', finished: '済', cancelled: '中止' }
const MARKS: Readonly<Record<Run['steps'][number]['state'], string>> = {
  done: '済',
  current: 'いま',
  waiting: 'これから',
  failed: '止まっています',
  cancelled: '中止',
}

function show({ print }: VerbContext, run: Run): void {
  print(
    `${run.number} ${run.title} ${run.isStopped ? '止まっています' : (run.outcome ?? STATES[run.state])} (${run.runId})`,
  )
  for (const { step, name, state, version } of run.steps)
    print(`  ${step} ${name} ${MARKS[state]}${version !== null && version > 1 ? ` 版${version}` : ''}`)
  if (run.progress !== null) {
    const { phase, done, remaining, failed } = run.progress
    print(`  ${phase ?? ''} 済 ${done}件 残り ${remaining ?? '?'}件 失敗 ${failed}件`)
  }
  for (const [name, count] of Object.entries(run.results)) print(`  ${name} ${count}`)
  for (const { name, noticeCount, documentId } of run.documents) print(`  ${name} ${noticeCount}通 ${documentId}`)
  if (run.openTask !== null) print(`  次の作業 ${run.openTask.step} ${run.openTask.name} (${run.openTask.taskId})`)
}

/** 処理を始める. Parameters that are left out take the flow's defaults. */
export const runStart: Verb = {
  name: 'run start',
  usage: '業務フロー [--params JSON] [--user 利用者]',
  summary: '処理を始めます(例: run start 5-2-tokusoku --params \'{"dueOn":"2026-11-02"}\')',
  async run(args, context) {
    const read = readOptions(args, ['params', 'user'])
    const params = readObject(read?.options.params)
    const flow = read?.words[0]
    if (flow === undefined || params === null) return 2
    const { runId, number } = await context.api<Reply<'POST /api/runs'>>(
      'POST',
      '/api/runs',
      { flow, params },
      { user: read?.options.user ?? 'tantou' },
    )
    context.print(`${number} を始めました (${runId})`)
    return 0
  },
}

export const runShow: Verb = {
  name: 'run show',
  usage: '処理番号 [--user 利用者]',
  summary: '処理の状態、件数、文書を示します',
  async run(args, context) {
    const read = readOptions(args, ['user'])
    const word = read?.words[0]
    if (word === undefined) return 2
    const user = read?.options.user ?? 'tantou'
    const runId = await runIdOf(context, word, user)
    show(context, await context.api<Run>('GET', `/api/runs/${runId}`, undefined, { user }))
    return 0
  },
}

export const runCancel: Verb = {
  name: 'run cancel',
  usage: '処理番号 --reason 理由 [--user 利用者]',
  summary: '処理を中止します(係長。発送承認の前だけ)',
  async run(args, context) {
    const read = readOptions(args, ['reason', 'user'])
    const word = read?.words[0]
    const reason = read?.options.reason
    if (word === undefined || reason === undefined) return 2
    const user = read?.options.user ?? 'kakaricho'
    const runId = await runIdOf(context, word, user)
    await context.api('POST', `/api/runs/${runId}/cancel`, { reason }, { user })
    context.print('中止しました')
    return 0
  },
}
