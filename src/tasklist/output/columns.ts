import type { Static } from 'typebox'
import { Fault } from '#kernel/faults.ts'
import type { FlowDefinition } from '#runtime/flow.ts'
import type { WorksheetKind } from '#runtime/worksheet/kind.ts'
import type { WorksheetRow } from '../worksheet.schema.ts'

type Row = Static<typeof WorksheetRow>

/** A column that can be put out. The values are those of the screen, masked like there. */
export interface OutputColumn {
  readonly name: string
  readonly label: string
  value(row: Row): unknown
}

/** Every column of a list, in the order of the screen. */
export function outputColumns(flow: FlowDefinition, kind: WorksheetKind): readonly OutputColumn[] {
  const word = (code: string): string => flow.words?.reasons[code] ?? code
  return [
    { name: 'rowNo', label: '行', value: ({ rowNo }) => rowNo },
    { name: 'verdict', label: '判定', value: ({ verdict }) => verdict },
    {
      name: 'reason',
      label: '理由',
      value({ markReason, reason }) {
        const code = markReason ?? reason
        return code === null ? '' : `${code} ${word(code)}`
      },
    },
    { name: 'otherReasons', label: '他の理由', value: (row) => row.otherReasons.map(word).join('・') },
    {
      name: 'flags',
      label: '注意',
      value: (row) => row.flags.map((flag) => flow.words?.flags[flag] ?? flag).join('・'),
    },
    { name: 'insuredNo', label: '被保険者番号', value: ({ insuredNo }) => insuredNo },
    { name: 'kana', label: '氏名カナ', value: ({ personKana }) => personKana },
    { name: 'name', label: '氏名', value: ({ personName }) => personName },
    { name: 'fukaYear', label: '賦課年度', value: ({ key }) => key.fukaYear },
    { name: 'choteiYear', label: '調定年度', value: ({ key }) => key.choteiYear },
    { name: 'tsuchishoNo', label: '通知書番号', value: ({ key }) => key.tsuchishoNo },
    { name: 'period', label: '期別', value: ({ key }) => key.period },
    ...kind.columns.map(({ name, label }) => ({ name, label, value: ({ cells }: Row) => cells[name] })),
    { name: 'note', label: 'メモ', value: ({ note }) => note },
    { name: 'followUpOn', label: '再開日', value: ({ followUpOn }) => followUpOn },
    { name: 'markedBy', label: '判断者', value: ({ markedBy }) => markedBy },
  ]
}

/** The chosen columns (names with commas between) in their own order; all without a choice. Throws REQ-001. */
export function chosenColumns(all: readonly OutputColumn[], chosen: string | undefined): readonly OutputColumn[] {
  if (chosen === undefined || chosen === '') return all
  const names = new Set(chosen.split(','))
  for (const name of names)
    if (!all.some((column) => column.name === name))
      throw new Fault('REQ-001', { detail: `query/columns ${name} という列はありません。` })
  return all.filter(({ name }) => names.has(name))
}
