import { kiwariLoader } from '#ledger/load-kiwari.ts'
import { shunoLoader } from '#ledger/load-shuno.ts'
import { yuyoLoader } from '#ledger/load-yuyo.ts'
import { atenaLoader } from './load/atena.ts'
import { choikiLoader } from './load/choiki.ts'
import { henreiLoader } from './load/henrei.ts'
import { hihokenshaLoader } from './load/hihokensha.ts'
import { kozaLoader } from './load/koza.ts'
import { shukutaiLoader } from './load/shukutai.ts'
import { soufusakiLoader } from './load/soufusaki.ts'
import { tokusokuLoader } from './load/tokusoku.ts'
import { yokushiLoader } from './load/yokushi.ts'
import { furikaeLoader } from './load/zengin-furikae.ts'
import type { FileLoader } from './loader.ts'

/** Every kind of file the office takes in, in the order in which a first load goes. */
export const FILE_LOADERS: readonly FileLoader[] = [
  atenaLoader,
  hihokenshaLoader,
  soufusakiLoader,
  yokushiLoader,
  kozaLoader,
  kiwariLoader,
  shunoLoader,
  yuyoLoader,
  tokusokuLoader,
  choikiLoader,
  shukutaiLoader,
  henreiLoader,
  furikaeLoader,
]
