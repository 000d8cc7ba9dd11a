import type { FastifyInstance } from 'fastify'
import type { GuardedRoute } from '#access/rights.ts'
import type { DiskSpace } from '#runtime/disk-space.ts'

/** Routes that bring in something new. What is under way goes on when the disk is full. */
const NEEDS_SPACE = new Set<GuardedRoute>(['POST /api/files', 'POST /api/runs', 'POST /api/tasks/:taskId/attachments'])

/** Nothing new on a full disk: refused before a byte is read (DISK-001). After `authenticate`. */
export function diskGuard(app: FastifyInstance, space: DiskSpace): void {
  app.addHook('onRequest', async (request) => {
    const { right } = request.routeOptions.config
    if (right !== undefined && NEEDS_SPACE.has(right)) await space.require()
  })
}
