const WIDTH = 120
const KEY = /^[A-Za-z_$][\w$]*$/

const quote = (text: string): string =>
  `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\n', '\\n')}'`
const keyOf = (name: string): string => (KEY.test(name) ? name : quote(name))

/** Code that is written as it stands, for what JSON cannot say. */
export class Code {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

/** A value as TypeScript source in the house's format; `column` is where its first line starts. */
export function literal(value: unknown, indent = '', column = 0): string {
  if (value instanceof Code) return value.text
  if (typeof value === 'string') return quote(value)
  if (typeof value !== 'object' || value === null) return String(value)
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}']
  const deeper = `${indent}  `
  const parts = (at: string): readonly string[] =>
    Array.isArray(value)
      ? value.map((item) => literal(item, at, at.length))
      : Object.entries(value).map(([name, item]) => {
          const key = `${keyOf(name)}: `
          return `${key}${literal(item, at, at.length + key.length)}`
        })
  const flat = parts(deeper).join(', ')
  if (flat === '') return `${open}${close}`
  const line = open === '{' ? `{ ${flat} }` : `[${flat}]`
  if (!line.includes('\n') && column + line.length + 1 <= WIDTH) return line
  return `${open}\n${parts(deeper)
    .map((part) => `${deeper}${part},\n`)
    .join('')}${indent}${close}`
}
