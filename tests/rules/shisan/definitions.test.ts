import { Ajv2020 } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import { allNationalHolidays } from '#db/calendar.ts'
import type { Shisan } from '#rules/shisan/definition.ts'
import { SHISAN } from '#rules/shisan/index.ts'
import { CHECKOUT } from '#tests/support/fixture-tree.ts'
import { isJapanese } from '#tests/support/japanese.ts'
import type { Field } from '#rules/shisan/schema.ts'
import { fromNowhere } from './from-nowhere.ts'
import { misleading } from './misleading.ts'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const HOLIDAYS = allNationalHolidays()

const ajv = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true })
ajv.addVocabulary(['x-unit', 'x-labels', 'x-refusal', 'x-calendar'])
// ajv-formats is CommonJS: its function sits on `default` under Node's module rules.
;(formats as unknown as { default: (target: Ajv2020) => void }).default(ajv)

const faultsOf = (schema: Field, value: unknown): string[] => {
  const validate = ajv.compile(schema)
  return validate(value) ? [] : (validate.errors ?? []).map((one) => `${one.instancePath} ${one.message}`)
}

/** Every field of a schema with its path, the schema itself first. */
const fieldsOf = (field: Field, path = ''): { readonly path: string; readonly field: Field }[] => {
  const below =
    'type' in field && field.type === 'object'
      ? Object.entries(field.properties)
      : 'type' in field && field.type === 'array'
        ? [['*', field.items] as const]
        : []
  return [{ path, field }, ...below.flatMap(([name, one]) => fieldsOf(one, `${path}/${name}`))]
}

/** Names of sources, and what Japanese officials call by Latin letters. */
const LATIN_NAMES = new Set(['LIMO', 'PCA', 'jinjer', 'EBCDIC', 'AI', 'No'])
const foreignWords = (texts: readonly string[]): string[] =>
  texts.flatMap((text) => text.match(/[a-z]{2,}/gi) ?? []).filter((word) => !LATIN_NAMES.has(word))

describe('the list of 試算', () => {
  it('names every one once, each with its page', () => {
    const names = SHISAN.map(({ name }) => name)
    expect(names.toSorted()).toEqual([...new Set(names)].toSorted())
    const pages = readdirSync(join(CHECKOUT, 'src/docs/rules')) // their texts: the check of generated files
    expect(pages.toSorted()).toEqual(['README.md', ...names.map((name) => `${name}.md`)].toSorted())
    expect(names.filter((name) => !/^[a-z]+\d*(-[a-z\d]+)*$/.test(name))).toEqual([])
  })
})

describe.each<Shisan>(SHISAN)('試算 $name', (shisan) => {
  it('explains itself in Japanese', () => {
    const texts = [shisan.term, shisan.summary, ...shisan.basis, ...shisan.formula, ...shisan.doubts]
    expect(texts.filter((text) => !isJapanese(text))).toEqual([])
    expect(texts.filter((text) => /設定により/.test(text))).toEqual([]) // without its name
    expect(foreignWords([...texts, ...shisan.examples.map(({ source }) => source)])).toEqual([])
    expect(shisan.basis.length).toBeGreaterThan(0)
    expect(shisan.formula.length).toBeGreaterThan(0)
    for (const { path, field } of [...fieldsOf(shisan.input), ...fieldsOf(shisan.output)])
      expect([path, isJapanese(field.title)]).toEqual([path, true])
  })

  it('has examples, each once', () => {
    const ids = shisan.examples.map(({ id }) => id)
    expect(ids.length).toBeGreaterThan(0)
    expect(ids).toEqual([...new Set(ids)])
  })

  it.each(shisan.examples)('$id ($source)', (example) => {
    // given
    expect(faultsOf(shisan.input, example.input)).toEqual([])

    // when
    const computed = shisan.compute(example.input, HOLIDAYS)

    // then
    if ('refusedAt' in example) {
      if (computed.ok) throw new Error(`computed ${JSON.stringify(computed.value.output)}`)
      expect(computed.error.field).toBe(example.refusedAt)
      expect([computed.error.message, computed.error.next].filter((text) => !isJapanese(text))).toEqual([])
      return
    }
    if (!computed.ok) throw new Error(`refused: ${computed.error.field} ${computed.error.message}`)
    const { output, lines } = computed.value
    expect(faultsOf(shisan.output, output)).toEqual([])
    expect(output).toMatchObject(example.expected)
    expect(lines.length).toBeGreaterThan(0)
    for (const line of lines) {
      expect([line.label, line.how].filter((text) => !isJapanese(text))).toEqual([])
      expect(line.value).not.toBe('')
    }
    expect(foreignWords(lines.flatMap(({ label, how, value, basis }) => [label, how, value, basis ?? '']))).toEqual([])
    expect(fromNowhere(shisan, example.input, lines)).toEqual([])
    expect(misleading(lines)).toEqual([])
  })
})
