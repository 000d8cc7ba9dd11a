import { Fault } from '#kernel/faults.ts'
import type { BadRow } from '#audit/chain.ts'
import { UnreadableExport, verifyExport } from '#audit/verify-file.ts'
import { verifyJournal } from '#audit/verify.ts'
import { existsSync } from 'node:fs'
import { readOptions } from './options.ts'
import type { Verb, VerbContext } from './verb.ts'

function tell({ print }: VerbContext, checked: bigint, firstBad: BadRow | null): number {
  if (firstBad === null) {
    print(`記録は改ざんされていません(${checked}件)。`)
    return 0
  }
  print(`× 封印 ${firstBad.number}(記録 ${firstBad.eventId}): ${firstBad.message}`)
  print(`ここまでの ${checked}件は正しくつながっています。次にすること: 監査に知らせ、記録に触らないでください。`)
  return 1
}

async function verifyFile(context: VerbContext, path: string): Promise<number> {
  if (!existsSync(path)) throw new Fault('FILE-012', { path })
  try {
    const { exportedAt, checked, firstBad } = await verifyExport(path)
    context.print(`${exportedAt} に書き出した記録`)
    return tell(context, checked, firstBad)
  } catch (error) {
    if (!(error instanceof UnreadableExport)) throw error
    context.print(`× ${error.message}`)
    return 1
  }
}

/** 記録の検証: of the database, or of an export without any server. Exit code 1 names the first bad row. */
export const auditVerify: Verb = {
  name: 'audit verify',
  usage: '[--file 書き出した記録]',
  summary: '監査の記録を検証します(--file はサーバーなしで)',
  async run(args, context) {
    const read = readOptions(args, ['file'])
    if (read === null) return 2
    if (read.options.file !== undefined) return verifyFile(context, read.options.file)
    const { checked, unsealed, firstBad } = await verifyJournal(await context.database())
    if (unsealed > 0n) context.print(`まだ封印していない記録 ${unsealed}件`)
    return tell(context, checked, firstBad)
  },
}
