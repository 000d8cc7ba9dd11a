import type { FastifyInstance } from 'fastify'
import { docsPage, type ApiDocument } from '../../docs-page.ts'

/** `/api/openapi.json` for machines, `/api/docs` for people. */
export function apiDocuments(app: FastifyInstance): void {
  app.get('/api/openapi.json', { schema: { hide: true } }, async (_request, reply) =>
    reply.type('application/json; charset=utf-8').send(JSON.stringify(app.swagger())),
  )
  app.get(
    '/api/docs',
    { schema: { hide: true } },
    async (_request, reply) => reply.type('text/html; charset=utf-8').send(docsPage(app.swagger() as ApiDocument)), // the part we read
  )
}
