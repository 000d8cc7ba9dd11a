import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Check } from './check.ts'
import { looksJapanese, wordsOf } from './romaji.ts'

const SOURCES = '{src,workers,processes}/**/*.{ts,tsx,mjs}'
const HEADER = ['用語', 'よみ', 'identifier', 'English', '根拠']
/** Spelt with long marks in file kinds and demo logins, which are data that others rely on. */
const FIXED = new Set(['tantou', 'soufusaki'])
/** Comments and texts are prose: only names count. */
const PROSE = /\/\*[\s\S]*?\*\/|(?<![:'"])\/\/.*$|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`/gm

const rowsOf = (file: string): string[][] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => line.split('\t'))

const englishWords = new Set(readFileSync(join(import.meta.dirname, 'english-words.txt'), 'utf8').split(/\s+/))

function faultsOfTable(rows: readonly string[][]): string[] {
  const [header = [], ...terms] = rows
  const findings: string[] = []
  if (header.join('\t') !== HEADER.join('\t')) findings.push(`the columns must be ${HEADER.join(' | ')}`)
  const seen = new Set<string>()
  terms.forEach((row, index) => {
    const [term = '', , identifier = ''] = row
    if (row.length !== HEADER.length)
      findings.push(`line ${index + 2}: ${row.length} columns instead of ${HEADER.length}`)
    if (seen.has(term)) findings.push(`line ${index + 2}: ${term} is registered twice`)
    if (!FIXED.has(identifier) && /ou|oo|uu|ō|ū/.test(identifier) && looksJapanese(identifier.toLowerCase()))
      findings.push(`line ${index + 2}: ${identifier} is not Hepburn without long marks`)
    seen.add(term)
  })
  return findings.map((text) => `processes/GLOSSARY.tsv ${text}`)
}

/** Japanese words in names are registered in `processes/GLOSSARY.tsv`, one spelling each. */
export const glossary: Check = {
  name: 'glossary',
  async run(root) {
    const table = join(root, 'processes/GLOSSARY.tsv')
    if (!existsSync(table)) return { looked: 0, findings: ['processes/GLOSSARY.tsv is missing'] }
    const rows = rowsOf(table)
    const known = new Set(rows.slice(1).flatMap(([, , identifier = '']) => wordsOf(identifier)))
    const unknown = new Map<string, string>()
    for (const path of globSync(SOURCES, { cwd: root }).sort()) {
      const names = wordsOf(`${path} ${readFileSync(join(root, path), 'utf8').replaceAll(PROSE, ' ')}`)
      for (const word of new Set(names))
        if (looksJapanese(word) && !known.has(word) && !englishWords.has(word) && !unknown.has(word))
          unknown.set(word, path)
    }
    const strangers = [...unknown].map(
      ([word, path]) =>
        `${path}: "${word}" is not registered: add it to processes/GLOSSARY.tsv, or to src/tools/checks/english-words.txt when it is English`,
    )
    return { looked: rows.length - 1, findings: [...faultsOfTable(rows), ...strangers] }
  },
}
