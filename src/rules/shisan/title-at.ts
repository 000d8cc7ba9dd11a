import type { Field } from './schema.ts'

/**
 * 項目の名前 at a JSON pointer, as a person says it: `/household/1/age` → 「世帯員 2行目の年齢」. A name that the schema does
 * not know stays as it is; the whole input is 「入力」.
 */
export function titleAt(schema: Field, pointer: string): string {
  const titles: string[] = []
  let field: Field | undefined = schema
  for (const part of pointer.split('/').slice(1)) {
    if (field === undefined || !('type' in field)) return pointer
    if (field.type === 'array') {
      titles.push(`${titles.pop() ?? ''} ${Number(part) + 1}行目`)
      field = field.items
    } else {
      field = field.type === 'object' ? field.properties[part] : undefined
      titles.push(field?.title ?? part)
    }
  }
  return titles.length === 0 ? schema.title : titles.join('の')
}
