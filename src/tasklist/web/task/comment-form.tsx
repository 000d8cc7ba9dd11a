import { useState } from 'react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api } from '#web/lib/api.ts'
import { Button } from '#web/ui/button.tsx'
import { Field } from '#web/ui/field.tsx'
import { ProblemNote } from '#web/ui/problem-note.tsx'

/** コメント: stands in the history for everybody who works on the task; it is never changed. */
export function CommentForm({ taskId }: { taskId: string }) {
  const client = useQueryClient()
  const [text, setText] = useState('')
  const write = useMutation({
    mutationFn: () =>
      api('POST /api/tasks/:taskId/comments', {
        params: { taskId },
        body: { text: text.trim() },
        idempotencyKey: crypto.randomUUID(),
      }),
    onSuccess: () => setText(''),
    onSettled: () => client.invalidateQueries({ queryKey: ['task', 'one', taskId] }),
  })
  const blocked = text.trim() === '' ? 'コメントを入れてください' : write.isPending && '送っています'
  return (
    <form
      className="panel stack"
      onSubmit={(event) => {
        event.preventDefault()
        if (blocked === false) write.mutate()
      }}
    >
      <Field label="コメント" hint="担当の人と、前に書いた人に知らせます。後から直せません。">
        {(links) => (
          <textarea
            {...links}
            className="inp"
            rows={2}
            maxLength={1000}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        )}
      </Field>
      {write.error && <ProblemNote error={write.error} />}
      <div>
        <Button type="submit" look="secondary" icon="talk" blocked={blocked}>
          コメントを書く
        </Button>
      </div>
    </form>
  )
}
