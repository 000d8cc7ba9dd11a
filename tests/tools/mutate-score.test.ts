import { describe, expect, it } from 'vitest'
import { percentOf, scoresOf, scoreTable } from '#tools/mutate/score-table.ts'

const mutant = (fileName: string, status: string) => ({ fileName, status })

describe('score of the mutation run', () => {
  it('counts by folder what the tests noticed; what did not compile does not count', () => {
    // given
    const mutants = [
      mutant('src/rules/zengin/a.ts', 'Killed'),
      mutant('src/rules/calendar/a.ts', 'Killed'),
      mutant('src/rules/calendar/b.ts', 'Timeout'),
      mutant('src/rules/calendar/b.ts', 'Survived'),
      mutant('src/rules/zengin/a.ts', 'NoCoverage'),
      mutant('src/rules/zengin/a.ts', 'CompileError'),
      mutant('src/rules/options.ts', 'Ignored'),
    ]

    // when
    const scores = scoresOf(mutants)

    // then
    expect(scores).toEqual([
      { folder: 'src/rules/calendar', noticed: 2, counted: 3 },
      { folder: 'src/rules/zengin', noticed: 1, counted: 2 },
      { folder: '全体', noticed: 3, counted: 5 },
    ])
    expect(scoreTable(scores)).toContain('| src/rules/calendar | 2 | 3 | 66.6 |')
  })

  it('rounds down: just below the goal is not the goal', () => {
    expect(percentOf({ folder: '全体', noticed: 8499, counted: 10_000 })).toBe(84.9)
    expect(percentOf({ folder: '全体', noticed: 8500, counted: 10_000 })).toBe(85)
  })
})
