import { runTool, type Check } from './check.ts'

type Issues = Readonly<Record<string, unknown>> & { readonly file: string }
interface Report {
  readonly files?: readonly string[]
  readonly issues: readonly Issues[]
}
const KINDS = 'files,exports,dependencies,unlisted,unresolved,duplicates'

const namesOf = (value: unknown): string[] =>
  Array.isArray(value) ? value.flatMap(namesOf) : [(value as { readonly name?: string }).name ?? String(value)]

/** knip: files and exports that nobody uses, packages that nobody imports, imports that package.json does not name. */
export const deadCode: Check = {
  name: 'dead code',
  async run(root) {
    const args = ['--config', '.knip.json', '--include', KINDS, '--reporter', 'json', '--no-progress']
    const { text } = await runTool('knip/bin/knip.js', args, root)
    const report = JSON.parse(text.slice(text.indexOf('{'))) as Report
    const findings = report.issues.flatMap((issue) =>
      Object.entries(issue)
        .filter(([kind, value]) => kind !== 'file' && Array.isArray(value) && value.length > 0)
        .map(([kind, value]) => `${issue.file} ${kind}: ${namesOf(value).join(', ')}`),
    )
    return { looked: 1, findings }
  },
}
