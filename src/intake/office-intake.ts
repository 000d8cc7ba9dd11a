import { join } from 'node:path'
import { openFileStore } from '#runtime/file-store.ts'
import { type Intake, type IntakeContext, openIntake } from './intake.ts'
import { FILE_LOADERS } from './loaders.ts'
import { loadProfiles } from './profiles.ts'

/**
 * The intake of an office: every kind of file, bytes in `files/` of the data folder, and the municipality's own layouts in
 * `profiles/` there. Throws FILE-010 when one of these cannot be used.
 */
export function openOfficeIntake(
  office: Pick<IntakeContext, 'db' | 'clock' | 'log'> & { readonly dataFolder: string },
): { readonly intake: Intake } & Pick<IntakeContext, 'profiles' | 'store'> {
  const { db, clock, log } = office
  const store = openFileStore(join(office.dataFolder, 'files'))
  const profiles = loadProfiles(join(office.dataFolder, 'profiles'))
  return { intake: openIntake({ db, clock, log, store, profiles, loaders: FILE_LOADERS }), store, profiles }
}
