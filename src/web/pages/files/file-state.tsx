import type { Reply } from '#api/contract.ts'
import { formatNumber } from '../../lib/numbers.ts'
import { Badge } from '../../ui/badge.tsx'

export type FileInfo = Reply<'GET /api/files'>['items'][number]

/** 状態の札 of a file. */
export function FileState({ file }: { file: Pick<FileInfo, 'status' | 'rejected' | 'direction'> }) {
  const { status, rejected, direction } = file
  switch (status) {
    case 'received':
    case 'reading':
      return (
        <Badge tone="now" icon="wait">
          {status === 'received' ? '受け取った' : '読んでいます'}
        </Badge>
      )
    case 'refused':
      return (
        <Badge tone="late" icon="xc">
          拒否
        </Badge>
      )
    case 'accepted':
      return rejected ? (
        <Badge tone="warn" icon="alert">{`拒否 ${formatNumber(rejected)}行`}</Badge>
      ) : (
        <Badge tone="done" icon="checkc">
          {direction === 'out' ? '作成した' : '受け入れた'}
        </Badge>
      )
    default:
      return status satisfies never
  }
}
