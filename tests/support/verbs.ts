import { dataFolder } from '#tools/launch/data-folder.ts'
import { ApiProblem } from '#tools/verbs/api-client.ts'
import { runKoki } from '#tools/verbs/run-koki.ts'
import type { VerbContext } from '#tools/verbs/verb.ts'
import type { Login, TestApi } from './api.ts'

/** The command line over the API of a test: the same words, the same routes. */
export interface Koki {
  /** Lines of the last command. */
  readonly printed: string[]
  context(over?: Partial<VerbContext>): VerbContext
  koki(...words: string[]): Promise<{ readonly code: number; readonly text: string }>
}

export function kokiOver(api: TestApi): Koki {
  const printed: string[] = []
  const context = (over: Partial<VerbContext> = {}): VerbContext => ({
    folder: dataFolder({ KOKI_DATA: api.office.folder }),
    clock: { ...api.office.clock, offsetMs: () => 0 },
    clockFile: null,
    isSample: true,
    database: async () => api.office.db,
    ownerUrl: async () => api.office.ownerUrl,
    async api<Answer>(method: string, path: string, body?: unknown, { user = 'kanri' }: { user?: string } = {}) {
      const reply = await api.call(user as Login, method as 'GET', path, body)
      if (reply.statusCode >= 300) throw new ApiProblem(reply.json())
      return reply.json<Answer>()
    },
    print: (line) => void printed.push(line),
    ...over,
  })
  return {
    printed,
    context,
    async koki(...words) {
      printed.length = 0
      const code = await runKoki(words, context())
      return { code, text: printed.join('\n') }
    },
  }
}
