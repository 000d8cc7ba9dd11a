import type { Verb } from '../verbs/verb.ts'

/** `src/docs/manual/commands.md`: every command of `koki` with its words, from the one list. */
export function commandsPage(verbs: readonly Verb[]): string {
  const rows = verbs.map(({ name, usage, summary }) => `| \`${name}\` | ${usage.replaceAll('|', '\\|')} | ${summary} |`)
  return `# 命令の一覧

\`src/tools/verbs/index.ts\` から \`npm run generate\` で作ります。手で直さないでください。\`npm run -s koki --\` の後に打ちます。\`--user\` のある命令は、見本でだけ人の代わりに行えます。本番では、その人が画面で行います。

| 命令 | 続ける語 | すること |
|---|---|---|
${rows.join('\n')}
`
}
