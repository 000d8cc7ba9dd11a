import { FAULTS, type FaultEntry } from '#kernel/faults.ts'

const KINDS: Readonly<Record<FaultEntry['kind'], string>> = {
  refusal: '業務の拒否',
  input: '入力の誤り',
  forbidden: '権限',
  transient: '一時的',
  defect: '障害',
}

/** `src/docs/faults.md`: every fault with its message and 次にすること, from the one table. */
export function faultsPage(): string {
  const rows = Object.entries<FaultEntry>(FAULTS)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([code, { kind, status, message, next }]) => `| ${code} | ${KINDS[kind]} | ${status} | ${message} | ${next} |`)
  return `# 誤りと拒否の一覧

\`src/kernel/faults.ts\` から \`npm run generate\` で作ります。手で直さないでください。\`{…}\` には件数や項目名が入ります。

| 符号 | 種類 | HTTP | 文 | 次にすること |
|---|---|---|---|---|
${rows.join('\n')}
`
}
