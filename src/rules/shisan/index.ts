import type { Shisan } from './definition.ts'
import { getsuwari } from './getsuwari.ts'
import { heijunka } from './heijunka.ts'
import { hokenryo } from './hokenryo.ts'
import { honchoshu } from './honchoshu.ts'
import { karichoshu } from './karichoshu.ts'
import { kiwari } from './kiwari.ts'
import { nenkinShiharaibi } from './nenkin-shiharaibi.ts'
import { nokigen } from './nokigen.ts'
import { tokuchoHantei } from './tokucho-hantei.ts'
import { zantei } from './zantei.ts'

export type ShisanName = (typeof SHISAN)[number]['name']

/** 試算の一覧, in the order of the screen. */
export const SHISAN = [
  hokenryo,
  getsuwari,
  kiwari,
  nokigen,
  zantei,
  tokuchoHantei,
  karichoshu,
  honchoshu,
  heijunka,
  nenkinShiharaibi,
] as const satisfies readonly Shisan[]
