import { createServer } from 'node:net'

/** Below the numbers that systems give to outgoing connections: one that is free now is free when its server comes. */
const [FIRST, COUNT] = [20_000, 12_000]
/** Each process asks from a place of its own on: two that start at once are not told the same. */
let next = (process.pid * 61) % COUNT

/** A port of 127.0.0.1 that nobody listens on at this moment; each call gives another. */
export async function freePort(): Promise<number> {
  for (let left = COUNT; left > 0; left--) {
    const port = FIRST + next
    next = (next + 1) % COUNT
    if (await isPortFree(port)) return port
  }
  throw new Error('no free port')
}

/** True when nobody listens on this port of the address. */
export const isPortFree = (port: number, host = '127.0.0.1'): Promise<boolean> =>
  new Promise((ok) => {
    const probe = createServer().once('error', () => ok(false))
    probe.listen(port, host, () => probe.close(() => ok(true)))
  })
