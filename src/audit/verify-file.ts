import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { chainVerifier, type BadRow, type SealedRow } from './chain.ts'
import { EXPORT_FORMAT, type ExportHead } from './export.ts'

/** What a file says of itself. */
export interface FileVerification {
  readonly exportedAt: string
  readonly checked: bigint
  readonly firstBad: BadRow | null
}

/** The file is not an export of the journal, or a line of it cannot be read. `line` counts from 1. */
export class UnreadableExport extends Error {
  readonly line: number
  constructor(line: number) {
    super(
      `書き出した記録として読めません(${line}行目)。次にすること: 「監査」の「記録を書き出す」で取ったファイルを指定してください。`,
    )
    this.name = 'UnreadableExport'
    this.line = line
  }
}

/** 書き出した記録を検証する: needs the file alone. Flat memory. Throws `UnreadableExport`. */
export async function verifyExport(path: string): Promise<FileVerification> {
  const lines = createInterface({ input: createReadStream(path, 'utf8'), crlfDelay: Infinity })
  let head: ExportHead | undefined
  let verifier: ReturnType<typeof chainVerifier> | undefined
  let number = 0
  for await (const text of lines) {
    number++
    if (text === '') continue
    if (verifier === undefined) {
      head = readHead(text)
      verifier = chainVerifier({ number: BigInt(head.afterNumber), hash: head.previousHash })
      continue
    }
    const firstBad = verifier.next(readRow(text, number))
    if (firstBad !== null) return { exportedAt: head?.exportedAt ?? '', checked: verifier.checked, firstBad }
  }
  if (head === undefined || verifier === undefined) throw new UnreadableExport(1)
  return { exportedAt: head.exportedAt, checked: verifier.checked, firstBad: null }
}

function parse(text: string, line: number): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown> // an object, just checked
  } catch {
    // reported below with its line
  }
  throw new UnreadableExport(line)
}

function readHead(text: string): ExportHead {
  const head = parse(text, 1)
  const isHead = head['format'] === EXPORT_FORMAT && typeof head['previousHash'] === 'string'
  if (!isHead || !/^\d+$/.test(String(head['afterNumber']))) throw new UnreadableExport(1)
  return head as unknown as ExportHead // its fields were just checked
}

const TEXTS = ['eventHash', 'previousHash', 'hash', 'text'] as const

function readRow(text: string, line: number): SealedRow {
  const row = parse(text, line)
  const digits = (name: string): bigint => {
    const value = row[name]
    if (typeof value !== 'string' || !/^\d+$/.test(value)) throw new UnreadableExport(line)
    return BigInt(value)
  }
  const [eventHash, previousHash, hash, sealed] = TEXTS.map((name) => {
    const value = row[name]
    if (typeof value !== 'string') throw new UnreadableExport(line)
    return value
  })
  return {
    number: digits('number'),
    eventId: digits('eventId'),
    eventHash: eventHash ?? '',
    previousHash: previousHash ?? '',
    hash: hash ?? '',
    text: sealed ?? '',
  }
}
