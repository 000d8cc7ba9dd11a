import { createServer } from 'node:net'

/** A port of 127.0.0.1 that nobody listens on at this moment. */
export const freePort = (): Promise<number> =>
  new Promise((ok, no) => {
    const probe = createServer().once('error', no)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => {
        if (address === null || typeof address === 'string') no(new Error('no port given'))
        else ok(address.port)
      })
    })
  })

/** True when nobody listens on this port of the address. */
export const isPortFree = (port: number, host = '127.0.0.1'): Promise<boolean> =>
  new Promise((ok) => {
    const probe = createServer().once('error', () => ok(false))
    probe.listen(port, host, () => probe.close(() => ok(true)))
  })
