import { useMutation } from '@tanstack/react-query'
import { api } from '../lib/api.ts'
import { Button } from '../ui/button.tsx'
import { ProblemNote } from '../ui/problem-note.tsx'

/** 再読み込みする: only when the server answers, for a browser that finds none shows nothing of ours any more. */
export function Reload() {
  const reload = useMutation({
    mutationFn: () => api('GET /api/status', {}),
    onSuccess: () => location.reload(),
  })
  return (
    <span className="row">
      <Button look="secondary" blocked={reload.isPending && '確かめています'} onClick={() => reload.mutate()}>
        再読み込みする
      </Button>
      {reload.error && <ProblemNote error={reload.error} />}
    </span>
  )
}
