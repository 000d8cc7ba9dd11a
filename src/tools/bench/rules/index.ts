import { hokenryo } from './hokenryo.ts'
import { ido } from './ido.ts'
import type { RulesRow } from './row.ts'

/** 計算規則の速さで約束しているもの. */
export const BENCH_RULES: readonly RulesRow[] = [hokenryo, ido]
