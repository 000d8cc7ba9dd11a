import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { Fault } from '#kernel/faults.ts'
import type { PdfJob } from './compile-pdf.ts'
import type { RenderAnswer, RenderRequest } from './render-child.ts'

const CHILD = fileURLToPath(new URL('render-child.ts', import.meta.url))

/** A print file of 500 letters makes a child grow to about 1.1 GB, which it would keep: above this it ends after its job. */
const FULL_BYTES = 512 * 1024 * 1024

/** A print file of 500 takes about 4 s; longer than this and the child is given up. */
const PATIENCE_MS = 180_000

export interface Renderer {
  /**
   * Views → one PDF/A-2b, a document with one notice after the other; equal jobs give equal bytes. Jobs wait for a free child.
   * Throws NOTE-002 (transient) when a child dies or takes too long; the next job gets a new one.
   */
  render(job: PdfJob): Promise<Buffer>
  /** Ends the children; waiting jobs fail with NOTE-002. */
  close(): Promise<void>
}

interface Waiting {
  readonly job: PdfJob
  resolve(pdf: Buffer): void
  reject(error: Error): void
}

/**
 * 帳票を作る子プロセス: `processes` children, started when first needed. They compile without pause for seconds, which the
 * worker's heart-beat could not bear in its own process. Idle children keep nobody alive.
 */
export function startRenderer({ processes = 2 }: { readonly processes?: number } = {}): Renderer {
  const idle: ChildProcess[] = []
  const all = new Set<ChildProcess>()
  const queue: Waiting[] = []
  let lastId = 0
  let isClosed = false

  const start = (): ChildProcess => {
    const child = fork(CHILD, {
      serialization: 'advanced',
      execArgv: [],
      env: {},
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    })
    all.add(child)
    child.once('exit', () => {
      all.delete(child)
      const at = idle.indexOf(child)
      if (at >= 0) idle.splice(at, 1)
      pump()
    })
    return child
  }
  const rest = (child: ChildProcess): void => {
    child.unref()
    child.channel?.unref()
    idle.push(child)
  }
  const pump = (): void => {
    while (queue.length > 0 && (idle.length > 0 || all.size < processes)) {
      const child = idle.pop() ?? start()
      const waiting = queue.shift()
      if (!waiting) return rest(child)
      void work(child, waiting)
    }
  }
  const work = async (child: ChildProcess, waiting: Waiting): Promise<void> => {
    child.ref()
    child.channel?.ref()
    try {
      lastId += 1
      const { pdf, rssBytes } = await ask(child, { id: lastId, job: waiting.job })
      waiting.resolve(Buffer.from(pdf))
      if (rssBytes > FULL_BYTES) child.disconnect()
      else rest(child)
    } catch (error) {
      if (child.exitCode === null && child.signalCode === null && !(error instanceof Fault)) rest(child)
      else child.kill('SIGKILL')
      waiting.reject(error instanceof Error ? error : new Fault('NOTE-002'))
    }
    pump()
  }
  return {
    render: (job) =>
      new Promise((resolve, reject) => {
        if (isClosed) return reject(new Fault('NOTE-002'))
        queue.push({ job, resolve, reject })
        pump()
      }),
    async close() {
      isClosed = true
      for (const waiting of queue.splice(0)) waiting.reject(new Fault('NOTE-002'))
      const ends = [...all].map((child) => new Promise((done) => child.once('exit', done)))
      for (const child of all) {
        child.ref()
        child.kill('SIGKILL')
      }
      await Promise.all(ends)
    },
  }
}

/** One request, one answer. NOTE-002 when the child ends or is too slow; a plain error when the template is at fault. */
function ask(child: ChildProcess, request: RenderRequest): Promise<Extract<RenderAnswer, { pdf: Uint8Array }>> {
  return new Promise((resolve, reject) => {
    const onMessage = (answer: RenderAnswer): void => {
      if (answer.id !== request.id) return
      settle()
      if ('pdf' in answer) resolve(answer)
      else reject(new Error(answer.error))
    }
    const onEnd = (): void => {
      settle()
      reject(new Fault('NOTE-002'))
    }
    const timer = setTimeout(onEnd, PATIENCE_MS)
    const settle = (): void => {
      clearTimeout(timer)
      child.off('message', onMessage)
      child.off('exit', onEnd)
      child.off('error', onEnd)
    }
    child.on('message', onMessage)
    child.once('exit', onEnd)
    child.once('error', onEnd)
    child.send(request, (error) => error && onEnd())
  })
}

let shared: Renderer | undefined

/** The process's own renderer, started when first used. */
export const noticeRenderer = (): Renderer => (shared ??= startRenderer())
