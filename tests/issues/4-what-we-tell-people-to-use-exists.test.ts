import { allVerbs } from '#tools/verbs/index.ts'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'

// 証拠一式 told its reader to use `koki audit export`, which has never existed, or the button 「書き出す」 of 監査, which was called
// 「証拠一式」 like the page itself. Whoever went by it took the page to `koki audit verify`, which cannot read it.
const ROOT = join(import.meta.dirname, '../../src')
const isRead = (name: string): boolean => /\.(ts|tsx|hbs)$/.test(name) && !name.startsWith('docs')
const texts = readdirSync(ROOT, { recursive: true, encoding: 'utf8' })
  .filter(isRead)
  .map((name) => [name, readFileSync(join(ROOT, name), 'utf8')] as const)

it('every command that a text in Japanese names is a command', async () => {
  const names = (await allVerbs()).map(({ name }) => name)
  const isVerb = (words: string): boolean => names.some((name) => words === name || words.startsWith(`${name} `))
  const named = texts.flatMap(([file, text]) =>
    text
      .split('\n')
      .filter((line) => /[ぁ-ん]/.test(line))
      .flatMap((line) =>
        [...line.matchAll(/\bkoki ([a-z]+(?: [a-z]+)?)/g)].map(([, words = '']) => `${words} (${file})`),
      ),
  )
  expect(named.length).toBeGreaterThan(8)
  expect(named.filter((words) => !isVerb(words))).toEqual([])
})

it('the button that 証拠一式 sends its reader to is the one of 監査', () => {
  const text = (file: string): string => texts.find(([name]) => name === file)?.[1] ?? ''
  const [, label = ''] = text('trace/evidence/page.hbs').match(/「監査」の「(.+?)」/) ?? []
  expect(label).toBe('記録を書き出す')
  expect(text('web/pages/audit/audit-page.tsx')).toMatch(new RegExp(`^ +${label}$`, 'm'))
})
