import type { ServerResponse } from 'node:http'
import type { FastifyInstance } from 'fastify'
import { isSessionOpen } from '#access/sessions.ts'
import type { Changes } from '../../changes.ts'
import type { ApiDeps } from '../../deps.ts'
import { fastifySchema, placeOf } from '../../register.ts'
import { SESSION_COOKIE } from './authenticate.ts'

const PING_MS = 15_000
/** A browser that does not read is cut off; it comes again and reads everything anew. */
const BUFFER_BYTES = 256 * 1024

/** Server-sent events: what has changed, as ids. A stream ends with its session. */
export function events(app: FastifyInstance, deps: ApiDeps, changes: Changes): void {
  const open = new Set<ServerResponse>()
  app.addHook('preClose', async () => {
    for (const response of open) response.end()
  })
  app.route({
    ...placeOf('GET /api/events'),
    schema: fastifySchema('GET /api/events'),
    config: { right: 'GET /api/events' },
    handler: async (request, reply) => {
      const cookie = request.cookies[SESSION_COOKIE]
      reply.hijack()
      const { raw } = reply
      raw.writeHead(200, {
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
      })
      raw.write('retry: 2000\n\n')
      open.add(raw)
      const write = (text: string): void => {
        if (raw.writableLength > BUFFER_BYTES) raw.destroy()
        else raw.write(text)
      }
      const me = `${request.user?.userId ?? ''}`
      const unsubscribe = changes.subscribe((change) => {
        if (change.topic === 'notification' && change.id !== me) return // another person's
        write(`data: ${JSON.stringify(change.topic === 'notification' ? { ...change, id: null } : change)}\n\n`)
      })
      const ping = async (): Promise<void> => {
        const isAlive = cookie === undefined || (await isSessionOpen(deps.db, deps.machineNow, cookie))
        if (isAlive) write(': ping\n\n')
        else raw.end()
      }
      const timer = setInterval(() => void ping().catch(() => raw.end()), PING_MS)
      raw.on('close', () => {
        clearInterval(timer)
        unsubscribe()
        open.delete(raw)
      })
    },
  })
}
