import { Fault } from '#kernel/faults.ts'
import type { Database, Tx } from '#db/database.ts'
import { readFile } from '#intake/files.ts'
import { FILE_LOADERS } from '#intake/loaders.ts'
import type { Profile } from '#intake/profile.ts'
import { checkStage, stageLines, trialErrors, type TrialError } from '#intake/stage.ts'
import type { FileStore } from '#runtime/file-store.ts'

export interface Trial {
  readonly lines: number
  readonly rejected: number
  /** The first of them. Values of protected columns are left out. */
  readonly errors: readonly TrialError[]
  /** Why the whole file could not be read; null when it could. */
  readonly refusal: { readonly code: string; readonly message: string } | null
}

class TrialDone extends Error {
  readonly trial: Trial
  constructor(trial: Trial) {
    super('the trial is over')
    this.trial = trial
  }
}

/**
 * 様式を試す: reads a received file by a layout that is not in force, as the intake would, and takes everything back. Throws
 * FILE-007 for an unknown file, SET-003 for one of another kind.
 */
export async function tryProfile(
  { db, store }: { readonly db: Database; readonly store: FileStore },
  profile: Profile,
  fileId: string,
): Promise<Trial> {
  const file = await readFile(db, fileId)
  if (file.kind !== profile.kind || file.direction !== 'in' || file.sha256 === null)
    throw new Fault('SET-003', { detail: '試すファイルは同じ種別の受け入れたファイルにしてください' })
  const loader = FILE_LOADERS.find(({ kind }) => kind === profile.kind)
  if (loader === undefined) throw new Fault('SET-004')
  const { sha256 } = file
  try {
    return await db.tx(async (tx: Tx): Promise<never> => {
      const lines = await stageLines(tx, store.read(sha256), profile, loader)
      await checkStage(tx, profile, loader)
      const { rejected, errors } = await trialErrors(tx, 50)
      throw new TrialDone({ lines, rejected, errors, refusal: null }) // nothing of it stays
    })
  } catch (error) {
    if (error instanceof TrialDone) return error.trial
    if (error instanceof Fault)
      return { lines: 0, rejected: 0, errors: [], refusal: { code: error.code, message: error.message } }
    throw error
  }
}
