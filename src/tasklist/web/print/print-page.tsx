import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useParams, useSearch } from '@tanstack/react-router'
import { api } from '#web/lib/api.ts'
import { askedOnce } from '#web/lib/asked-once.ts'
import { formatNumber } from '#web/lib/numbers.ts'
import { PaperPage } from '#web/ui/paper-page.tsx'
import { sheetTextKey } from '../task/sheet-query.ts'
import { PrintSheet } from './print-sheet.tsx'

/** 印刷の確認: the list as it will stand on A4. Opening it takes the list out of the house, so it is recorded. */
export function PrintPage() {
  const { taskId } = useParams({ from: '/shell/tasks/$taskId/print' })
  const { filter = {}, sort } = useSearch({ from: '/shell/tasks/$taskId/print' })
  const text = useQueryClient().getQueryData<string>(sheetTextKey(taskId)) ?? ''
  const asked = {
    filter: {
      ...Object.fromEntries(Object.entries(filter).map(([name, values]) => [name, [...values]])),
      ...(text === '' ? {} : { text }),
    },
    ...(sort ? { sort } : {}),
  }
  const task = useQuery({
    queryKey: ['task', 'one', taskId],
    queryFn: () => api('GET /api/tasks/:taskId', { params: { taskId } }),
  })
  const list = useQuery({
    queryKey: ['print', taskId, asked],
    queryFn: () => api('POST /api/tasks/:taskId/worksheet/print', { params: { taskId }, body: asked }),
    ...askedOnce,
  })
  const sheet = task.data?.worksheet
  const error = task.error ?? list.error
  return (
    <PaperPage
      title="印刷の確認"
      size={list.data && <span role="status">A4 横 {formatNumber(list.data.totals.count)}件</span>}
      recorded="この一覧を出したことは記録に残りました"
      back={
        <Link
          className="btn sec"
          to="/tasks/$taskId"
          params={{ taskId }}
          search={{ ...(Object.keys(filter).length > 0 ? { filter } : {}), ...(sort ? { sort } : {}) }}
        >
          戻る
        </Link>
      }
      blocked={!list.data && '一覧を読んでいます'}
      error={error}
    >
      {list.data && sheet && <PrintSheet list={list.data} sheet={sheet} name={task.data?.task.name ?? ''} />}
    </PaperPage>
  )
}
