import { help, runKoki } from '#tools/verbs/run-koki.ts'
import { allVerbs, verbsBeginningWith } from '#tools/verbs/index.ts'
import type { Verb, VerbContext } from '#tools/verbs/verb.ts'
import { openContext } from '#tools/verbs/context.ts'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'

const root = mkdtempSync(join(tmpdir(), 'koki-verbs-'))
const VERBS = await allVerbs()
const lines: string[] = []
const { context } = openContext({ KOKI_DATA: root }, (line) => lines.push(line))
beforeEach(() => lines.splice(0))
afterAll(() => rmSync(root, { recursive: true }))

const verb = (name: string, code = 0): Verb => ({
  name,
  usage: 'FILE',
  summary: `${name}の説明`,
  run: async (args: readonly string[], { print }: VerbContext) => {
    print(`${name}(${args.join(',')})`)
    return code
  },
})
const SOME = [verb('clock'), verb('clock set'), verb('import', 2)]

describe('koki', () => {
  it('shows every command in Japanese when nothing is asked', async () => {
    expect(await runKoki([], context)).toBe(0)
    const shown = lines.join('\n').split('\n')
    for (const { name, summary } of VERBS)
      expect(shown.some((line) => line.startsWith(`  ${name} `) && line.endsWith(`  ${summary}`))).toBe(true)
  })

  it('has only commands whose line is Japanese', () => {
    for (const { summary } of VERBS) expect(summary).toMatch(/[ぁ-んァ-ン一-龠]/)
  })

  it('finds every command by its first word', async () => {
    for (const { name } of VERBS)
      expect((await verbsBeginningWith(name.split(' ')[0] ?? '')).map((one) => one.name)).toContain(name)
    expect(await verbsBeginningWith('toString')).toEqual([])
  })

  it('lines the help up, Japanese letters counting two', () => {
    const text = help([verb('a'), { ...verb('b'), usage: '日付' }])
    expect(text.split('\n').slice(2)).toEqual(['  a FILE  aの説明', '  b 日付  bの説明'])
  })

  it('takes the longest name, and gives the rest to the command', async () => {
    expect(await runKoki(['clock', 'set', '2026-11-20'], context, SOME)).toBe(0)
    expect(await runKoki(['clock', 'x'], context, SOME)).toBe(0)
    expect(lines).toEqual(['clock set(2026-11-20)', 'clock(x)'])
  })

  it('shows how a command is used when its words are wrong', async () => {
    expect(await runKoki(['import'], context, SOME)).toBe(2)
    expect(lines).toEqual(['import()', '使い方: npm run -s koki -- import FILE'])
  })

  it('ends with 2 for a command that is none', async () => {
    expect(await runKoki(['delete', 'all'], context, SOME)).toBe(2)
    expect(lines[0]).toBe('「delete all」という命令はありません。')
  })

  it('says that nothing runs instead of hanging', async () => {
    await expect(context.database()).rejects.toMatchObject({ code: 'SYS-017' })
    await expect(context.api('GET', '/api/status')).rejects.toMatchObject({ code: 'SYS-017' })
  })
})
