import { clockSet, clockShow } from './clock.ts'
import { doctor } from './doctor.ts'
import { importVerb } from './import.ts'
import { ledgerCheck } from './ledger.ts'
import { sampleLoad, sampleMake } from './sample.ts'
import type { Verb } from './verb.ts'

/** Every command of `koki`, in the order of the help. */
export const VERBS: readonly Verb[] = [importVerb, sampleMake, sampleLoad, ledgerCheck, clockShow, clockSet, doctor]
