import { juryoKakunin } from './0-1-juryo-kakunin/index.ts'
import { tokusoku } from './5-2-tokusoku/index.ts'

/** The flows of this installation: an explicit list, nothing is discovered. */
export const FLOWS = [juryoKakunin, tokusoku] as const
