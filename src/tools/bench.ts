// npm run bench [-- [--scale 0.01] [name…]]: measures what is promised, at full size unless told otherwise, and prints the table.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { BENCH_ROWS } from './bench/index.ts'
import type { BenchResult, BenchRow } from './bench/row.ts'

const { values, positionals } = parseArgs({ options: { scale: { type: 'string' } }, allowPositionals: true })
const scale = Number(values.scale ?? 1)
const unknown = positionals.filter((name) => !BENCH_ROWS.some((row) => row.name === name))
if (!(scale > 0 && scale <= 1) || unknown.length > 0) {
  console.error(`npm run bench -- [--scale 0.01] [${BENCH_ROWS.map(({ name }) => name).join('|')}…]`)
  process.exit(2)
}

async function measure(row: BenchRow): Promise<BenchResult> {
  const folder = mkdtempSync(join(tmpdir(), 'koki-bench-'))
  chmodSync(folder, 0o755) // the server's account must get in
  try {
    return await row.run({ folder, scale, log: (line) => console.log(`  ${line}`) })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const lines: string[] = []
let failed = 0
for (const row of BENCH_ROWS.filter(({ name }) => positionals.length === 0 || positionals.includes(name))) {
  console.log(row.name)
  try {
    const { measured, isMet, conditions } = await measure(row)
    lines.push(`| ${row.what} | ${row.goal} | ${measured} | ${isMet ? '達成' : '未達'} | ${conditions} |`)
  } catch (error) {
    failed += 1
    console.error(error)
    lines.push(`| ${row.what} | ${row.goal} | 測れませんでした | — | |`)
  }
}
console.log(`\n規模 ${scale}\n\n| 測るもの | 目標 | 結果 | 判定 | 条件 |\n|---|---|---|---|---|\n${lines.join('\n')}`)
process.exitCode = failed === 0 ? 0 : 1
