import { officeProjectors } from '#api/projectors.ts'
import { SYSTEM } from '#audit/events.ts'
import { projectAgain, quarantined } from '#engine/ingest/project-again.ts'
import { registryOf } from '#runtime/registry.ts'
import { FLOWS } from '#workers/registry.ts'
import type { Verb } from './verb.ts'

/** 隔離した記録を読み直す: lists them, or projects one again after the program was mended. */
export const engineReproject: Verb = {
  name: 'engine reproject',
  usage: '[記録 読み手]',
  summary: '隔離した記録の一覧を示します。記録と読み手を付けると読み直します',
  async run([record, projector], { database, clock, print }) {
    const db = await database()
    if (record === undefined) {
      const rows = await quarantined(db)
      for (const row of rows) print(`${row.record} ${row.projector} ${row.at} ${row.error}`)
      if (rows.length === 0) print('隔離した記録はありません。')
      return 0
    }
    if (projector === undefined) return 2
    const projectors = officeProjectors(clock, registryOf(FLOWS))
    await projectAgain({ db, clock, projectors }, { record, projector }, { ...SYSTEM, terminal: 'koki' })
    print(`${record} を読み直しました。`)
    return 0
  },
}
