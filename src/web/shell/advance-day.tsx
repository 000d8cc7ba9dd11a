import { useState } from 'react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { addDays, type PlainDate } from '#kernel/plain-date.ts'
import { api } from '../lib/api.ts'
import { warekiDay } from '../lib/dates.ts'
import { Button } from '../ui/button.tsx'
import { DateField } from '../ui/date-field.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { ProblemNote } from '../ui/problem-note.tsx'

/** 日を進める: the sample municipality has its own day; a person moves it forward, never back. */
export function AdvanceDay({ today, onClose }: { today: PlainDate; onClose: () => void }) {
  const [day, setDay] = useState<PlainDate | null>(addDays(today, 1))
  const client = useQueryClient()
  const advance = useMutation({
    mutationFn: (date: PlainDate) => api('POST /api/clock', { body: { date } }),
    onSuccess: async () => {
      await client.invalidateQueries()
      onClose()
    },
  })
  const isLater = day !== null && day > today
  return (
    <Dialog title="見本の日付を進める" onClose={onClose}>
      <p>いまは {warekiDay(today)} です。期限、基準日を待つ処理、発送日の確かめは、この日付で動きます。</p>
      <DateField
        label="進めた後の日付"
        isRequired
        value={day}
        onChange={setDay}
        hint="戻すことはできません。進めたことは記録に残ります。"
      />
      {advance.error && <ProblemNote error={advance.error} />}
      <div className="foot">
        <Button look="secondary" onClick={onClose}>
          やめる
        </Button>
        <Button
          look="primary"
          blocked={isLater ? advance.isPending && '進めています' : 'いまより後の日を入れてください'}
          onClick={() => day !== null && advance.mutate(day)}
        >
          {isLater ? `${warekiDay(day)}に進める` : '日を進める'}
        </Button>
      </div>
    </Dialog>
  )
}
