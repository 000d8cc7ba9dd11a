import { freePort } from '#tools/free-port.ts'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { expect, it } from 'vitest'

it('a free port is another one each time, not one that is taken, and none of those for outgoing connections', async () => {
  const first = await freePort()
  const server = createServer().listen(first + 1, '127.0.0.1')
  await once(server, 'listening')
  const more = [await freePort(), await freePort()]
  server.close()
  expect(new Set([first, first + 1, ...more])).toHaveProperty('size', 4)
  expect(Math.max(first, ...more)).toBeLessThan(32_000) // they begin at 32,768 on Linux, at 49,152 elsewhere
})
