import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import { Fault } from '#kernel/faults.ts'
import { sendProblem } from '../../problem.ts'

/** Addresses that never are pages. */
const NOT_PAGES = /^\/(api|oidc|healthz|readyz|metrics)(\/|$|\?)/

// https://github.com/fastify/fastify-static
/** The built web. Any other address is a page of it: the browser's router takes over. */
export function registerPages(app: FastifyInstance, root: string | null): void {
  if (root !== null)
    void app.register(fastifyStatic, {
      root,
      wildcard: false,
      index: 'index.html',
      setHeaders: (reply, path) =>
        void reply.header(
          'cache-control',
          /\/assets\//.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache',
        ),
    })
  app.setNotFoundHandler((request, reply) => {
    const isPage = request.method === 'GET' && (request.headers.accept ?? '').includes('text/html')
    if (root !== null && isPage && !NOT_PAGES.test(request.url)) return reply.sendFile('index.html')
    return sendProblem(request, reply, new Fault('REQ-002'))
  })
}
