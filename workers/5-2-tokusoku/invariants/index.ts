import type { RunInvariant } from '#runtime/check-run.ts'
import { everyInstalmentOnce } from './01-every-instalment-once.ts'
import { oneTokusokuEach } from './02-one-tokusoku-each.ts'
import { lettersAndHistory } from './03-letters-and-history.ts'
import { nothingUndecided } from './04-nothing-undecided.ts'
import { neverDunned } from './05-never-dunned.ts'
import { printedIsOwed } from './06-printed-is-owed.ts'
import { deadlineIsLawful } from './07-deadline-is-lawful.ts'
import { anotherPersonReleased } from './08-another-person-released.ts'
import { feesAndHistory } from './09-fees-and-history.ts'
import { noProtectedInBulk } from './10-no-protected-in-bulk.ts'
import { printFilesInOrder } from './11-print-files-in-order.ts'
import { fileIsItsList } from './12-file-is-its-list.ts'
import { principalUntouched } from './13-principal-untouched.ts'
import { everythingIsJournalled } from './14-everything-is-journalled.ts'

/** 検算 of 督促: the fourteen invariants of sheet 5.2 §7, in its numbers. */
export const tokusokuInvariants: readonly RunInvariant[] = [
  everyInstalmentOnce,
  oneTokusokuEach,
  lettersAndHistory,
  nothingUndecided,
  neverDunned,
  printedIsOwed,
  deadlineIsLawful,
  anotherPersonReleased,
  feesAndHistory,
  noProtectedInBulk,
  printFilesInOrder,
  fileIsItsList,
  principalUntouched,
  everythingIsJournalled,
]
