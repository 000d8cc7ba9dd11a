import { allNationalHolidays } from '#db/calendar.ts'
import { formatYen } from '#kernel/yen.ts'
import type { ExplainLine, Shisan } from '#rules/shisan/definition.ts'
import type { Field, RecordField } from '#rules/shisan/schema.ts'
import { sayValue } from '#rules/shisan/say-value.ts'

const holidays = allNationalHolidays()

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ')
const row = (...cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`
const bullets = (lines: readonly string[]): string =>
  lines.length === 0 ? 'ありません。' : lines.map((line) => `- ${line}`).join('\n')

/** `src/docs/rules/README.md`: the list of pages. */
export const rulesIndex = (list: readonly Shisan[]): string => `# 試算の規則

\`src/rules/shisan\` から \`npm run generate\` で作ります。手で直さないでください。同じ計算は、画面「試算」と \`npm run -s koki -- shisan 名前 'JSON'\` で行えます。印〔要確認〕は、まだ出典で確かめていないことを、〔算出〕は、出典の規則から当方で計算したことを示します。計算例の番号のうち O- は \`src/docs/domain/rules.md\` の計算例、「3.4 §9」などは処理手順ごとの資料の節です。

| 試算 | 名前 | 答えること |
|---|---|---|
${list.map(({ name, term, summary }) => row(`[${term}](${name}.md)`, `\`${name}\``, summary)).join('\n')}
`

/** `src/docs/rules/<name>.md`: one 試算 with its basis, formula, options, every example worked, and its doubts. */
export const rulePage = (shisan: Shisan): string => `# ${shisan.term}(${shisan.name})

\`src/rules/shisan/${shisan.name}.ts\` から \`npm run generate\` で作ります。手で直さないでください。

${shisan.summary}

## 根拠

${bullets(shisan.basis)}

## 算式

${bullets(shisan.formula)}

## 入力

| 項目 | 名前 | 値 | 省いたとき | 説明 |
|---|---|---|---|---|
${fieldRows(shisan.input)
  .map(({ path, field, isRequired }) =>
    row(field.title, `\`${path}\``, valuesOf(field), isRequired ? '必須' : whenAbsent(field), field.description ?? ''),
  )
  .join('\n')}

## 結果

| 項目 | 名前 | 値 | 説明 |
|---|---|---|---|
${fieldRows(shisan.output)
  .map(({ path, field, isRequired }) =>
    row(
      field.title,
      `\`${path}\``,
      `${valuesOf(field)}${isRequired ? '' : '(ないことがあります)'}`,
      field.description ?? '',
    ),
  )
  .join('\n')}

## 計算例

${shisan.examples.map((example) => exampleOf(shisan, example)).join('\n\n')}

## 確認を要する点

${bullets(shisan.doubts)}
`

/** The fields of a record with their paths: `household[].age`. */
function fieldRows(
  schema: RecordField,
  before = '',
): { readonly path: string; readonly field: Field; readonly isRequired: boolean }[] {
  return Object.entries(schema.properties).flatMap(([name, field]) => {
    const path = `${before}${name}`
    const own = { path, field, isRequired: schema.required.includes(name) }
    if (!('type' in field)) return [own]
    if (field.type === 'object') return [own, ...fieldRows(field, `${path}.`)]
    const rows = field.type === 'array' && 'type' in field.items && field.items.type === 'object' ? field.items : null
    return rows === null ? [own] : [own, ...fieldRows(rows, `${path}[].`)]
  })
}

function valuesOf(field: Field): string {
  if (!('type' in field)) return field.enum.map((value, at) => spelt(value, field['x-labels'][at] ?? '')).join('、')
  switch (field.type) {
    case 'integer':
    case 'number':
      return `${between(field.minimum, field.maximum)}${field['x-unit'] ?? ''}`
    case 'boolean':
      return 'true か false'
    case 'string':
      return 'format' in field ? '日付(2026-04-01)' : `${field.minLength}〜${field.maxLength}字`
    case 'array':
      return `${between(field.minItems, field.maxItems)}行${'type' in field.items && field.items.type === 'object' ? '' : `、各 ${valuesOf(field.items)}`}`
    case 'object':
      return 'まとまり'
    default:
      return field satisfies never
  }
}

const between = (low: number, high: number): string => (low === high ? said(low) : `${said(low)}〜${said(high)}`)
/** Years and small numbers as they are, amounts with separators. */
const said = (value: number): string =>
  Number.isInteger(value) && Math.abs(value) >= 10_000 ? formatYen(BigInt(value)) : String(value)

const spelt = (value: string | number, label: string): string =>
  String(value) === label ? `\`${value}\`` : `\`${value}\`(${label})`

const whenAbsent = (field: Field): string => ('default' in field ? sayValue(field, field.default) : '省けます')

function exampleOf(shisan: Shisan, example: Shisan['examples'][number]): string {
  const head = `### ${example.id}

出所: ${example.source}

入力: \`${JSON.stringify(example.input)}\``
  const computed = shisan.compute(example.input, holidays)
  if (!computed.ok) {
    const { message, next } = computed.error
    return `${head}

計算できません: ${message}次にすること: ${next}`
  }
  const { output, lines } = computed.value
  const results = Object.entries(shisan.output.properties)
    .filter(([name]) => output[name] !== undefined)
    .map(([name, field]) => `- ${field.title}: ${sayValue(field, output[name])}`)
  return `${head}

結果:

${results.join('\n')}

| 算定の内訳 | 求め方 | 値 | 根拠 |
|---|---|---|---|
${lines.map(lineRow).join('\n')}`
}

const lineRow = ({ label, how, value, basis }: ExplainLine): string => row(label, how, value, basis ?? '')
