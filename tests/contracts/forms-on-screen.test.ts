import { describe, expect, it } from 'vitest'
import { FORMS } from '#processes/forms.generated.ts'
import { violations } from '#runtime/validate.ts'
import {
  decisionsOf,
  fieldsOf,
  missingFields,
  valuesOf,
  withNotices,
  type FormField,
  type FormSchema,
  type FormValues,
} from '#web/ui/form-schema.ts'
import { filledText } from '#web/ui/filled-text.ts'

// The screen reads a step's form by itself (ADR 0035, 0042). What it asks for must be what the step demands.

const cases = Object.entries(FORMS).flatMap(([step, schema]) => {
  const form = schema as FormSchema // the screen gets the same JSON
  return decisionsOf(form).map(({ value }) => ({ step, schema, form, decision: value }))
})

/** Something a person could have put in. */
function anAnswer(field: FormField): unknown {
  switch (field.kind) {
    case 'date':
      return '2026-08-20'
    case 'integer':
      return 3
    case 'choice':
      return field.choices[0]?.value
    case 'check':
      return true
    case 'checks':
      return [field.choices[0]?.value]
    case 'rows':
      return []
    case 'lines':
    case 'text':
      return '窓口で確かめた'
    default:
      return field.kind satisfies never
  }
}

const filled = (fields: readonly FormField[]): FormValues =>
  Object.fromEntries(fields.filter(({ isRequired }) => isRequired).map((field) => [field.name, anAnswer(field)]))

describe('every form of every step, as the screen reads it', () => {
  it('there are forms to look at', () => {
    expect(cases.length).toBeGreaterThanOrEqual(9)
  })

  it.each(cases)('$step, $decision: the required fields are enough', ({ schema, form, decision }) => {
    const fields = fieldsOf(form, decision)
    const values = filled(fields)
    expect(missingFields(fields, values).map(({ label }) => label)).toEqual([])
    expect(violations(schema, { decision, ...valuesOf(fields, values) })).toEqual([])
  })

  it.each(cases)('$step, $decision: each required field is missed by both', ({ schema, form, decision }) => {
    const fields = fieldsOf(form, decision)
    for (const left of fields.filter(({ isRequired }) => isRequired)) {
      const { [left.name]: _, ...rest } = filled(fields)
      expect(missingFields(fields, rest).map(({ label }) => label)).toEqual([left.label])
      expect(violations(schema, { decision, ...rest }).length, left.name).toBeGreaterThan(0)
    }
  })

  it.each(cases)('$step, $decision: everything the screen offers is taken', ({ schema, form, decision }) => {
    const fields = fieldsOf(form, decision)
    const all = Object.fromEntries(fields.map((field) => [field.name, anAnswer(field)]))
    expect(violations(schema, { decision, ...valuesOf(fields, all) })).toEqual([])
  })

  it('見た注意 is asked for only while it holds, and then it must be ticked', () => {
    const fields = fieldsOf(FORMS['5-2-tokusoku/002-confirm-delinquents'] as FormSchema, 'ok')
    expect(withNotices(fields, []).map(({ name }) => name)).toEqual(['comment'])
    const asked = withNotices(fields, ['outlierCount'])
    expect(missingFields(asked, {}).map(({ name }) => name)).toEqual(['acknowledged'])
    expect(missingFields(asked, { acknowledged: ['outlierCount'] })).toEqual([])
  })

  it.each(cases)('$step, $decision: every field has a Japanese label', ({ form, decision }) => {
    const flat = fieldsOf(form, decision).flatMap((field) => [field, ...field.fields])
    for (const { name, label, choices } of flat) {
      expect(label, name).not.toBe(name)
      for (const choice of choices) expect(choice.label, name).not.toBe(choice.value)
    }
  })
})

describe('what a decision says before it is sent', () => {
  const fields = fieldsOf(FORMS['5-2-tokusoku/007-register-dispatch'] as FormSchema, 'ok')
  it.each([
    ['issuedOn', '2026-08-20', '令和8年8月20日(木)'],
    ['dispatchedCount', 1_523, '1,523通'],
    ['method', '2', '特定記録'],
    [
      'undispatched',
      [
        { noticeId: 'x', reason: 'P08' },
        { noticeId: 'y', reason: 'P99', note: '破れたため' },
      ],
      '2件(印字不良、その他)',
    ],
    ['comment', '窓口で渡した', '窓口で渡した'],
  ])('007 %s', (name, value, said) => {
    const field = fields.find((one) => one.name === name)
    expect(field && filledText(field, value)).toBe(said)
  })
})
