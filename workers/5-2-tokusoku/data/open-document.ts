import { readFile } from 'node:fs/promises'
import { Fault } from '#kernel/faults.ts'
import { protectedOn } from '#access/protected-on.ts'
import { renderPrintFile } from '#notices/print-file.ts'
import { readNoticeSettings } from '#notices/read-settings.ts'
import type { RuntimeDeps } from '#runtime/deps.ts'
import type { OpenedDocument } from '#runtime/flow.ts'
import { openResent } from '../returns/open-resent.ts'
import { letterOf } from './letters.ts'
import { replaceChangedFile } from './replace-print-file.ts'

/**
 * A print file's bytes, or one notice made again from its stored view. A print file is checked once more: when a payment,
 * 抑止, death or addressee changed since the release it is refused (F52-18) and built again without them.
 */
export async function openDocument(deps: RuntimeDeps, documentId: string): Promise<OpenedDocument | null> {
  const dash = documentId.indexOf('-') // 「print-<uuid>」 a print file, 「notice-<uuid>」 one notice, 「resend-<uuid>」 a 再発送
  const [kind, id] = [documentId.slice(0, dash), documentId.slice(dash + 1)]
  if (kind === 'print') return openPrintFile(deps, id)
  if (kind === 'notice') return openNotice(deps, id)
  return kind === 'resend' ? openResent(deps, id) : null
}

async function openPrintFile(deps: RuntimeDeps, id: string): Promise<OpenedDocument | null> {
  const file = await deps.db.maybe<{
    runId: string
    number: number
    version: number
    sha256: string
    state: string
    isIndividual: boolean
    runNumber: string
  }>(
    `select f.run_id as "runId", f.number, f.version, f.sha256, f.state, f.is_individual as "isIndividual", r.number as "runNumber"
     from print_files f join runs r on r.id = f.run_id where f.id = $1`,
    [id],
  )
  if (file === null) return null
  if (file.state !== 'current') throw new Fault('F52-19')
  const changed = await replaceChangedFile(deps, { id, ...file })
  if (changed > 0) throw new Fault('F52-18', { n: changed })
  const people = await deps.db.rows<{ id: bigint }>(
    `select distinct n.insured_id as id from print_file_notices p join notices n on n.id = p.notice_id where p.print_file_id = $1`,
    [id],
  )
  return {
    runId: file.runId,
    name: `tokusoku-${file.runNumber}-${file.number}-${file.version}.pdf`,
    title: `督促状の印刷ファイル${file.number} 第${file.version}版`,
    pdf: await readFile(deps.files.pathOf(file.sha256)),
    insuredIds: people.map((one) => one.id),
    isGuarded: file.isIndividual,
  }
}

/**
 * A preview of the letter that a row stands on. A letter made before the 抑止 names the address to be kept secret: nobody opens it (F52-20). One made as 個別送付
 * names the 送付先 only, which is for a 係長.
 */
async function openNotice({ db: sql, clock }: RuntimeDeps, id: string): Promise<OpenedDocument | null> {
  const notice = await sql.maybe<{
    runId: string
    view: string
    insuredId: bigint
    printNo: number | null
    runNumber: string
    isIndividual: boolean
    isGuarded: boolean
  }>(
    `select n.run_id as "runId", n.view, n.insured_id as "insuredId", n.print_no as "printNo", r.number as "runNumber", n.is_individual as "isIndividual",
       not n.is_individual and ${protectedOn('s.person_id', '$2')} as "isGuarded"
     from notices l join notices n on n.id = ${letterOf('l')} join runs r on r.id = n.run_id join insured s on s.id = n.insured_id
     where l.id = $1 and l.state <> 'staged'`,
    [id, clock.today()],
  )
  if (notice === null) return null
  if (notice.isGuarded) throw new Fault('F52-20')
  const { pdf } = await renderPrintFile([notice.view], await readNoticeSettings(sql))
  return {
    runId: notice.runId,
    name: `tokusoku-${notice.runNumber}-preview-${notice.printNo ?? 0}.pdf`,
    title: `督促状 印刷番号${notice.printNo ?? '—'}`,
    pdf,
    insuredIds: [notice.insuredId],
    isGuarded: notice.isIndividual,
  }
}
