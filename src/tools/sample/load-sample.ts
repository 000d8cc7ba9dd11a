import { createReadStream, existsSync } from 'node:fs'
import { basename, join } from 'node:path'
import { Fault } from '#kernel/faults.ts'
import { appendEvent } from '#audit/append.ts'
import { SYSTEM } from '#audit/events.ts'
import { readFile, type FileView } from '#intake/files.ts'
import { openIntake, type Intake, type IntakeContext } from '#intake/intake.ts'
import { FILE_LOADERS } from '#intake/loaders.ts'
import { loadProfiles } from '#intake/profiles.ts'
import { makeSample, type SampleRequest } from './make-sample.ts'
import { FURIKAE_FILE } from './furikae-file.ts'
import { SAMPLE_KINDS } from './rows.ts'
import { writeSampleSettings } from './settings.ts'

/** Takes one file in from a path and waits for its end. */
export async function importPath(
  context: Pick<IntakeContext, 'db'>,
  intake: Intake,
  kind: string,
  path: string,
): Promise<FileView> {
  const fileId = await intake.receiveFile(createReadStream(path), kind, basename(path), SYSTEM)
  await intake.processFile(fileId)
  return readFile(context.db, fileId)
}

/**
 * 見本を取り込む: the files of a sample's folder in their order; the latest week stays out. A file with any bad line, or refused,
 * stops it with SAMPLE-001.
 */
export async function loadSampleFolder(
  context: Pick<IntakeContext, 'db'>,
  intake: Intake,
  folder: string,
  note: (kind: string, lines: bigint) => void = () => undefined,
): Promise<void> {
  const paths = [
    ...SAMPLE_KINDS.map((kind) => [kind, `${kind}.csv`] as const),
    ['zengin-furikae', FURIKAE_FILE] as const,
  ]
  for (const [kind, name] of paths) {
    const path = join(folder, name)
    if (!existsSync(path)) continue
    const file = await importPath(context, intake, kind, path)
    if (file.status !== 'accepted' || file.rejected !== 0n)
      throw new Fault('SAMPLE-001', { file: basename(path), why: file.refusalMessage ?? `${file.rejected}行に誤り` })
    note(kind, file.accepted ?? 0n)
  }
}

export type SampleContext = Omit<IntakeContext, 'profiles' | 'loaders'>

/** 見本の自治体 for a first start: settings, options and people. `folder` keeps the files, with the week for the newcomer. */
export async function loadSample(
  context: SampleContext,
  folder: string,
  request: SampleRequest,
  note?: (kind: string, lines: bigint) => void,
): Promise<void> {
  const profiles = loadProfiles() // the sample's files are written by the shipped profiles
  await makeSample(folder, request, profiles)
  const { db, clock } = context
  await db.tx((tx) => writeSampleSettings(tx, clock))
  await loadSampleFolder(context, openIntake({ ...context, profiles, loaders: FILE_LOADERS }), folder, note)
  await db.tx(async (tx) => {
    const payload = { insured: request.insured, seed: request.seed }
    await appendEvent(tx, { at: clock.now(), actor: SYSTEM, kind: 'sample-loaded', payload })
  })
}
