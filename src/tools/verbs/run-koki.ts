import { allVerbs, verbsBeginningWith } from './index.ts'
import type { Verb, VerbContext } from './verb.ts'

const HELP = new Set(['', 'help', '--help', '-h'])

/** The help: every verb with its words and its line. */
export function help(verbs: readonly Verb[]): string {
  const heads = verbs.map(({ name, usage }) => `${name} ${usage}`.trim())
  const width = Math.max(...heads.map(widthOf))
  const lines = verbs.map(({ summary }, index) => {
    const head = heads[index] ?? ''
    return `  ${head}${' '.repeat(width - widthOf(head))}  ${summary}`
  })
  return ['使い方: npm run -s koki -- <命令> [語…]', '', ...lines].join('\n')
}

/** Columns on a terminal: Japanese letters take two. */
const widthOf = (text: string): number => [...text].reduce((sum, letter) => sum + (letter > '\u2e7f' ? 2 : 1), 0)

/**
 * Finds the verb by its one or two words and runs it. Exit code 2 and the help for words nobody knows. `only`: the verbs
 * there are, else those of `index.ts`.
 */
export async function runKoki(words: readonly string[], context: VerbContext, only?: readonly Verb[]): Promise<number> {
  const asked = words[0] ?? ''
  if (HELP.has(asked)) {
    context.print(help(only ?? (await allVerbs())))
    return 0
  }
  const verb = (only ?? (await verbsBeginningWith(asked)))
    .toSorted((a, b) => b.name.length - a.name.length)
    .find(({ name }) => name.split(' ').every((word, index) => words[index] === word))
  if (verb === undefined) {
    context.print(`「${words.join(' ')}」という命令はありません。`)
    context.print(help(only ?? (await allVerbs())))
    return 2
  }
  const code = await verb.run(words.slice(verb.name.split(' ').length), context)
  if (code === 2 && verb.speaksJson !== true) context.print(`使い方: npm run -s koki -- ${verb.name} ${verb.usage}`)
  return code
}
