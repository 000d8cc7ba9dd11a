import { createHash } from 'node:crypto'
import { createReadStream, type ReadStream } from 'node:fs'
import { mkdir, open, rename, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/** Bytes under their SHA-256. Written to a temporary name, synced, then renamed: whole or absent. */
export interface FileStore {
  /** Stores bytes; storing the same twice is harmless. Returns their SHA-256 in hex. */
  put(bytes: Buffer): Promise<string>
  /** Opens stored bytes; throws ENOENT when they are missing. */
  read(sha256: string): ReadStream
  /** Path of stored bytes. */
  pathOf(sha256: string): string
}

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
      await mkdir(dirname(path), { recursive: true })
      const part = `${path}.${process.pid}.part`
      const handle = await open(part, 'w')
      try {
        await handle.writeFile(bytes)
        await handle.sync()
      } finally {
        await handle.close()
      }
      await rename(part, path)
      return sha256
    },
  }
}
