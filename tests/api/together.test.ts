import { together, togetherBy } from '#kernel/together.ts'
import { describe, expect, it } from 'vitest'

/** A source whose readings end when the test says so; tells what was asked in each. */
function source() {
  const readings: { readonly keys: readonly string[]; end(): void }[] = []
  const read = (keys: readonly string[]): Promise<ReadonlyMap<string, string>> => {
    const { promise, resolve } = Promise.withResolvers<ReadonlyMap<string, string>>()
    readings.push({ keys, end: () => resolve(new Map(keys.map((key) => [key, `${key}!`]))) })
    return promise
  }
  return { read, readings }
}

describe('togetherBy', () => {
  it('gives each asker the answer to its own key, those who asked during a reading in the next one', async () => {
    const { read, readings } = source()
    const ask = togetherBy(read)
    const first = ask('a')
    await expect.poll(() => readings.length).toBe(1)
    const later = [ask('b'), ask('c'), ask('b')]
    readings[0]?.end()
    expect(await first).toBe('a!')
    await expect.poll(() => readings.length).toBe(2)
    readings[1]?.end()
    expect(await Promise.all(later)).toEqual(['b!', 'c!', 'b!'])
    expect(readings.map(({ keys }) => keys)).toEqual([['a'], ['b', 'c']])
  })
  it('loses nobody who asks in the moment between two readings', async () => {
    const { read, readings } = source()
    const ask = togetherBy(read)
    const first = ask('a')
    await expect.poll(() => readings.length).toBe(1)
    const waiting = ask('b')
    // as soon as the first answer is there, and before the next reading has begun
    const between = first.then(() => ask('c'))
    readings[0]?.end()
    await first
    await expect.poll(() => readings.length).toBeGreaterThan(1)
    for (const done of [waiting, between]) {
      for (const reading of readings) reading.end()
      await done
    }
    expect(await Promise.all([waiting, between])).toEqual(['b!', 'c!'])
  })
  it('tells a failed reading to its askers alone', async () => {
    let isBroken = true
    const ask = togetherBy(async (keys: readonly string[]) => {
      if (isBroken) throw new Error('away')
      return new Map(keys.map((key) => [key, key]))
    })
    await expect(ask('a')).rejects.toThrow('away')
    isBroken = false
    expect(await ask('a')).toBe('a')
  })
})

describe('together', () => {
  it('gives those who ask in one moment one reading, and those who ask while it is under way another one', async () => {
    const ends: (() => void)[] = []
    const ask = together(() => new Promise<number>((done) => ends.push(() => done(ends.length))))
    const answers = [ask(), ask()]
    await expect.poll(() => ends.length).toBe(1)
    answers.push(ask(), ask())
    ends[0]?.()
    await answers[0]
    await expect.poll(() => ends.length).toBe(2)
    ends[1]?.()
    expect(await Promise.all(answers)).toEqual([1, 1, 2, 2])
  })
})
