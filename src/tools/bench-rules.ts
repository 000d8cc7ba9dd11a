// npm run bench:rules [-- [--count 1000000] [name…]]: how long the rules of the premium take on one core, and prints the table.
import { parseArgs } from 'node:util'
import { BENCH_RULES } from './bench/rules/index.ts'

const { values, positionals } = parseArgs({ options: { count: { type: 'string' } }, allowPositionals: true })
const count = Number(values.count ?? 1_000_000)
const unknown = positionals.filter((name) => !BENCH_RULES.some((row) => row.name === name))
if (!Number.isSafeInteger(count) || count < 1 || unknown.length > 0) {
  console.error(`npm run bench:rules -- [--count 1000000] [${BENCH_RULES.map(({ name }) => name).join('|')}…]`)
  process.exit(2)
}

const chosen = BENCH_RULES.filter(({ name }) => positionals.length === 0 || positionals.includes(name))
console.log('| 測るもの | 件数 | 目標 | 結果 | 判定 | 金額の計 |\n|---|---|---|---|---|---|')
for (const { what, limitSeconds, run } of chosen) {
  const { cases, seconds, sumYen } = run(count)
  // the goal is for a million; a smaller count is held to its share
  const isMet = seconds <= (limitSeconds * cases) / 1_000_000
  console.log(
    `| ${what} | ${cases.toLocaleString('ja-JP')} | 100万件で${limitSeconds}秒以内 | ${seconds.toFixed(2)}秒 | ${isMet ? '達成' : '未達'} | ${sumYen.toLocaleString('ja-JP')}円 |`,
  )
  if (!isMet) process.exitCode = 1
}
