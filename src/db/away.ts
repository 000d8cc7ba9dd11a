/** The connection broke while a transaction was at work; `cause` is what the work saw of it. Whether it committed is unknown. */
export class DatabaseAway extends Error {
  constructor(cause: unknown) {
    super('Connection terminated', { cause })
    this.name = 'DatabaseAway'
  }
}

/** SQLSTATEs and socket errors of a server that shuts down, starts, takes no more, or is not there. */
const CODES = /^(08|57P0[123]|53300|ECONN|EPIPE|ENOTFOUND|EHOSTUNREACH|ETIMEDOUT)/
/** What the driver tells by a sentence only. */
const SENTENCES = [
  'Connection terminated',
  'Client has encountered a connection error',
  'Client was closed',
  'timeout exceeded when trying to connect',
]

/** Whether the database could not be reached, or went away meanwhile: the same work may go well a moment later. */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if (error instanceof DatabaseAway) return true
  if ('code' in error && typeof error.code === 'string' && CODES.test(error.code)) return true
  return SENTENCES.some((sentence) => error.message.startsWith(sentence))
}
