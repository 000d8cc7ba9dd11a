import { createHash } from 'node:crypto'

/** A statement that is asked so often that the server keeps it parsed and, where that is as good, planned. */
export interface Prepared {
  readonly name: string
  readonly text: string
}

/** For statements of few different texts: each connection keeps every one of them until it closes. */
export const prepared = (text: string): Prepared => ({
  name: createHash('sha256').update(text).digest('hex').slice(0, 32),
  text,
})
