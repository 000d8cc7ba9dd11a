import { runTool, type Check } from './check.ts'

interface Report {
  readonly number_of_files: number
  readonly diagnostics: readonly {
    readonly severity: string
    readonly code: string
    readonly message: string
    readonly help?: string
    readonly filename: string
    readonly labels: readonly { readonly span: { readonly line: number } }[]
  }[]
}

/** oxlint with types, and the allow-lists of imports per folder (`.oxlintrc.json`). */
export const lint: Check = {
  name: 'lint',
  async run(root) {
    const { text } = await runTool('oxlint/bin/oxlint', ['--quiet', '--format', 'json', '.'], root)
    const report = JSON.parse(text.slice(text.indexOf('{'))) as Report
    return {
      looked: report.number_of_files,
      findings: report.diagnostics
        .filter(({ severity }) => severity === 'error')
        .map(
          ({ filename, labels, code, message, help }) =>
            `${filename}:${labels[0]?.span.line ?? 0} ${code} ${message}${help === undefined ? '' : ` (${help})`}`,
        ),
    }
  },
}
