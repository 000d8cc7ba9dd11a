import { connect, createServer, type Socket } from 'node:net'

/** A wire to a server, that can be cut and joined again. */
export interface Wire {
  /** The server's address by way of the wire. */
  readonly url: string
  /** Connections tried since the last cut. */
  attempts(): number
  /** Ends every connection; new ones are refused until `join`. */
  cut(): void
  join(): void
  close(): Promise<void>
}

export async function wireTo(url: string): Promise<Wire> {
  const target = new URL(url)
  const sockets = new Set<Socket>()
  let isCut = false
  let attempts = 0
  const server = createServer((from) => {
    attempts += 1
    if (isCut) return void from.destroy()
    const to = connect(Number(target.port), target.hostname)
    for (const [socket, other] of [
      [from, to],
      [to, from],
    ] as const) {
      sockets.add(socket)
      socket.on('error', () => undefined).on('close', () => other.destroy())
      socket.pipe(other)
    }
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  const here = new URL(url)
  here.port = String(address.port)
  const end = (): void => sockets.forEach((socket) => socket.destroy())
  return {
    url: here.href,
    attempts: () => attempts,
    cut() {
      isCut = true
      attempts = 0
      end()
    },
    join: () => void (isCut = false),
    async close() {
      end()
      await new Promise((closed) => server.close(closed))
    },
  }
}
