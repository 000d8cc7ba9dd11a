import { linesOf, runTool, type Check } from './check.ts'

/** oxfmt would change nothing. */
export const format: Check = {
  name: 'format',
  async run(root) {
    const { code, text } = await runTool('oxfmt/bin/oxfmt', ['--check', '.'], root)
    const looked = Number(/on (\d+) files?/.exec(text)?.[1] ?? 0)
    const files = linesOf(text).filter((line) => /^\S+ \(\d+ms\)$/.test(line))
    return { looked, findings: code === 0 ? [] : files.length > 0 ? files : linesOf(text) }
  },
}
