import { useIsMutating } from '@tanstack/react-query'

const keyOf = (taskId: string, kind: 'draft' | 'change' | 'end') => ({ mutationKey: ['task', taskId, kind] }) as const

/**
 * 下書き, and what ends one's hold on the task (完了, 一人目・二人目の確認, 担当する, 手放す), are sent one after the other in the
 * order they were made: a draft on its way is through before the decision goes, and none is behind it.
 */
export const inTurn = (taskId: string, kind: 'draft' | 'end') => ({
  ...keyOf(taskId, kind),
  scope: { id: `task ${taskId}` },
})

/** What a decision may not overtake: marks, proposals, pins, letters made alone, the list made anew, 添付. */
export const changing = (taskId: string) => keyOf(taskId, 'change')

/** What ends one's hold and is on its way. */
export const ending = (taskId: string) => keyOf(taskId, 'end')

/** Something is on its way that the answer to a decision's question has to wait for, until the screen has read what became of it. */
export function useIsBusy(taskId: string): boolean {
  const changes = useIsMutating(changing(taskId))
  const ends = useIsMutating(ending(taskId))
  return changes + ends > 0
}
