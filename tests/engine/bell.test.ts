import { describe, expect, it } from 'vitest'
import { hangBell } from '#engine/bell.ts'

const LONG = 60_000
/** Whether it has ended by now, after everything that is ready has run. */
async function hasEnded(one: Promise<void>): Promise<boolean> {
  const open = Symbol('open')
  const turn = new Promise((resolve) => setImmediate(() => resolve(open)))
  return (await Promise.race([one, turn])) !== open
}

describe('a bell', () => {
  it('wakes one of those who rest, and the next with the next ring', async () => {
    const bell = hangBell()
    const [first, second] = [bell.rest(LONG), bell.rest(LONG)]
    bell.ring()
    expect(await hasEnded(first)).toBe(true)
    expect(await hasEnded(second)).toBe(false)
    bell.ring()
    expect(await hasEnded(second)).toBe(true)
  })
  it('is heard by the next who lies down when nobody rested, once', async () => {
    const bell = hangBell()
    bell.ring()
    bell.ring()
    expect(await hasEnded(bell.rest(LONG))).toBe(true)
    const second = bell.rest(LONG)
    expect(await hasEnded(second)).toBe(false)
    bell.ring()
    expect(await hasEnded(second)).toBe(true)
  })
  it('lets nobody rest any more after the last ring', async () => {
    const bell = hangBell()
    const resting = [bell.rest(LONG), bell.rest(LONG)]
    bell.ringForEver()
    for (const one of [...resting, bell.rest(LONG), bell.rest(LONG)]) expect(await hasEnded(one)).toBe(true)
  })
  it('lets whoever is not called get up by himself', async () => {
    const rest = hangBell().rest(5)
    expect(await hasEnded(rest)).toBe(false)
    await rest
  })
})
