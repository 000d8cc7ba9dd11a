// npm run mutate [-- [--missed] src/rules/calendar …]: changes every rule a little, runs the tests of the rules on each change, and
// prints how many changes they notice, folder by folder (0083). Not part of npm test: it takes long.
import { relative } from 'node:path'
import { parseArgs } from 'node:util'
import { Stryker } from '@stryker-mutator/core'
import { MISSED, percentOf, scoresOf, scoreTable } from './mutate/score-table.ts'

/** What the tests of src/rules must notice, in percent. */
const GOAL = 85

const { values, positionals } = parseArgs({
  options: { missed: { type: 'boolean' }, workers: { type: 'string' } },
  allowPositionals: true,
})
const paths = positionals.length === 0 ? ['src/rules'] : positionals

const results = await new Stryker({
  mutate: paths.map((path) => (path.endsWith('.ts') ? path : `${path}/**/*.ts`)),
  testRunner: 'vitest',
  plugins: ['@stryker-mutator/vitest-runner'],
  vitest: { configFile: 'tests/vitest.mutate.config.ts' },
  coverageAnalysis: 'perTest',
  // what only the loading of a file reads (texts of a definition, tables) would start every test anew for each change
  ignoreStatic: true,
  concurrency: Number(values.workers ?? 2),
  reporters: ['progress-append-only'],
  // TypeScript 7 has no program that Stryker could ask for the settings
  tsconfigFile: 'none',
}).runMutationTest()

const mutants = results.map((one) => ({ ...one, fileName: relative(process.cwd(), one.fileName) }))
if (values.missed)
  for (const { fileName, location, mutatorName, replacement, status } of mutants.filter((one) =>
    MISSED.includes(one.status),
  ))
    console.log(`${fileName}:${location.start.line}:${location.start.column} ${status} ${mutatorName}: ${replacement}`)
const scores = scoresOf(mutants)
console.log(`\n${scoreTable(scores)}\n`)
const whole = scores.at(-1)
const isMet = whole !== undefined && percentOf(whole) >= GOAL
console.log(`目標 ${GOAL}%: ${isMet ? '達成' : '未達'}`)
process.exitCode = isMet ? 0 : 1
