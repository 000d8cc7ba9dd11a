import { describe, expect, it } from 'vitest'
import { fieldsOfSetting } from '#api/settings/setting-fields.ts'
import { MUNICIPALITY_SETTINGS } from '#api/settings/municipality.ts'
import { CHANGE_FIELDS, wordOfChange, wordOfStep } from '#audit/change-words.ts'
import { changesOf } from '#audit/changes.ts'
import { describeEvent } from '#audit/describe.ts'
import { FORMS } from '#processes/forms.generated.ts'
import { isJapanese } from '#tests/support/japanese.ts'
import { FLOWS } from '#workers/registry.ts'

// 経過, 監査 and 証拠一式 tell what an event set: every field that one may carry has its Japanese name.

interface Field {
  readonly enum?: readonly string[]
  readonly items?: Field
  readonly properties?: Readonly<Record<string, Field>>
}
/** Step and field of everything that a step takes from a person or tells. */
const told = FLOWS.flatMap(({ steps }) =>
  steps.flatMap((step) =>
    [...Object.keys(step.output.properties), ...(step.id in FORMS ? Object.keys(step.input.properties) : [])].map(
      (name) => [step.id, name] as const,
    ),
  ),
)

describe('names of what an event set', () => {
  it.each(told)('%s %s', (step, name) => {
    expect(wordOfStep(step, name).name).toSatisfy(isJapanese)
  })

  it('are those of option, role, 係, deputy and closed day, too', () => {
    for (const name of Object.keys(CHANGE_FIELDS)) expect(wordOfChange(name).name).toSatisfy(isJapanese)
  })

  it('are those of every setting', () => {
    for (const { schema, labels } of MUNICIPALITY_SETTINGS)
      for (const { path, label } of fieldsOfSetting(schema, labels, {}))
        expect([path, isJapanese(label)]).toEqual([path, true])
  })

  it('are found missing where there is none', () => {
    expect(wordOfStep('5-2-tokusoku/002-confirm-delinquents', 'unheardOf').name).not.toSatisfy(isJapanese)
    expect(wordOfChange('unheardOf').name).not.toSatisfy(isJapanese)
    expect(told.length).toBeGreaterThan(60)
  })
})

describe('values of what an event set', () => {
  const coded = Object.entries(FORMS).flatMap(([step, form]) =>
    codesIn((form as Field).properties ?? {}).map(([name, value]) => [step, name, value] as const),
  )
  function codesIn(properties: Readonly<Record<string, Field>>): (readonly [string, unknown])[] {
    return Object.entries(properties).flatMap(([name, field]) => [
      ...(field.enum ?? []).map((code) => [name, code] as const),
      ...(field.items?.enum ?? []).map((code) => [name, [code]] as const),
      ...codesIn(field.items?.properties ?? {}).map(([part, code]) => [name, [{ [part]: code }]] as const),
    ])
  }
  it.each(coded)('%s %s %j', (step, name, value) => {
    const said = wordOfStep(step, name).say(value) ?? ''
    expect(said).not.toBe(String(value))
    expect(said).not.toMatch(/\b([a-z]+[A-Z]\w*|ok|redo|recheck|[A-Z]\d\d?)\b/)
  })

  it('are days and moments of the era in the sentence of an event, too', () => {
    const said = (kind: string, payload: object) => describeEvent(kind, { ...payload }).summary
    expect(said('task-postponed', { followUpOn: '2026-09-01' })).toBe('再開日を R8.9.1 にした')
    expect(said('restored', { madeAt: '2026-08-13T20:30:00.000Z' })).toBe('控えから戻した(R8.8.14 05:30 の控え)')
  })

  it('are told as on the screens: decisions, lists, days, roles', () => {
    const set = changesOf({
      step: '5-2-tokusoku/007-register-dispatch',
      form: {
        dispatchedCount: 1234,
        decision: 'ok',
        method: '1',
        issuedOn: '2026-08-20',
        undispatched: [{ noticeId: 'n-1', reason: 'P99', note: '水にぬれた' }],
      },
      output: { issuedCount: 1233 },
    })
    expect(set).toEqual([
      { name: '判断', before: null, after: '登録する' },
      { name: '発送した日', before: null, after: 'R8.8.20' },
      { name: '発送した通数', before: null, after: '1,234' },
      { name: '発送の方法', before: null, after: '普通郵便' },
      { name: '発送しなかった通知', before: null, after: '通知 n-1 理由 その他 メモ 水にぬれた' },
      { name: '発送した', before: null, after: '1,233' },
    ])
    expect(
      changesOf({ before: { roles: ['kanri', 'tantou'], isDisabled: false }, after: { roles: [], isDisabled: true } }),
    ).toEqual([
      { name: '役割', before: '管理者、担当', after: 'なし' },
      { name: '止めたログイン', before: 'いいえ', after: 'はい' },
    ])
  })
})
