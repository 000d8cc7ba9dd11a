import { resolve } from 'node:path'
import { restoreBackup } from '../backup/restore-backup.ts'
import { dataFolder } from '../launch/data-folder.ts'
import type { Verb } from './verb.ts'

/** 控えから戻す: into a data folder that is empty, never over one that is used. */
export const restore: Verb = {
  name: 'restore',
  usage: '控えのフォルダー [空のデータフォルダー]',
  summary: '控えを検査し、空のデータフォルダー(既定は KOKI_DATA)に戻します',
  async run([source, target], { folder, print }) {
    if (source === undefined) return 2
    const into = target === undefined ? folder : dataFolder({ KOKI_DATA: target })
    const { madeAt } = await restoreBackup({ source: resolve(source), folder: into, tell: print })
    print(`${madeAt} の控えを ${into.root} に戻しました。`)
    print(
      `次にすること: KOKI_DATA=${into.root} npm start で始めてください。進行中だった処理は、始めた時に続きから動きます。`,
    )
    return 0
  },
}
