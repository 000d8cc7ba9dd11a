import { join } from 'node:path'
import { Type } from 'typebox'
import { describe, expect, it } from 'vitest'
import { checkCode } from '#tools/contract/check-code.ts'
import { checkTable } from '#tools/contract/check-table.ts'
import { readFlow } from '#tools/contract/read-flows.ts'
import { parseSteps, type StepRow } from '#tools/contract/step-rows.ts'
import type { ContractedStep } from '#tools/contract/step-facts-of.ts'

const folder = await readFlow(join(import.meta.dirname, '../../processes'), '0-1-juryo-kakunin')
const FORM = Type.Object({ decision: Type.Unsafe<'ok'>({ enum: ['ok'] }) })
const FORMS = { '0-1-juryo-kakunin/002-confirm-receipt': FORM }

/** The internal flow's table with one row changed. */
const withRow = (no: string, over: Partial<StepRow>) => ({
  ...folder,
  rows: folder.rows.map((row) => (row.no === no ? { ...row, ...over } : row)),
})

describe('the model against the table', () => {
  it.each([
    [
      'another name',
      '001',
      { name: '受領' },
      '0-1-juryo-kakunin/001-register-receipt: 「受領登録」 in the model, 「受領」 in steps.tsv',
    ],
    [
      'another kind',
      '001',
      { kind: '確認' },
      '0-1-juryo-kakunin/001-register-receipt: a service task for a step that is 確認',
    ],
    [
      'another lane',
      '002',
      { lane: '会計' },
      '0-1-juryo-kakunin/002-confirm-receipt: in the lane 後期高齢担当課, steps.tsv says 会計',
    ],
    [
      'another form title',
      '002',
      { name: '確認' },
      '0-1-juryo-kakunin/002-confirm-receipt: 「受領確認」 in the form, 「確認」 in steps.tsv',
    ],
    ['no task', '001', { slug: '001-other' }, '0-1-juryo-kakunin/001-other: 0 tasks in the model, one is meant'],
    [
      'a slug of another number',
      '001',
      { slug: '002-register' },
      '0-1-juryo-kakunin/002-register: the slug must begin with 001-',
    ],
  ])('%s is named', (_, no, over, message) => {
    expect(checkTable(withRow(no, over))).toContain(message)
  })

  it('a task that is no row is named', () => {
    const shorter = { ...folder, rows: folder.rows.filter((row) => row.no !== '001') }
    expect(checkTable(shorter)).toEqual([
      '0-1-juryo-kakunin: Step_001 (0-1-juryo-kakunin/001-register-receipt) is no row of steps.tsv',
    ])
  })
})

describe('the code against the table', () => {
  const first: ContractedStep = {
    id: '0-1-juryo-kakunin/001-register-receipt',
    officialName: '受領登録',
    shape: 'step',
    functions: [],
    input: Type.Object({}),
    output: Type.Object({}),
  }
  const second: ContractedStep = {
    ...first,
    id: '0-1-juryo-kakunin/002-confirm-receipt',
    officialName: '受領確認',
    shape: 'human',
    input: FORM,
  }

  it('steps that fit are in order', () => {
    expect(checkCode(folder, [first, second], FORMS)).toEqual([])
  })

  it.each<[string, readonly ContractedStep[], string]>([
    ['a missing step', [first], '0-1-juryo-kakunin/002-confirm-receipt: 0 steps in the code, one is meant'],
    [
      'a step twice',
      [first, first, second],
      '0-1-juryo-kakunin/001-register-receipt: 2 steps in the code, one is meant',
    ],
    [
      'a step of no row',
      [first, second, { ...first, id: '0-1-juryo-kakunin/003-more' }],
      '0-1-juryo-kakunin/003-more: no row of steps.tsv',
    ],
    [
      'another name',
      [{ ...first, officialName: '登録' }, second],
      '0-1-juryo-kakunin/001-register-receipt: 「登録」 in the code, 「受領登録」 in steps.tsv',
    ],
    [
      'another shape',
      [{ ...first, shape: 'human' }, second],
      '0-1-juryo-kakunin/001-register-receipt: the shape human for a step that is 自動',
    ],
    [
      'an unknown function',
      [{ ...first, functions: ['9.9.9'] }, second],
      '0-1-juryo-kakunin/001-register-receipt: function 9.9.9 is not in steps.tsv',
    ],
    [
      'another form',
      [first, { ...second, input: Type.Object({}) }],
      '0-1-juryo-kakunin/002-confirm-receipt: its input is not its form',
    ],
  ])('%s is named', (_, steps, message) => {
    expect(checkCode(folder, steps, FORMS)).toContain(message)
  })
})

it('a table with other columns or a torn line is refused', () => {
  expect(() => parseSteps('no\tname\n')).toThrow(
    'the table must have the columns no, kind, lane, name, slug, functions, evidence',
  )
  expect(() => parseSteps('no\tkind\tlane\tname\tslug\tfunctions\tevidence\n001\t自動\n')).toThrow(
    'line 2 of the table has 2 columns',
  )
})
