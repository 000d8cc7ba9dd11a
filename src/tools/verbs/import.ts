import { createReadStream, existsSync } from 'node:fs'
import { basename } from 'node:path'
import { Fault } from '#kernel/faults.ts'
import { SYSTEM } from '#audit/events.ts'
import { fileErrors, readFile, refusalNext, type FileErrorView, type FileView } from '#intake/files.ts'
import { FILE_LOADERS } from '#intake/loaders.ts'
import { openOfficeIntake } from '#intake/office-intake.ts'
import { openDiskSpace, readDiskLimits } from '#runtime/disk-space.ts'
import type { Verb, VerbContext } from './verb.ts'

const SHOWN_ERRORS = 20

/** 「3行目 生年月日(1945-13-01): 日付として…」 with 次にすること. */
const errorLine = (error: FileErrorView): string => {
  const value = error.value === null ? '' : `(${error.value})`
  return `  ${error.line}行目 ${error.field ?? ''}${value}: ${error.message}。次にすること: ${error.next}`
}

function headline(file: FileView): string {
  if (file.status === 'accepted') return `受け入れました: ${file.accepted}行(拒否 ${file.rejected}行)`
  return `受け入れませんでした: ${file.refusalMessage ?? ''}次にすること: ${refusalNext(file)}`
}

async function importFile(context: VerbContext, kind: string, path: string): Promise<number> {
  if (!existsSync(path)) throw new Fault('FILE-012', { path })
  await openDiskSpace(context.folder.root, readDiskLimits()).require()
  const db = await context.database()
  const { intake } = openOfficeIntake({
    db,
    clock: context.clock,
    dataFolder: context.folder.root,
    log: context.print,
  })
  const actor = { ...SYSTEM, terminal: 'koki' }
  const fileId = await intake.receiveFile(createReadStream(path), kind, basename(path), actor)
  await intake.processFile(fileId)
  const file = await readFile(db, fileId)
  context.print(headline(file))
  const errors = await fileErrors(db, fileId, { after: 0, limit: SHOWN_ERRORS })
  for (const error of errors.items) context.print(errorLine(error))
  const left = Number(errors.total) - errors.items.length
  if (left > 0) context.print(`  ほか${left}件(画面の「ファイル」で見られます)`)
  return file.status === 'accepted' ? 0 : 1
}

/** ファイルの受入れ from the command line, by the same intake as the screen. */
export const importVerb: Verb = {
  name: 'import',
  usage: '種別 ファイル',
  summary: `ファイルを受け入れます(種別: ${FILE_LOADERS.map(({ kind }) => kind).join(', ')})`,
  async run([kind, path], context) {
    if (kind === undefined || path === undefined) return 2
    return importFile(context, kind, path)
  },
}
