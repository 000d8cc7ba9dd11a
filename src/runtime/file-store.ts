import { createHash, randomUUID } from 'node:crypto'
import { createReadStream, type ReadStream } from 'node:fs'
import { mkdir, open, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Fault } from '#kernel/faults.ts'

/** Bytes under their SHA-256, for our account alone. Written to a temporary name, synced, then renamed: whole or absent. */
export interface FileStore {
  /** Stores bytes; storing the same twice is harmless. Returns their SHA-256 in hex. */
  put(bytes: Buffer): Promise<string>
  /** Stores a stream without holding it in memory; a broken stream leaves nothing behind and throws. */
  putStream(bytes: AsyncIterable<Uint8Array>): Promise<{ readonly sha256: string; readonly byteSize: number }>
  /** Opens stored bytes; throws ENOENT when they are missing. */
  read(sha256: string): ReadStream
  /** Path of stored bytes. */
  pathOf(sha256: string): string
}

/** The files hold residents' data: nobody else on the machine may list or read them. */
const PRIVATE_FOLDER = 0o700
const PRIVATE_FILE = 0o600

export function openFileStore(folder: string): FileStore {
  const pathOf = (sha256: string): string => join(folder, sha256.slice(0, 2), sha256)
  return {
    pathOf,
    read: (sha256) => createReadStream(pathOf(sha256)),
    async put(bytes) {
      const sha256 = createHash('sha256').update(bytes).digest('hex')
      const path = pathOf(sha256)
      const there = await stat(path).catch(() => null)
      if (there?.size === bytes.length) return sha256
      await mkdir(dirname(path), { recursive: true, mode: PRIVATE_FOLDER })
      const part = `${path}.${process.pid}.part`
      const handle = await open(part, 'w', PRIVATE_FILE)
      try {
        await handle.writeFile(bytes)
        await handle.sync()
      } finally {
        await handle.close()
      }
      await rename(part, path)
      return sha256
    },
    async putStream(bytes) {
      await mkdir(folder, { recursive: true, mode: PRIVATE_FOLDER })
      const part = join(folder, `incoming-${randomUUID()}.part`)
      const hash = createHash('sha256')
      let byteSize = 0
      try {
        const handle = await open(part, 'wx', PRIVATE_FILE)
        try {
          for await (const piece of bytes) {
            hash.update(piece)
            byteSize += piece.length
            await handle.writeFile(piece)
          }
          await handle.sync()
        } finally {
          await handle.close()
        }
        const sha256 = hash.digest('hex')
        await mkdir(dirname(pathOf(sha256)), { recursive: true, mode: PRIVATE_FOLDER })
        await rename(part, pathOf(sha256))
        await syncFolder(dirname(pathOf(sha256)))
        return { sha256, byteSize }
      } catch (error) {
        await rm(part, { force: true })
        throw error
      }
    },
  }
}

/** Opens stored bytes before anything of an answer is sent. Throws FILE-008 when they are missing. */
export async function openStored(store: FileStore, sha256: string): Promise<ReadStream> {
  const there = await stat(store.pathOf(sha256)).catch(() => null)
  if (there === null) throw new Fault('FILE-008')
  return store.read(sha256)
}

/** A rename is durable only when its folder is synced too. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
