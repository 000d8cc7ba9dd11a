import { SHISAN } from '#rules/shisan/index.ts'
import { CHECKS } from '#tools/checks/index.ts'
import type { CheckResult } from '#tools/checks/check.ts'
import { looksJapanese, wordsOf } from '#tools/checks/romaji.ts'
import { runChecks } from '#tools/run-checks.ts'
import { CHECKOUT, fixtureTree } from '#tests/support/fixture-tree.ts'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

async function check(name: string, fixture: string, more: readonly string[] = []): Promise<CheckResult> {
  const tree = fixtureTree(fixture, more)
  try {
    const found = CHECKS.find((one) => one.name === name)
    if (found === undefined) throw new Error(`no check ${name}`)
    return await found.run(tree.root)
  } finally {
    tree.remove()
  }
}
const text = ({ findings }: CheckResult): string => findings.join('\n')

// architecture §3: every check must prove that it looked at something, with one deliberately wrong fixture
describe('a deliberately wrong file is found', () => {
  it('types: a text where a number belongs', async () => {
    expect(text(await check('types', 'types'))).toMatch(/src\/kernel\/wrong\.ts\(2,14\): error TS2322/)
  })

  it('lint: a promise nobody waits for', async () => {
    expect(text(await check('lint', 'lint'))).toMatch(/src\/tools\/wrong\.ts:4 typescript\(no-floating-promises\)/)
  })

  it('lint: a rule that is not pure', async () => {
    const found = text(await check('lint', 'purity'))
    for (const line of [2, 3, 4, 5])
      expect(found).toMatch(new RegExp(`src/rules/wrong\\.ts:${line} eslint\\(no-restricted`))
  })

  it('format: semicolon and quotes', async () => {
    expect(text(await check('format', 'format'))).toContain('src/kernel/wrong.ts')
  })

  it('dead code: a file nobody imports', async () => {
    const found = text(await check('dead code', 'dead-code'))
    expect(found).toContain('src/kernel/wrong.ts files: src/kernel/wrong.ts')
    expect(found).not.toContain('right.ts')
  })

  it('generated files: constants older than the models, and no page of faults, commands, third parties and 試算', async () => {
    const { findings } = await check('generated files', 'drift', ['processes', 'package-lock.json'])
    const pageOf = (finding: string) => /src\/docs\/rules\/(.*)\.md is out of date/.exec(finding)?.[1]
    expect(findings.flatMap((finding) => pageOf(finding) ?? []).toSorted()).toEqual(
      ['README', ...SHISAN.map(({ name }) => name)].toSorted(),
    )
    expect(findings.filter((finding) => pageOf(finding) === undefined)).toEqual([
      expect.stringMatching(/contracts\.generated\.ts is out of date/),
      expect.stringMatching(/src\/docs\/faults\.md is out of date/),
      expect.stringMatching(/src\/docs\/manual\/commands\.md is out of date/),
      expect.stringMatching(/src\/docs\/THIRD-PARTY-NOTICES\.md is out of date/),
    ])
  })

  it('glossary: a Japanese word nobody registered, and a spelling with long marks', async () => {
    const { looked, findings } = await check('glossary', 'glossary')
    expect(looked).toBe(2)
    expect(findings).toEqual([
      'processes/GLOSSARY.tsv line 3: choushuu is not Hepburn without long marks',
      expect.stringContaining('src/rules/wrong.ts: "kurikoshi" is not registered'),
    ])
  })

  it('lockfile: a platform package that is not in it', async () => {
    expect(text(await check('lockfile', 'lock'))).toContain('1 entries missing')
  })

  it('folders: no row, no README, and an import round the table', async () => {
    const found = text(await check('folders', 'folders'))
    expect(found).toContain('src/nowhere has no row of allowed imports')
    expect(found).toContain('src/nowhere has no README.md')
    expect(found).toContain('src/rules/wrong.ts reaches ../db/query.ts')
  })
})

interface Override {
  readonly files: readonly string[]
  readonly rules: {
    readonly 'no-restricted-imports'?: 'off' | readonly ['error', { readonly patterns: { message: string }[] }]
  }
}

describe('the table of allowed imports', () => {
  it('has a wrong import for every row, and finds each', async () => {
    const { overrides } = JSON.parse(readFileSync(join(CHECKOUT, '.oxlintrc.json'), 'utf8')) as {
      overrides: Override[]
    }
    const rows = overrides.flatMap(({ files, rules }) => {
      const rule = rules['no-restricted-imports']
      return rule === undefined || rule === 'off' ? [] : [{ files, message: rule[1].patterns[0]?.message ?? '' }]
    })
    const found = text(await check('lint', 'imports'))
    expect(rows.length).toBeGreaterThan(15)
    expect(rows.filter(({ message }) => !found.includes(message)).map(({ files }) => files[0])).toEqual([])
  })

  it('finds the wrong import of a feature’s pages too', async () => {
    expect(text(await check('lint', 'imports'))).toMatch(
      /src\/tasklist\/web\/wrong\.ts:2 eslint\(no-restricted-imports\)/,
    )
  })
})

describe('romaji', () => {
  it.each(['tokusoku', 'kiwari', 'genmen', 'shuno', 'chotei', 'kanpu', 'nofu', 'hassoubi', 'tokkyu'])(
    'knows %s',
    (word) => {
      expect(looksJapanese(word)).toBe(true)
    },
  )
  it.each(['delinquent', 'instalment', 'ledger', 'worksheet', 'yen', 'a', 'persist', 'load'])(
    'leaves %s alone',
    (word) => {
      expect(looksJapanese(word)).toBe(false)
    },
  )
  it('takes names apart', () => {
    expect(wordsOf('tokusokuFeeYen 001-identify-delinquents.ts')).toEqual([
      'tokusoku',
      'fee',
      'yen',
      'identify',
      'delinquents',
      'ts',
    ])
  })
})

describe('the runner of checks', () => {
  it('counts a check that looked at nothing, and one that broke, as failed', async () => {
    const lines: string[] = []
    const counts = await runChecks(CHECKOUT, (line) => lines.push(line), [
      { name: 'blind', run: async () => ({ looked: 0, findings: [] }) },
      { name: 'broken', run: () => Promise.reject(new Error('no such tool')) },
      { name: 'good', run: async () => ({ looked: 3, findings: [] }) },
    ])
    expect(counts).toEqual({ passed: 1, failed: 2 })
    expect(lines.join('\n')).toMatch(/FAIL blind[^]*looked at nothing[^]*FAIL broken[^]*no such tool[^]*ok {3}good/)
  })
})
