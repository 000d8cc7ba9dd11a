import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { plainDateOf } from '#kernel/plain-date.ts'
import { formatWarekiFiscalYear } from '#rules/calendar/wareki.ts'
import { warekiText } from '#web/lib/dates.ts'
import { formatNumber } from '#web/lib/numbers.ts'
import { Button } from '#web/ui/button.tsx'
import { ConditionChip } from '#web/ui/chip.tsx'
import { DateField } from '#web/ui/date-field.tsx'
import { Dialog } from '#web/ui/dialog.tsx'
import { SelectField, TextField } from '#web/ui/field.tsx'
import {
  choicesQuery,
  conditionsOf,
  defined,
  STATUSES,
  taskCountsQuery,
  URGENCIES,
  VIEWS,
  type Choices,
  type Conditions,
  type ListSearch,
} from './task-query.ts'

interface Props {
  readonly search: ListSearch
  readonly onSearch: (search: ListSearch) => void
}

/** 条件: each in force as a chip that can be taken away; further ones in one form. */
export function ConditionChips({ search, onSearch }: Props) {
  const { data: choices } = useQuery(choicesQuery)
  const { data: counts } = useQuery(taskCountsQuery)
  const words = wordsOf(search, choices, (flow) => counts?.flows.find((one) => one.flow === flow)?.name ?? flow)
  const without = (names: readonly (keyof Conditions)[]) => {
    const { page: _, at: __, ...kept } = search
    onSearch(defined({ ...kept, ...Object.fromEntries(names.map((name) => [name, undefined])) }))
  }
  return (
    <>
      {words.map(([names, word]) => (
        <ConditionChip key={word} onRemove={() => without(names)}>
          {word}
        </ConditionChip>
      ))}
    </>
  )
}

type Word = readonly [readonly (keyof Conditions)[], string]
function wordsOf(search: ListSearch, choices: Choices | undefined, flowName: (flow: string) => string): Word[] {
  const { view, status, urgency, flow, assignee, unit, runNumber, fiscalYear, levyDueOn } = search
  const person = choices?.people.find(({ login }) => login === assignee)?.name
  const span = (from: string | undefined, to: string | undefined): string => `${from ?? ''}から${to ?? ''}`
  const yen = (value: number | undefined): string | undefined =>
    value === undefined ? undefined : `${formatNumber(value)}円`
  const all: readonly (readonly [readonly (keyof Conditions)[], string | undefined])[] = [
    [['view'], view && view !== 'all' ? VIEWS[view] : undefined],
    [['status'], status && STATUSES[status]],
    [['urgency'], urgency && urgency !== 'none' ? URGENCIES[urgency] : undefined],
    [['flow'], flow && flowName(flow)],
    [
      ['assignee'],
      assignee && (assignee === 'none' ? '担当 未定' : assignee === 'me' ? '担当 自分' : `担当 ${person ?? assignee}`),
    ],
    [['unit'], unit && (choices?.units.find(({ unitId }) => unitId === unit)?.name ?? '係')],
    [['runNumber'], runNumber && `処理番号 ${runNumber}`],
    [['fiscalYear'], fiscalYear === undefined ? undefined : formatWarekiFiscalYear(fiscalYear)],
    [['levyDueOn'], levyDueOn && `納期限 ${warekiText(levyDueOn)}`],
    [
      ['dueFrom', 'dueTo'],
      search.dueFrom || search.dueTo
        ? `期限 ${span(search.dueFrom && warekiText(search.dueFrom), search.dueTo && warekiText(search.dueTo))}`
        : undefined,
    ],
    [
      ['yenFrom', 'yenTo'],
      search.yenFrom !== undefined || search.yenTo !== undefined
        ? `金額 ${span(yen(search.yenFrom), yen(search.yenTo))}`
        : undefined,
    ],
  ]
  return all.flatMap(([names, word]) => (word === undefined || word === '' ? [] : [[names, word] as const]))
}

/** 条件を決める: the business fields of a task. */
export function ConditionDialog({ search, onSearch, onClose }: Props & { readonly onClose: () => void }) {
  const { data: choices } = useQuery(choicesQuery)
  const { data: counts } = useQuery(taskCountsQuery)
  const [draft, setDraft] = useState<Conditions>(conditionsOf(search))
  const [yen, setYen] = useState({ from: numberText(draft.yenFrom), to: numberText(draft.yenTo) })
  const set = (part: { readonly [K in keyof Conditions]?: Conditions[K] | undefined }) =>
    setDraft((now) => defined({ ...now, ...part }))
  const wrong = [yen.from, yen.to].some((text) => text.trim() !== '' && yenOf(text) === undefined)
  const apply = () => {
    const { sort, columns } = search
    onSearch(defined({ ...draft, yenFrom: yenOf(yen.from), yenTo: yenOf(yen.to), sort, columns }))
    onClose()
  }
  const any = { value: '', label: 'すべて' }
  return (
    <Dialog title="条件を決める" onClose={onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          if (!wrong) apply()
        }}
      >
        <div className="pair">
          <SelectField
            label="業務フロー"
            value={draft.flow ?? ''}
            onChange={(flow) => set({ flow: flow || undefined })}
            options={[any, ...(counts?.flows ?? []).map(({ flow, name }) => ({ value: flow, label: name }))]}
          />
          <TextField
            label="処理番号"
            value={draft.runNumber ?? ''}
            onChange={(runNumber) => set({ runNumber: runNumber || undefined })}
            maxLength={20}
            hint="始めの数字だけでも探せます(例 R8-52)"
          />
          <SelectField
            label="担当"
            value={draft.assignee ?? ''}
            onChange={(assignee) => set({ assignee: assignee || undefined })}
            options={[
              any,
              { value: 'none', label: '未定' },
              { value: 'me', label: '自分' },
              ...(choices?.people ?? []).map(({ login, name }) => ({ value: login, label: name })),
            ]}
          />
          <SelectField
            label="担当する人の係"
            value={draft.unit ?? ''}
            onChange={(unit) => set({ unit: unit || undefined })}
            options={[
              any,
              ...(choices?.units ?? []).map(({ unitId, name, openTasks }) => ({
                value: unitId,
                label: `${name} ${formatNumber(openTasks)}件`,
              })),
            ]}
          />
          <SelectField
            label="年度"
            value={draft.fiscalYear === undefined ? '' : String(draft.fiscalYear)}
            onChange={(year) => set({ fiscalYear: year === '' ? undefined : Number(year) })}
            options={[
              any,
              ...(choices?.fiscalYears ?? []).map((year) => ({
                value: `${year}`,
                label: formatWarekiFiscalYear(year),
              })),
            ]}
          />
          <SelectField
            label="納期限"
            value={draft.levyDueOn ?? ''}
            onChange={(levyDueOn) => set({ levyDueOn: levyDueOn || undefined })}
            options={[any, ...(choices?.levyDueOns ?? []).map((day) => ({ value: day, label: warekiText(day) }))]}
          />
          <DateField
            label="期限(この日から)"
            value={draft.dueFrom === undefined ? null : plainDateOf(draft.dueFrom)}
            onChange={(dueFrom) => set({ dueFrom: dueFrom ?? undefined })}
          />
          <DateField
            label="期限(この日まで)"
            value={draft.dueTo === undefined ? null : plainDateOf(draft.dueTo)}
            onChange={(dueTo) => set({ dueTo: dueTo ?? undefined })}
          />
          <TextField
            label="金額(この額から)"
            value={yen.from}
            onChange={(from) => setYen((now) => ({ ...now, from }))}
            maxLength={15}
            hint="円"
            error={yen.from.trim() !== '' && yenOf(yen.from) === undefined ? '金額を数字で入れてください。' : undefined}
          />
          <TextField
            label="金額(この額まで)"
            value={yen.to}
            onChange={(to) => setYen((now) => ({ ...now, to }))}
            maxLength={15}
            hint="円"
            error={yen.to.trim() !== '' && yenOf(yen.to) === undefined ? '金額を数字で入れてください。' : undefined}
          />
        </div>
        <div className="foot">
          <Button look="secondary" onClick={onClose}>
            やめる
          </Button>
          <Button type="submit" look="primary" blocked={wrong && '金額を数字で入れてください'}>
            この条件で見る
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

const numberText = (value: number | undefined): string => (value === undefined ? '' : formatNumber(value))
/** Full width and separators are taken; anything else is no amount. */
function yenOf(text: string): number | undefined {
  const digits = text.normalize('NFKC').replaceAll(/[,円\s]/g, '')
  return /^\d{1,12}$/.test(digits) ? Number(digits) : undefined
}
