import { checkLedger } from '#ledger/check.ts'
import type { Verb } from './verb.ts'

/** 台帳の検査: every invariant of the books; exit code 1 when one is broken. */
export const ledgerCheck: Verb = {
  name: 'ledger check',
  usage: '',
  summary: '台帳を検査します(残高の控え、欠番、不変条件)',
  async run(_args, context) {
    const db = await context.database()
    const results = await db.tx(async (tx) => {
      await tx.run('set transaction isolation level repeatable read read only')
      return checkLedger(tx)
    })
    for (const { code, title, count, examples } of results) {
      if (count === 0n) continue
      context.print(`× ${code} ${title}: ${count}件`)
      for (const example of examples) context.print(`    ${example}`)
    }
    const broken = results.filter(({ count }) => count > 0n).length
    context.print(
      broken === 0
        ? `台帳は正しく合っています(${results.length}項目)。`
        : `${broken}項目が合いません。次にすること: システム管理者に連絡してください。`,
    )
    return broken === 0 ? 0 : 1
  },
}
