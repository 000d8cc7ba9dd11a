import { bodyChecker } from '#api/validation.ts'
import { allNationalHolidays } from '#db/calendar.ts'
import { Fault } from '#kernel/faults.ts'
import type { ExplainLine, JsonRecord, Shisan } from '#rules/shisan/definition.ts'
import { SHISAN } from '#rules/shisan/index.ts'
import { titleAt } from '#rules/shisan/title-at.ts'
import type { Verb } from './verb.ts'

/** A refusal with the field it is about: a JSON pointer into the input, or `name`. */
class Refused extends Error {
  readonly fault: Fault
  readonly field: string
  constructor(fault: Fault, field: string) {
    super(fault.message)
    this.fault = fault
    this.field = field
  }
}

const malformed = (field: string, detail: string): Refused => new Refused(new Fault('REQ-001', { detail }), field)

function readInput(shisan: Shisan, text: string | undefined): JsonRecord {
  if (text === undefined) throw malformed('', `${shisan.term}の入力を JSON で続けてください。`)
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw malformed('', 'JSON として読めません。')
  }
  const wrong = bodyChecker(shisan.input)(value)[0]
  if (wrong !== undefined) {
    const field = wrong.path.slice('body'.length)
    throw malformed(field, `${titleAt(shisan.input, field)}: ${wrong.message}`)
  }
  return value as JsonRecord // just checked
}

function calculate(name: string, text: string | undefined) {
  const shisan = SHISAN.find((one) => one.name === name)
  if (shisan === undefined) throw new Refused(new Fault('SHISAN-001', { name }), 'name')
  const computed = shisan.compute(readInput(shisan, text), allNationalHolidays())
  if (computed.ok) return computed.value
  const { field, message: reason, next: remedy } = computed.error
  throw new Refused(new Fault('SHISAN-002', { reason, remedy }), field)
}

const sayLine = ({ label, how, value, basis }: ExplainLine): string =>
  `${label}: ${how} → ${value}${basis === undefined ? '' : ` [${basis}]`}`

/** 試算: JSON in, one line of JSON out; a refusal is one line of JSON too, with exit code 2. Needs no database. */
export const shisan: Verb = {
  name: 'shisan',
  usage: "[名前 'JSON' [--explain]]",
  summary: '保険料などを試算します(名前を省くと一覧。市町村の休庁日は使いません)',
  speaksJson: true,
  async run(args, context) {
    const [name, text] = args.filter((word) => word !== '--explain')
    if (name === undefined) {
      for (const one of SHISAN) context.print(`${one.name}\t${one.term}\t${one.summary}`)
      return 0
    }
    try {
      const { output, lines } = calculate(name, text)
      context.print(JSON.stringify(output))
      if (args.includes('--explain')) for (const line of lines) context.print(sayLine(line))
      return 0
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      const { code, message, next } = error.fault
      context.print(JSON.stringify({ code, message, field: error.field, next }))
      return 2
    }
  },
}
