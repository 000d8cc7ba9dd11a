import type { Verb } from './verb.ts'

/**
 * Where the commands stand, in the order of the help, by the first word of their names. A file is loaded when it is asked
 * for: `koki shisan` is called once a figure and needs neither the database nor the engine.
 */
const LOADERS: Readonly<Record<string, () => Promise<readonly Verb[]>>> = {
  import: async () => [(await import('./import.ts')).importVerb],
  sample: async () => {
    const { sampleMake, sampleLoad } = await import('./sample.ts')
    return [sampleMake, sampleLoad]
  },
  run: async () => {
    const [{ runStart, runShow, runCancel }, { runCheck }] = await Promise.all([
      import('./run.ts'),
      import('./run-check.ts'),
    ])
    return [runStart, runShow, runCheck, runCancel]
  },
  task: async () => {
    const { taskList, taskShow, taskClaim, taskComplete } = await import('./task.ts')
    return [taskList, taskShow, taskClaim, taskComplete]
  },
  option: async () => {
    const { optionList, optionPropose, optionEnforce, optionRefuse } = await import('./option.ts')
    return [optionList, optionPropose, optionEnforce, optionRefuse]
  },
  user: async () => {
    const { userList, userAdd, userGrant, userApprove, userEnd, userStop } = await import('./user.ts')
    return [userList, userAdd, userGrant, userApprove, userEnd, userStop]
  },
  token: async () => [(await import('./token.ts')).tokenVerb],
  staff: async () => [(await import('./staff-first.ts')).staffFirst],
  shisan: async () => [(await import('./shisan.ts')).shisan],
  ledger: async () => [(await import('./ledger.ts')).ledgerCheck],
  audit: async () => [(await import('./audit.ts')).auditVerify],
  backup: async () => [(await import('./backup.ts')).backup],
  restore: async () => [(await import('./restore.ts')).restore],
  bundle: async () => [(await import('./bundle.ts')).bundle],
  database: async () => [(await import('./database-prepare.ts')).databasePrepare],
  models: async () => [(await import('./models-deploy.ts')).modelsDeploy],
  web: async () => [(await import('./web-build.ts')).webBuild],
  engine: async () => {
    const [{ engineStatus }, { engineReproject }, { engineRebuild }] = await Promise.all([
      import('./engine.ts'),
      import('./engine-reproject.ts'),
      import('./engine-rebuild.ts'),
    ])
    return [engineStatus, engineReproject, engineRebuild]
  },
  clock: async () => {
    const { clockShow, clockSet } = await import('./clock.ts')
    return [clockShow, clockSet]
  },
  logs: async () => [(await import('./logs.ts')).logs],
  doctor: async () => [(await import('./doctor.ts')).doctor],
}

/** The commands whose names begin with the word; none for a word that nobody knows. */
export const verbsBeginningWith = async (word: string): Promise<readonly Verb[]> =>
  Object.hasOwn(LOADERS, word) ? ((await LOADERS[word]?.()) ?? []) : []

/** Every command of `koki`, in the order of the help. */
export const allVerbs = async (): Promise<readonly Verb[]> =>
  (await Promise.all(Object.values(LOADERS).map((load) => load()))).flat()
