/** Numbers that look random and are the same for the same seed: a sample can be made again, on any machine. */
export interface Random {
  /** An integer from 0 to `below` − 1. */
  int(below: number): number
  /** One of the items. */
  pick<T>(items: readonly T[]): T
}

/** A 32-bit mix of a text (FNV-1a), the start of a generator. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index += 1) {
    hash ^= text.charCodeAt(index)
    hash = Math.imul(hash, 0x01000193)
  }
  return hash >>> 0
}

/** A generator (mulberry32) of its own for a seed and a key, so that the order of asking elsewhere changes nothing. */
export function randomOf(seed: number, key: string): Random {
  let state = hashOf(`${seed}/${key}`)
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return (mixed ^ (mixed >>> 14)) >>> 0
  }
  const int = (below: number): number => Math.floor((next() / 2 ** 32) * below)
  return {
    int,
    pick(items) {
      const item = items[int(items.length)]
      if (item === undefined) throw new RangeError('nothing to pick from')
      return item
    },
  }
}

/** The numbers 0 … size − 1 in an order of the seed and key. */
export function shuffled(size: number, seed: number, key: string): readonly number[] {
  const random = randomOf(seed, key)
  const order = Array.from({ length: size }, (_, index) => index)
  for (let index = size - 1; index > 0; index -= 1) {
    const other = random.int(index + 1)
    const [a, b] = [order[index], order[other]]
    if (a !== undefined && b !== undefined) [order[index], order[other]] = [b, a]
  }
  return order
}
