import { useState } from 'react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api } from '#web/lib/api.ts'
import { useMe } from '#web/lib/session.ts'
import { Button } from '#web/ui/button.tsx'
import { Dialog } from '#web/ui/dialog.tsx'
import { SelectField, TextField } from '#web/ui/field.tsx'
import { ProblemNote } from '#web/ui/problem-note.tsx'
import { choicesQuery, conditionsOf, savedViewsQuery, type ColumnKey, type ListSearch } from './task-query.ts'

interface Props {
  readonly search: ListSearch
  readonly columns: readonly ColumnKey[]
  readonly onClose: () => void
}

/** 今の条件を保存する: for oneself, and as 係長 for one's 係. A name that is there already takes the new conditions. */
export function SaveViewDialog({ search, columns, onClose }: Props) {
  const me = useMe()
  const client = useQueryClient()
  const { data: choices } = useQuery(choicesQuery)
  const { data: saved } = useQuery(savedViewsQuery)
  const [name, setName] = useState('')
  const [unitId, setUnitId] = useState('')
  const isLead = me.roles.some(({ role }) => role === 'kakaricho')
  const same = saved?.items.find((one) => one.name === name.trim() && (one.unit?.unitId ?? '') === unitId)
  const mine = saved?.items.filter(({ mayChange }) => mayChange) ?? []
  const settled = {
    onSuccess: onClose,
    onSettled: () => client.invalidateQueries({ queryKey: savedViewsQuery.queryKey }),
  }
  const save = useMutation({
    mutationFn: () => {
      const { sort } = search
      const body = {
        name: name.trim(),
        filter: { ...conditionsOf(search), ...(sort ? { sort } : {}) },
        columns: [...columns],
        ...(unitId === '' ? {} : { unitId }),
      }
      return same
        ? api('PUT /api/tasks/views/:viewId', { params: { viewId: same.viewId }, body })
        : api('POST /api/tasks/views', { body })
    },
    ...settled,
  })
  const remove = useMutation({
    mutationFn: (viewId: string) => api('POST /api/tasks/views/:viewId/remove', { params: { viewId } }),
    ...settled,
  })
  const problem = save.error ?? remove.error
  const blocked = name.trim() === '' && '名前を入れてください'
  return (
    <Dialog title="今の条件を保存する" onClose={onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          if (blocked === false) save.mutate()
        }}
      >
        <TextField
          label="名前"
          isRequired
          value={name}
          onChange={setName}
          maxLength={30}
          hint="条件、並べ方、列が残ります。人の名前や番号は入れないでください。"
        />
        {isLead && (
          <SelectField
            label="だれが使うか"
            value={unitId}
            onChange={setUnitId}
            options={[
              { value: '', label: '自分だけ' },
              ...(choices?.units ?? [])
                .filter(({ isMine }) => isMine)
                .map((unit) => ({ value: unit.unitId, label: `${unit.name}の全員` })),
            ]}
          />
        )}
        {problem && <ProblemNote error={problem} />}
        <div className="foot">
          <Button look="secondary" onClick={onClose}>
            やめる
          </Button>
          <Button type="submit" look="primary" blocked={blocked}>
            {same ? '同じ名前の表示を置き換える' : '保存する'}
          </Button>
        </div>
        {mine.length > 0 && (
          <fieldset>
            <legend>保存した表示</legend>
            <ul>
              {mine.map((one) => (
                <li key={one.viewId} className="row">
                  <span className="grow">
                    {one.name}
                    {one.unit && <span className="sub"> {one.unit.name}</span>}
                  </span>
                  <Button look="plain" onClick={() => remove.mutate(one.viewId)}>
                    「{one.name}」をやめる
                  </Button>
                </li>
              ))}
            </ul>
          </fieldset>
        )}
      </form>
    </Dialog>
  )
}
