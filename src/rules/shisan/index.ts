import type { Shisan } from './definition.ts'
import { getsuwari } from './getsuwari.ts'
import { kiwari } from './kiwari.ts'
import { nokigen } from './nokigen.ts'
import { zantei } from './zantei.ts'

export type ShisanName = (typeof SHISAN)[number]['name']

/** 試算の一覧, in the order of the screen. */
export const SHISAN = [getsuwari, kiwari, nokigen, zantei] as const satisfies readonly Shisan[]
