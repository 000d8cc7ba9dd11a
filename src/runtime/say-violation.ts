import type { ErrorObject } from 'ajv'

/** What is wrong with one value, in Japanese and without the value: 「5字以上で入力してください。」 */
export function sayViolation({ keyword, params: given, parentSchema }: ErrorObject): string {
  const params = given as Readonly<Record<string, unknown>> // by keyword, see ajv
  const limit = typeof params['limit'] === 'number' ? String(params['limit']) : ''
  switch (keyword) {
    case 'additionalProperties':
      return 'この項目はありません。'
    case 'false schema':
      return 'この判断では使わない項目です。'
    case 'required':
      return '必須の項目です。'
    case 'type':
      return '値の型が違います。'
    case 'enum':
      return `選べる値ではありません。${sayChoices(params['allowedValues'], parentSchema?.['x-labels'])}`
    case 'format':
      return (
        { date: '日付は 2026-11-13 の形にしてください。', uuid: '番号の形が違います。' }[String(params['format'])] ??
        '形が違います。'
      )
    case 'pattern': {
      const own: unknown = parentSchema?.['x-refusal'] // the schema's own words, where it has any
      return typeof own === 'string' ? own : '形が違います。'
    }
    case 'minLength':
      return `${limit}字以上で入力してください。`
    case 'maxLength':
      return `${limit}字以内で入力してください。`
    case 'minimum':
      return `${limit}以上にしてください。`
    case 'maximum':
      return `${limit}以下にしてください。`
    case 'minItems':
      return `${limit}件以上にしてください。`
    case 'maxItems':
      return `${limit}件以内にしてください。`
    case 'uniqueItems':
      return '同じ値が2つあります。'
    default:
      return '形が違います。'
  }
}

/** 「100(100円)、1000(1,000円)から選んでください。」: a few values that have words; a long list stands in the docs. */
function sayChoices(values: unknown, labels: unknown): string {
  if (!Array.isArray(values) || !Array.isArray(labels) || values.length > 8) return ''
  const choices = values.map((value: unknown, nth) => {
    const label: unknown = labels[nth]
    return String(value) === label ? label : `${String(value)}(${String(label)})`
  })
  return `${choices.join('、')}から選んでください。`
}

/** Path of what is wrong, `/undispatched/0/noticeId`; a missing or unknown field is named too. Empty: the whole value. */
export function placeOfViolation({ instancePath, params: given }: ErrorObject): string {
  const params = given as Readonly<Record<string, unknown>>
  const extra = params['additionalProperty'] ?? params['missingProperty']
  return `${instancePath}${typeof extra === 'string' ? `/${extra}` : ''}`
}
