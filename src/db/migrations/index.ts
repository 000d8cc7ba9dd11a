import { engineAndRuntime } from './m0001-engine-and-runtime.ts'
import { accessAndAudit } from './m0002-access-and-audit.ts'
import { filesAndPeople } from './m0003-files-and-people.ts'
import { ledger } from './m0004-ledger.ts'
import { tokusoku } from './m0005-tokusoku.ts'
import { grants } from './m0006-grants.ts'
import { trace } from './m0007-trace.ts'
import { fileControlSum } from './m0008-file-control-sum.ts'
import { auditSubjects } from './m0009-audit-subjects.ts'
import { searchIndexes } from './m0010-search-indexes.ts'
import { freshStatistics } from './m0011-fresh-statistics.ts'
import { twoPersons } from './m0012-two-persons.ts'
import { returnedLetters } from './m0020-returned-letters.ts'
import { bankDebits } from './m0021-bank-debits.ts'
import { noticeMaterial } from './m0024-notice-material.ts'
import { printSpellings } from './m0025-print-spellings.ts'
import { taskList } from './m0026-task-list.ts'
import { taskCompany } from './m0027-task-company.ts'
import { staffAndDeputies } from './m0028-staff-and-deputies.ts'
import { settings } from './m0029-settings.ts'
import { sheetPacks } from './m0030-sheet-packs.ts'
import { sheetViews } from './m0031-sheet-views.ts'
import { operations } from './m0032-operations.ts'
import { engineRebuild } from './m0034-engine-rebuild.ts'
import { heartbeatByPartition } from './m0035-heartbeat-by-partition.ts'
import { nothingIsDeleted } from './m0036-nothing-is-deleted.ts'
import { taskAttachments } from './m0037-task-attachments.ts'
import { checkRowsByNotice } from './m0039-check-rows-by-notice.ts'
import { linesOfALetter } from './m0040-lines-of-a-letter.ts'
import { taskListAlone } from './m0041-task-list-alone.ts'
import { presenceInOrder } from './m0042-presence-in-order.ts'
import { draftBy } from './m0043-draft-by.ts'

/** Every migration in the order in which it runs. */
export const MIGRATIONS = [
  engineAndRuntime,
  accessAndAudit,
  filesAndPeople,
  ledger,
  tokusoku,
  grants,
  trace,
  fileControlSum,
  auditSubjects,
  searchIndexes,
  freshStatistics,
  twoPersons,
  returnedLetters,
  bankDebits,
  noticeMaterial,
  printSpellings,
  taskList,
  taskCompany,
  staffAndDeputies,
  settings,
  sheetPacks,
  sheetViews,
  operations,
  engineRebuild,
  heartbeatByPartition,
  nothingIsDeleted,
  taskAttachments,
  checkRowsByNotice,
  linesOfALetter,
  taskListAlone,
  presenceInOrder,
  draftBy,
] as const
