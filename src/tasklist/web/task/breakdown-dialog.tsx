import { useQuery } from '@tanstack/react-query'
import type { Body } from '#api/contract.ts'
import { parsePlainDate } from '#kernel/plain-date.ts'
import { formatWarekiShort } from '#rules/calendar/wareki.ts'
import { api } from '#web/lib/api.ts'
import { formatNumber } from '#web/lib/numbers.ts'
import { Button } from '#web/ui/button.tsx'
import { Dialog } from '#web/ui/dialog.tsx'
import { ProblemNote } from '#web/ui/problem-note.tsx'

interface BreakdownDialogProps {
  readonly taskId: string
  readonly filter: NonNullable<Body<'POST /api/tasks/:taskId/worksheet/breakdown'>['filter']>
  readonly counter: string
  readonly onClose: () => void
}

const words = (label: string): string => {
  const day = parsePlainDate(label)
  return day === null ? label : formatWarekiShort(day)
}

/** 内訳 of what the filter shows: 判定と理由, 納期限, 金融機関, each with 件数, 人数, 未納額 and 手数料. */
export function BreakdownDialog({ taskId, filter, counter, onClose }: BreakdownDialogProps) {
  const { data, error } = useQuery({
    queryKey: ['task', taskId, 'breakdown', filter],
    queryFn: () => api('POST /api/tasks/:taskId/worksheet/breakdown', { params: { taskId }, body: { filter } }),
  })
  return (
    <Dialog title="内訳" onClose={onClose}>
      {error && <ProblemNote error={error} />}
      {!data && !error && <p role="status">数えています</p>}
      <p className="sub">一覧に表示中の行を、除外も含めて数えます。対象だけを数えるには「対象」で絞り込みます。</p>
      {data?.items.map(({ name, label, lines }) => (
        <table key={name} className="grid">
          <thead>
            <tr>
              <th scope="col">{label}</th>
              <th scope="col" className="n">
                {counter}数
              </th>
              <th scope="col" className="n">
                人数
              </th>
              <th scope="col" className="n">
                未納額
              </th>
              <th scope="col" className="n">
                手数料
              </th>
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <tr key={line.label}>
                <td>{words(line.label)}</td>
                <td className="n">{formatNumber(line.count)}</td>
                <td className="n">{formatNumber(line.people)}</td>
                <td className="n">{formatNumber(line.sums['unpaidYen'] ?? 0)}</td>
                <td className="n">{formatNumber(line.sums['feeYen'] ?? 0)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ))}
      <div className="foot">
        <Button look="secondary" onClick={onClose}>
          閉じる
        </Button>
      </div>
    </Dialog>
  )
}
