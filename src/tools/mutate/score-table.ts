import { dirname } from 'node:path'

/** A change of the source and what the tests made of it; paths are relative to the project. */
export interface Mutant {
  readonly fileName: string
  /** Killed and Timeout are noticed, Survived and NoCoverage are not; CompileError and the like do not count. */
  readonly status: string
}

export interface Score {
  readonly folder: string
  readonly noticed: number
  readonly counted: number
}

const NOTICED = ['Killed', 'Timeout']
export const MISSED = ['Survived', 'NoCoverage']

/** 変異の検出: per folder, the whole last. A folder without a countable change has no line. */
export function scoresOf(mutants: readonly Mutant[]): readonly Score[] {
  const folders = new Map<string, { noticed: number; counted: number }>()
  const all = { noticed: 0, counted: 0 }
  for (const { fileName, status } of mutants) {
    const isNoticed = NOTICED.includes(status)
    if (!isNoticed && !MISSED.includes(status)) continue
    const folder = dirname(fileName)
    const of = folders.get(folder) ?? { noticed: 0, counted: 0 }
    folders.set(folder, of)
    for (const sum of [of, all]) {
      sum.counted += 1
      if (isNoticed) sum.noticed += 1
    }
  }
  const rows = [...folders].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([folder, sums]) => ({ folder, ...sums }))
  return [...rows, { folder: '全体', ...all }]
}

/** Percent with one decimal, rounded down: 84.99 is not 85. */
export const percentOf = ({ noticed, counted }: Score): number => Math.floor((noticed * 1000) / counted) / 10

export const scoreTable = (scores: readonly Score[]): string =>
  [
    '| フォルダー | 検出 | 変異 | % |',
    '|---|---|---|---|',
    ...scores.map((one) => `| ${one.folder} | ${one.noticed} | ${one.counted} | ${percentOf(one).toFixed(1)} |`),
  ].join('\n')
