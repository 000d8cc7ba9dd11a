import { Fault } from '#kernel/faults.ts'
import { appendEvent } from '#audit/append.ts'
import { SYSTEM } from '#audit/events.ts'
import { checkRun } from '#runtime/check-run.ts'
import { FLOWS } from '#workers/registry.ts'
import { readOptions } from './options.ts'
import type { Verb } from './verb.ts'

/** 検算: every invariant of a run with its result, told as a reading; exit code 1 when one is broken. */
export const runCheck: Verb = {
  name: 'run check',
  usage: '処理番号',
  summary: '処理の検算をします(不変条件ごとの結果)',
  async run(args, context) {
    const word = readOptions(args, [])?.words[0]
    if (word === undefined) return 2
    const db = await context.database()
    const run = await db.maybe<{ id: string; flow: string }>(
      `select id, flow from runs where number = $1 or id::text = $1`,
      [word],
    )
    if (run === null) throw new Fault('RUN-001')
    const { invariants = [] } = FLOWS.find(({ flow }) => flow === run.flow) ?? {}
    const items = await checkRun(db, invariants, run.id, context.clock.today())
    const broken = items.filter(({ count }) => count > 0).length
    await db.tx((tx) =>
      appendEvent(tx, {
        at: context.clock.now(),
        kind: 'read',
        actor: { ...SYSTEM, terminal: 'koki' },
        runId: run.id,
        payload: { what: '検算', count: broken },
      }),
    )
    for (const { number, statement, count, examples } of items) {
      context.print(`${count === 0 ? '○' : '×'} ${String(number).padStart(2)} ${statement}: ${count}件`)
      for (const example of examples) context.print(`      ${example}`)
    }
    context.print(
      broken === 0
        ? `検算はすべて合っています(${items.length}項目)。`
        : `${broken}項目が合いません。次にすること: 係長とシステム管理者に連絡してください。`,
    )
    return broken === 0 ? 0 : 1
  },
}
