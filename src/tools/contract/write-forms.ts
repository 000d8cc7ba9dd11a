import { isObjectSchema, type Form, type ObjectSchema, type Schema } from './form.ts'
import { Code, literal } from './literal.ts'

const HEAD = `// Made by \`npm run generate\` from processes/*/*.form.json. Do not edit: change the form.
import { Type } from 'typebox'
import type { PlainDate } from '#kernel/plain-date.ts'

/** What a person sends to end a step, by step id: closed schemas with their Japanese labels (\`x-label\`). */
export const FORMS = `

/** The forms of all flows as TypeBox schemas. */
export function writeForms(forms: readonly Form[]): string {
  const entries = forms.map((form) => [form.step, new Code(typeBox(form.schema, '  '))] as const)
  return `${HEAD}${literal(Object.fromEntries(entries))}\n\nexport type FormId = keyof typeof FORMS\n`
}

function typeBox(schema: Schema, indent: string): string {
  if (isObjectSchema(schema)) return objectBox(schema, indent)
  const { type, items, ...rest } = schema
  const options = Object.keys(rest).length === 0 ? '' : literal(rest, indent, indent.length + 30)
  if (Array.isArray(schema['enum'])) {
    const union = schema['enum'].map((value) => literal(value)).join(' | ')
    return `Type.Unsafe<${union}>(${literal(schema, indent, indent.length + 30)})`
  }
  switch (type) {
    case 'string':
      return schema['format'] === 'date'
        ? `Type.Unsafe<PlainDate>(${literal(schema, indent, indent.length + 30)})`
        : `Type.String(${options})`
    case 'integer':
      return `Type.Integer(${options})`
    case 'boolean':
      return `Type.Boolean(${options})`
    case 'array':
      return `Type.Array(${typeBox(items as Schema, indent)}${options && `, ${options}`})` // an array form field has items
    default:
      throw new Error(`a form field cannot be of type ${String(type)}`)
  }
}

function objectBox(schema: ObjectSchema, indent: string): string {
  const deeper = `${indent}  `
  const required = new Set(schema.required)
  const lines = Object.entries(schema.properties).map(([name, property]) => {
    const box = typeBox(property, `${deeper}  `)
    return `${deeper}  ${name}: ${required.has(name) ? box : `Type.Optional(${box})`},\n`
  })
  const { type: _, properties: __, required: ___, $schema: ____, $id: _____, ...options } = schema
  return `Type.Object(\n${deeper}{\n${lines.join('')}${deeper}},\n${deeper}${literal(options, deeper, deeper.length)},\n${indent})`
}
