import type { Glance } from './types.ts'

/** More than any magic number. */
const HEAD_BYTES = 16
/** The directory of a workbook with a thousand parts fits in here. */
const TAIL_BYTES = 256 * 1024

/** Bytes that pass by as they are, and what was seen of them once they have; only the first and the last are held. */
interface Glancing {
  readonly bytes: AsyncIterable<Uint8Array>
  seen(): Glance
}

export function glanceAt(source: AsyncIterable<Uint8Array>): Glancing {
  let head: Buffer = Buffer.alloc(0)
  let tail: Buffer = Buffer.alloc(0)
  let hasControls = false
  const readings = [textReading('utf-8'), textReading('shift_jis')]
  async function* pass(): AsyncGenerator<Uint8Array> {
    for await (const piece of source) {
      if (head.length < HEAD_BYTES) head = Buffer.concat([head, piece.subarray(0, HEAD_BYTES - head.length)])
      tail = Buffer.concat([tail, piece.subarray(-TAIL_BYTES)]).subarray(-TAIL_BYTES)
      hasControls ||= piece.some(isControl)
      if (!hasControls) for (const reading of readings) reading.take(piece)
      yield piece
    }
    for (const reading of readings) reading.end()
  }
  return {
    bytes: pass(),
    seen: () => ({ head, tail, isText: !hasControls && readings.some((reading) => reading.isGood()) }),
  }
}

/** Below the space only tab and line ends stand in a text. */
const isControl = (byte: number): boolean =>
  byte === 0x7f || (byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d)

/** Reads pieces in one character set until one cannot be read. */
function textReading(encoding: 'utf-8' | 'shift_jis') {
  const decoder = new TextDecoder(encoding, { fatal: true })
  let isGood = true
  const attempt = (read: () => string): void => {
    if (!isGood) return
    try {
      read()
    } catch (error) {
      if (!(error instanceof TypeError)) throw error // a fatal decoder says so of bytes it does not know
      isGood = false
    }
  }
  return {
    take: (piece: Uint8Array) => attempt(() => decoder.decode(piece, { stream: true })),
    end: () => attempt(() => decoder.decode()),
    isGood: () => isGood,
  }
}
