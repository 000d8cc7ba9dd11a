import type { ErrorObject } from 'ajv'

/** What is wrong with one value, in Japanese and without the value: 「5字以上で入力してください。」 */
export function sayViolation({ keyword, params: given, parentSchema, data }: ErrorObject): string {
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
      return `値の型が違います。${TYPES[String(params['type'])] ?? ''}`
    case 'enum':
      return `選べる値ではありません。${sayChoices(params['allowedValues'], parentSchema?.['x-labels'], data)}${sayOwn(parentSchema)}`
    case 'format':
      if (params['format'] === 'date') return isDayLike(data) ? NO_SUCH_DAY : DAY_FORM
      return params['format'] === 'uuid' ? '番号の形が違います。' : '形が違います。'
    case 'pattern':
      if (parentSchema?.['format'] === 'date' && !isDayLike(data)) return DAY_FORM
      return sayOwn(parentSchema) || '形が違います。'
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

/** How a value of a type is written. */
const TYPES: Readonly<Record<string, string>> = {
  integer: '引用符のない数字(整数)で入れてください。',
  number: '引用符のない数字で入れてください。',
  boolean: '引用符のない true か false で入れてください。',
  string: '引用符で囲んだ文字で入れてください。',
  array: '[ ] で囲んで並べてください。',
  object: '{ } で囲んだ項目の組にしてください。',
}

const DAY_FORM = '日付は 2026-11-13 の形にしてください。'
const NO_SUCH_DAY = '暦にない日です。月と日を確かめてください。'
/** A value that cannot be seen is taken for one of the wrong form. */
const isDayLike = (data: unknown): boolean => typeof data === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(data)

/** The schema's own words, where it has any. */
function sayOwn(schema: ErrorObject['parentSchema']): string {
  const own: unknown = schema?.['x-refusal']
  return typeof own === 'string' ? own : ''
}

const FEW = 12

/** 「100(100円)、1000(1,000円)から選んでください。」: a few values that have words; of a long list those that are like the value. */
function sayChoices(values: unknown, labels: unknown, data: unknown): string {
  if (!Array.isArray(values) || !Array.isArray(labels)) return ''
  const choices = values.map((value: unknown, nth) => [String(value), String(labels[nth])] as const)
  const say = (some: typeof choices) =>
    some.map(([value, label]) => (value === label ? label : `${value}(${label})`)).join('、')
  if (choices.length <= FEW) return `${say(choices)}から選んでください。`
  const near = choices.filter((words) => words.some((one) => isLike(one, String(data))))
  return near.length === 0 || near.length > FEW ? '' : `近いもの: ${say(near)}。`
}

/** One within the other: 長野 and 長野県, 減額(普通徴収) and 減額. */
const isLike = (word: string, typed: string): boolean =>
  typed.length > 1 && word.length > 1 && (word.includes(typed) || typed.includes(word))

/** Path of what is wrong, `/undispatched/0/noticeId`; a missing or unknown field is named too. Empty: the whole value. */
export function placeOfViolation({ instancePath, params: given }: ErrorObject): string {
  const params = given as Readonly<Record<string, unknown>>
  const extra = params['additionalProperty'] ?? params['missingProperty']
  return `${instancePath}${typeof extra === 'string' ? `/${extra}` : ''}`
}
