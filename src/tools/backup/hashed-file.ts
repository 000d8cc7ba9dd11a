import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, open } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Transform, type Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

/** What a backup knows of a file. */
export interface FileFact {
  readonly bytes: number
  readonly sha256: string
}

function counter(): { readonly through: Transform; fact(): FileFact } {
  const hash = createHash('sha256')
  let bytes = 0
  const through = new Transform({
    transform(piece: Buffer, _encoding, done) {
      hash.update(piece)
      bytes += piece.length
      done(null, piece)
    },
  })
  return { through, fact: () => ({ bytes, sha256: hash.digest('hex') }) }
}

async function sync(path: string): Promise<void> {
  const handle = await open(path, 'r+')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** A file of our account alone that is hashed while it is written. `fact` waits until it is on the disk. */
export async function hashedSink(path: string): Promise<{ readonly sink: Writable; fact(): Promise<FileFact> }> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const { through, fact } = counter()
  const written = pipeline(through, createWriteStream(path, { mode: 0o600, flags: 'wx' }))
  written.catch((error: unknown) => through.destroy(error instanceof Error ? error : new Error(String(error))))
  return {
    sink: through,
    async fact() {
      await written
      await sync(path)
      return fact()
    },
  }
}

/** Copies a file, hashed on the way, synced. */
export async function copyHashed(from: string, to: string): Promise<FileFact> {
  const { sink, fact } = await hashedSink(to)
  await pipeline(createReadStream(from), sink)
  return fact()
}

/** Size and SHA-256 of a file as it is. */
export async function factOf(path: string): Promise<FileFact> {
  const hash = createHash('sha256')
  let bytes = 0
  for await (const piece of createReadStream(path) as AsyncIterable<Buffer>) {
    hash.update(piece)
    bytes += piece.length
  }
  return { bytes, sha256: hash.digest('hex') }
}
