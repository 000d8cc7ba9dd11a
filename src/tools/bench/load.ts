import { Agent, request } from 'node:http'

/** A request of a user of the office. */
export interface Ask {
  readonly kind: string
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly body?: object
}

/** Milliseconds of every answer, by kind. */
export type Answers = ReadonlyMap<string, readonly number[]>

/**
 * All users at once, each asking its next question as soon as the last is answered, or after a pause. Throws on any answer but 200.
 */
export async function askTogether(
  port: number,
  users: readonly { readonly token: string; readonly asks: readonly Ask[] }[],
  pauseMs = 0,
): Promise<Answers> {
  const agent = new Agent({ keepAlive: true, maxSockets: users.length })
  const times = new Map<string, number[]>()
  await Promise.all(
    users.map(async ({ token, asks }) => {
      for (const ask of asks) {
        if (pauseMs > 0) await new Promise((wake) => setTimeout(wake, pauseMs * (0.5 + Math.random()))) // not in step
        const startedAt = performance.now()
        await answer(agent, port, token, ask)
        const took = performance.now() - startedAt
        const known = times.get(ask.kind)
        if (known) known.push(took)
        else times.set(ask.kind, [took])
      }
    }),
  )
  agent.destroy()
  return times
}

const answer = (agent: Agent, port: number, token: string, { method, path, body }: Ask): Promise<void> =>
  new Promise((ok, no) => {
    const headers = { authorization: `Bearer ${token}`, ...(body ? { 'content-type': 'application/json' } : {}) }
    const asked = request({ agent, host: '127.0.0.1', port, path, method, headers }, (reply) => {
      const isGood = reply.statusCode === 200
      let text = ''
      reply.on('data', (piece: Buffer) => {
        if (!isGood) text += piece.toString()
      })
      reply.on('end', () => (isGood ? ok() : no(new Error(`${method} ${path}: ${reply.statusCode} ${text}`))))
    })
    asked.on('error', no)
    asked.end(body ? JSON.stringify(body) : undefined)
  })
