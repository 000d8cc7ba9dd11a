import { auditVerify } from './audit.ts'
import { backup } from './backup.ts'
import { bundle } from './bundle.ts'
import { clockSet, clockShow } from './clock.ts'
import { databasePrepare } from './database-prepare.ts'
import { doctor } from './doctor.ts'
import { engineRebuild } from './engine-rebuild.ts'
import { engineReproject } from './engine-reproject.ts'
import { engineStatus } from './engine.ts'
import { importVerb } from './import.ts'
import { ledgerCheck } from './ledger.ts'
import { logs } from './logs.ts'
import { optionEnforce, optionList, optionPropose, optionRefuse } from './option.ts'
import { modelsDeploy } from './models-deploy.ts'
import { restore } from './restore.ts'
import { runCheck } from './run-check.ts'
import { runCancel, runShow, runStart } from './run.ts'
import { sampleLoad, sampleMake } from './sample.ts'
import { shisan } from './shisan.ts'
import { staffFirst } from './staff-first.ts'
import { taskClaim, taskComplete, taskList, taskShow } from './task.ts'
import { tokenVerb } from './token.ts'
import { userAdd, userApprove, userEnd, userGrant, userList, userStop } from './user.ts'
import type { Verb } from './verb.ts'
import { webBuild } from './web-build.ts'

/** Every command of `koki`, in the order of the help. */
export const VERBS: readonly Verb[] = [
  importVerb,
  sampleMake,
  sampleLoad,
  runStart,
  runShow,
  runCheck,
  runCancel,
  taskList,
  taskShow,
  taskClaim,
  taskComplete,
  optionList,
  optionPropose,
  optionEnforce,
  optionRefuse,
  userList,
  userAdd,
  userGrant,
  userApprove,
  userEnd,
  userStop,
  tokenVerb,
  staffFirst,
  shisan,
  ledgerCheck,
  auditVerify,
  backup,
  restore,
  bundle,
  databasePrepare,
  modelsDeploy,
  webBuild,
  engineStatus,
  engineReproject,
  engineRebuild,
  clockShow,
  clockSet,
  logs,
  doctor,
]
