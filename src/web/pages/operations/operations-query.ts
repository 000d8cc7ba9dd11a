import { queryOptions } from '@tanstack/react-query'
import type { Reply } from '#api/contract.ts'
import { api } from '../../lib/api.ts'
import { formatNumber } from '../../lib/numbers.ts'

export type OperationsView = Reply<'GET /api/operations'>

export const operationsQuery = queryOptions({
  queryKey: ['operations'],
  queryFn: () => api('GET /api/operations', {}),
  refetchInterval: 15_000, // the events of the server come sooner
})

const GIB = 1024 ** 3
const MIB = 1024 ** 2
/** 「12.3GB」「45MB」 */
export const sizeText = (bytes: number): string =>
  bytes >= GIB ? `${(bytes / GIB).toFixed(1)}GB` : `${formatNumber(Math.ceil(bytes / MIB))}MB`

const STEPS = [
  [86_400_000, '日'],
  [3_600_000, '時間'],
  [60_000, '分'],
] as const
/** 「3時間」「12秒」 */
export function spanText(ms: number): string {
  for (const [step, word] of STEPS) if (ms >= step) return `${formatNumber(Math.floor(ms / step))}${word}`
  return `${Math.floor(ms / 1000)}秒`
}
