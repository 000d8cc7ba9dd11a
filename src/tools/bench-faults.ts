// npm run bench:faults [-- --insured 20000 --kills 30 --seed 1]: 督促 while the parts of the product are killed at random.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { compareRuns } from './bench/faults/compare-runs.ts'

const { values } = parseArgs({
  options: { insured: { type: 'string' }, kills: { type: 'string' }, seed: { type: 'string' } },
})
const insured = Number(values.insured ?? 20_000)
const kills = Number(values.kills ?? 30)
const seed = Number(values.seed ?? Date.now() % 1_000_000)
if (![insured, kills, seed].every((value) => Number.isInteger(value) && value > 0)) {
  console.error('npm run bench:faults -- [--insured 20000] [--kills 30] [--seed 1]')
  process.exit(2)
}

const folder = mkdtempSync(join(tmpdir(), 'koki-faults-'))
chmodSync(folder, 0o711) // the server's account must get in
try {
  console.log(`種 ${seed} 被保険者 ${insured}人 停止 ${kills}回\n`)
  console.log('| 回 | 秒 | 止めたもの | そのとき | 戻るまでの秒 |\n|---|---|---|---|---|')
  const result = await compareRuns({ folder, insured, seed, kills, pause: [0.5, 4], log: (line) => console.log(line) })
  const { expected, found } = result
  const parts = Object.keys(expected.fingerprint) as (keyof typeof expected.fingerprint)[]
  const other = parts.filter(
    (part) => JSON.stringify(expected.fingerprint[part]) !== JSON.stringify(found.fingerprint[part]),
  )
  const lost = result.kills.filter(({ recovery }) => recovery === null)
  console.log(`\n停止 ${result.kills.length}回 戻らなかったもの ${lost.length}`)
  for (const part of parts) console.log(`${other.includes(part) ? '× 違う' : '○ 同じ'} ${part}`)
  for (const part of other)
    console.log(
      `${part}\n  ${JSON.stringify(expected.fingerprint[part])}\n  ${JSON.stringify(found.fingerprint[part])}`,
    )
  for (const [name, { violations }] of [['乱されない処理', expected] as const, ['乱された処理', found] as const])
    console.log(violations.length === 0 ? `○ ${name} の検査はすべて合っています` : `× ${name} ${violations.join('、')}`)
  const isGood = other.length === 0 && lost.length === 0 && [...expected.violations, ...found.violations].length === 0
  process.exitCode = isGood && result.kills.length >= kills ? 0 : 1
} finally {
  rmSync(folder, { recursive: true, force: true })
}
