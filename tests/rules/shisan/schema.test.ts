import { ok } from '#kernel/result.ts'
import { defineShisan, refuse } from '#rules/shisan/definition.ts'
import {
  choice,
  date,
  fiscalYear,
  flag,
  integer,
  list,
  month,
  percent,
  record,
  text,
  fillDefaults,
  withDefault,
  yen,
} from '#rules/shisan/schema.ts'
import { describe, expect, it } from 'vitest'

const person = record(
  '人',
  { age: integer('年齢', '歳', { minimum: 0, maximum: 130 }) },
  { isHead: withDefault(flag('世帯主'), false) },
)
const input = record(
  '入力',
  { year: fiscalYear(), people: list('世帯員', person, { minItems: 1, maxItems: 9 }) },
  {
    method: withDefault(choice('方式', ['A', ['B', '方式B']]), 'B'),
    month: month('開始月'),
    dueOn: date('納期限'),
    name: text('名称', { maxLength: 20 }),
    rate: percent('率'),
    amountYen: yen('金額', { maximum: 100 }),
  },
)

describe('pieces of a schema', () => {
  it('make closed JSON Schema with titles, units, limits and labels', () => {
    expect(JSON.parse(JSON.stringify(input))).toMatchObject({
      type: 'object',
      additionalProperties: false,
      required: ['year', 'people'],
      properties: {
        year: { type: 'integer', title: '年度', minimum: 2008, maximum: 2049 },
        people: { type: 'array', minItems: 1, items: { required: ['age'], properties: { age: { 'x-unit': '歳' } } } },
        method: { enum: ['A', 'B'], 'x-labels': ['A', '方式B'], default: 'B' },
        month: { type: 'integer', minimum: 1, maximum: 12, 'x-unit': '月' },
        dueOn: { type: 'string', format: 'date' },
        name: { type: 'string', minLength: 1, maxLength: 20 },
        rate: { type: 'number', 'x-unit': '%' },
        amountYen: { type: 'integer', minimum: 0, maximum: 100, 'x-unit': '円' },
      },
    })
  })

  it('fill their defaults in, also inside rows', () => {
    const sent = { year: 2026, people: [{ age: 76 }, { age: 80, isHead: true }] }
    expect(fillDefaults(input, sent)).toEqual({
      year: 2026,
      method: 'B',
      people: [
        { age: 76, isHead: false },
        { age: 80, isHead: true },
      ],
    })
  })
})

describe('a definition', () => {
  const shisan = defineShisan({
    name: 'sum',
    term: '年齢の合計',
    summary: '',
    basis: [],
    formula: [],
    doubts: [],
    input,
    output: record('結果', { sum: integer('合計', '歳', { minimum: 0, maximum: 999 }) }),
    examples: [],
    compute: ({ people, dueOn, method }) =>
      dueOn === undefined
        ? ok({
            output: { sum: people.reduce((sum, { age }) => sum + age, 0) },
            lines: [{ label: method, how: '', value: '' }],
          })
        : refuse('/dueOn', '使いません。', '消してください。'),
  })

  it('computes with the defaults filled in', () => {
    expect(shisan.compute({ year: 2026, people: [{ age: 76 }, { age: 80 }] }, new Set())).toEqual({
      ok: true,
      value: { output: { sum: 156 }, lines: [{ label: 'B', how: '', value: '' }] },
    })
  })

  it('refuses at a field', () => {
    expect(shisan.compute({ year: 2026, people: [], dueOn: '2026-04-01' }, new Set())).toEqual({
      ok: false,
      error: { field: '/dueOn', message: '使いません。', next: '消してください。' },
    })
  })
})
