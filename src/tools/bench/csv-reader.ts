// One process a list: starts the API, fetches the CSV of a task over HTTP, and tells the most memory it took.
import { openBenchApi } from './bench-api.ts'

/** What came, and the most memory of the process that served and read it. */
export interface CsvRead {
  readonly lines: number
  readonly bytes: number
  readonly seconds: number
  readonly peakMb: number
}

const [url = '', folder = '', taskId = ''] = process.argv.slice(2)
const api = await openBenchApi(url, folder)
try {
  const address = await api.app.listen({ host: '127.0.0.1', port: 0 })
  const startedAt = performance.now()
  const reply = await fetch(`${address}/api/tasks/${taskId}/worksheet.csv`, { headers: api.headers })
  if (!reply.ok || reply.body === null) throw new Error(`${reply.status} ${await reply.text()}`)
  let [lines, bytes] = [0, 0]
  for await (const piece of reply.body) {
    bytes += piece.length
    for (const byte of piece) if (byte === 10) lines += 1
  }
  const read: CsvRead = {
    lines,
    bytes,
    seconds: (performance.now() - startedAt) / 1000,
    peakMb: process.resourceUsage().maxRSS / 1024,
  }
  console.log(JSON.stringify(read))
} finally {
  await api.close()
}
