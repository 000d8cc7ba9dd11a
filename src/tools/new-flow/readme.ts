import type { StepRow } from '../contract/step-rows.ts'
import type { FlowRow, OfficialFlow } from './flow-tables.ts'

/** README of a new flow: what the official table says, with its evidence, and what its owner has still to write. */
export function readmeOf({ title, rows }: OfficialFlow, sources: ReadonlyMap<string, string>): string {
  return `# ${title}

- 目的: (業務の担当が書く)
- 所管: ${rows.find((row) => /^\d/.test(row.no))?.lane.split(' → ')[0] ?? ''}
- 根拠法令: (業務の担当が書く)

## 工程

${stepTable(rows)}

## 分岐

${branchList(rows)}

## 根拠の読み方

\`[別紙1]\` は標準業務フロー(令和4年8月1日)の番号と名前のとおり、\`[reconstructed]\` は公表された文書で確かめられず補ったもの、機能要件の \`*\` は仮の番号です。

${sourceList(rows, sources)}

## まだのこと

図は工程表から自動で描いた骨組みです。分岐の条件、期限、始めの値を業務に合わせて直し、\`npm run generate\` のあと工程を一つずつ \`npm run new:step\` で作ります。
`
}

/** The step table as Markdown. */
const stepTable = (rows: readonly Omit<StepRow, 'slug'>[]): string =>
  [
    '| 番号 | 種別 | レーン | 工程 | 機能要件 | 根拠 |',
    '|---|---|---|---|---|---|',
    ...rows.map(
      ({ no, kind, lane, name, functions, evidence }) =>
        `| ${no} | ${kind} | ${lane} | ${name} | ${functions} | ${evidence} |`,
    ),
  ].join('\n')

const branchList = (rows: readonly FlowRow[]): string =>
  rows.flatMap((row) => (row.branch === '' ? [] : [`- ${row.no} ${row.name}: ${row.branch}`])).join('\n') || '- なし'

function sourceList(rows: readonly FlowRow[], sources: ReadonlyMap<string, string>): string {
  const text = rows.map((row) => row.evidence).join(' ')
  const used = [...new Set(text.match(/\b[LS]\d+\b/g))].toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true }))
  return used.flatMap((code) => (sources.has(code) ? [`- ${code}: ${sources.get(code)}`] : [])).join('\n')
}
