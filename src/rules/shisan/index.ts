import { checkDigit } from './check-digit.ts'
import type { Shisan } from './definition.ts'
import { entaikin } from './entaikin.ts'
import { getsuwari } from './getsuwari.ts'
import { heijunka } from './heijunka.ts'
import { hokenryo } from './hokenryo.ts'
import { honchoshu } from './honchoshu.ts'
import { jiko } from './jiko.ts'
import { kanpuKasankin } from './kanpu-kasankin.ts'
import { ido } from './ido.ts'
import { kakutei } from './kakutei.ts'
import { karichoshu } from './karichoshu.ts'
import { kijitsu } from './kijitsu.ts'
import { kikanSeigen } from './kikan-seigen.ts'
import { kiwari } from './kiwari.ts'
import { nenkinShiharaibi } from './nenkin-shiharaibi.ts'
import { nokigen } from './nokigen.ts'
import { tokuchoHantei } from './tokucho-hantei.ts'
import { wareki } from './wareki.ts'
import { zantei } from './zantei.ts'
import { zenginKana } from './zengin-kana.ts'

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
  kakutei,
  ido,
  kikanSeigen,
  nenkinShiharaibi,
  entaikin,
  kanpuKasankin,
  jiko,
  kijitsu,
  wareki,
  checkDigit,
  zenginKana,
] as const satisfies readonly Shisan[]
