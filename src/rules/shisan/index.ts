import type { Shisan } from './definition.ts'
import { kiwari } from './kiwari.ts'

/** 試算の一覧, in the order of the screen. */
export const SHISAN = [kiwari] as const satisfies readonly Shisan[]
