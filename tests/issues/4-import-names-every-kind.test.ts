import { FILE_LOADERS } from '#intake/loaders.ts'
import { importVerb } from '#tools/verbs/import.ts'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'

// The list of kinds stood a second time in the words of `koki import` and had stayed at eight of thirteen: whoever went by it
// never learnt that 口座, 口座振替, 返戻, 町域 and 縮退 can be taken in.
it('koki import, and the page of commands, name every kind of file that the office takes in', () => {
  const kinds = FILE_LOADERS.map(({ kind }) => kind)
  expect(kinds).toContain('zengin-furikae')
  const page = readFileSync(join(import.meta.dirname, '../../src/docs/manual/commands.md'), 'utf8')
  const line = page.split('\n').find((text) => text.startsWith('| `import` |')) ?? ''
  for (const words of [importVerb.summary, line]) expect(kinds.filter((kind) => !words.includes(kind))).toEqual([])
})
