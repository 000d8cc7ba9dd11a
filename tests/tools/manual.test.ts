import { ALARM_KINDS } from '#engine/alarms.ts'
import { FAULTS } from '#kernel/faults.ts'
import { commandsPage } from '#tools/contract/write-commands.ts'
import { allVerbs } from '#tools/verbs/index.ts'
import { CHECKOUT } from '#tests/support/fixture-tree.ts'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'

// What the manual tells an administrator to type must be there, and what is there must be in the manual.
const FOLDER = join(CHECKOUT, 'src/docs/manual')
const read = (path: string): string => readFileSync(path, 'utf8')
const PAGES = [join(CHECKOUT, 'README.md'), ...readdirSync(FOLDER).map((name) => join(FOLDER, name))]
const TEXT = PAGES.map(read).join('\n')
const all = (pattern: RegExp): string[] => [...new Set([...TEXT.matchAll(pattern)].map((found) => found[1] ?? ''))]

/** Set by the launcher, or for tests alone. */
const INTERNAL = new Set(['KOKI_CLOCK_FILE', 'KOKI_FAILPOINT', 'KOKI_JOB_TIMEOUT_MS', 'KOKI_NOW'])
const SOURCES = ['src', 'workers'].flatMap((folder) =>
  readdirSync(join(CHECKOUT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(ts|mjs)$/.test(name))
    .map((name) => read(join(CHECKOUT, folder, name))),
)
/** Read by our programs, or by the compose file. */
const variables = new Set(
  [...SOURCES, read(join(CHECKOUT, 'docker-compose.yml'))].flatMap(
    (text) => text.match(/\b(?:KOKI|OIDC)_[A-Z][A-Z_]*[A-Z]\b/g) ?? [],
  ),
)

const knows = (words: string, names: readonly string[]): boolean =>
  names.some((name) => words === name || words.startsWith(`${name} `))

const VERBS = await allVerbs()

describe('the manual', () => {
  const names = VERBS.map(({ name }) => name)
  const asked = all(/npm run -s koki -- ([^\n`]+)/g)
  it('names only commands that exist', () => {
    expect(asked.length).toBeGreaterThan(20)
    expect(asked.filter((words) => !knows(words, names))).toEqual([])
    const scripts = Object.keys((JSON.parse(read(join(CHECKOUT, 'package.json'))) as { scripts: object }).scripts)
    const run = all(/npm run (?:-s )?([\w:]+)/g)
    expect(run.filter((script) => !scripts.includes(script))).toEqual([])
  })

  it('would find one that does not', () => {
    expect(knows('backups /somewhere', names)).toBe(false)
    expect(knows('engine', names)).toBe(false)
  })

  it('tells of every command', () => {
    const page = read(join(FOLDER, 'commands.md'))
    expect(page).toBe(commandsPage(VERBS)) // npm run generate
    expect(names.filter((name) => !page.includes(`| \`${name}\` | `))).toEqual([])
  })

  it('names only variables that are read, and every one that is', () => {
    const named = all(/\b((?:KOKI|OIDC)_[A-Z][A-Z_]*[A-Z])\b/g)
    expect(named.length).toBeGreaterThan(12)
    expect(named.filter((name) => !variables.has(name))).toEqual([])
    expect([...variables].filter((name) => !named.includes(name) && !INTERNAL.has(name)).toSorted()).toEqual([])
  })

  it('says what to do for every alarm', () => {
    const rows = read(join(FOLDER, 'trouble.md'))
      .split('\n')
      .filter((line) => line.startsWith('| `'))
      .map((line) => line.split('|').map((cell) => cell.trim()))
    expect(rows.map(([, kind]) => kind?.replaceAll('`', ''))).toEqual([...ALARM_KINDS])
    for (const row of rows) expect(row.filter((cell) => cell !== '')).toHaveLength(4)
  })

  it('cites only faults that exist, and pages that are there', () => {
    const codes = all(/`((?:SYS|BAK|DISK|FILE|OPS|ENG)-\d{3})`/g)
    expect(codes.length).toBeGreaterThan(3)
    expect(codes.filter((code) => !(code in FAULTS))).toEqual([])
    for (const page of PAGES)
      for (const [, link = ''] of read(page).matchAll(/\]\(([^)#:]+)\)/g))
        expect([page, link, existsSync(join(dirname(page), link))]).toEqual([page, link, true])
  })
})
