import { clockSet, clockShow } from './clock.ts'
import { doctor } from './doctor.ts'
import type { Verb } from './verb.ts'

/** Every command of `koki`, in the order of the help. */
export const VERBS: readonly Verb[] = [clockShow, clockSet, doctor]
