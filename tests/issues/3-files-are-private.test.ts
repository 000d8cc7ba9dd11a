import { rmSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, it } from 'vitest'
import { openFileStore } from '#runtime/file-store.ts'
import { temporaryFolder } from '#tests/support/temporary.ts'

async function* pieces(): AsyncGenerator<Uint8Array> {
  yield Buffer.from('見本')
}
const modeOf = (path: string): string => (statSync(path).mode & 0o777).toString(8)

/** Uploaded files hold residents' data; the data folder itself must let the database's account through. */
it('stored bytes can be listed and read by our account alone', async () => {
  const root = temporaryFolder()
  try {
    const store = openFileStore(join(root, 'files'))
    const { sha256 } = await store.putStream(pieces())
    const made = await store.put(Buffer.from('作成'))
    expect(modeOf(join(root, 'files'))).toBe('700')
    for (const path of [sha256, made].map((one) => store.pathOf(one)))
      expect([modeOf(dirname(path)), modeOf(path)]).toEqual(['700', '600'])
  } finally {
    rmSync(root, { recursive: true })
  }
})
