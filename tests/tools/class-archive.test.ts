import { classArchive } from '#tools/class-archive.ts'
import { temporaryFolder } from '#tests/support/temporary.ts'
import { readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'

let cache: string
beforeEach(() => void (cache = temporaryFolder()))
afterEach(() => rmSync(cache, { recursive: true }))

const archives = (): string[] => readdirSync(cache).filter((name) => name.includes('.jsa'))
const target = (options: readonly string[]): string => options.join(' ').split('=').at(-1) ?? ''

it('given no archive, when a broker has ended well, then the next one reads what it wrote', () => {
  const first = classArchive(cache, '8.5.8', 25)
  expect(first.options).toEqual([expect.stringMatching(/^-XX:ArchiveClassesAtExit=.*\.jsa\.\d+-\d+$/)])
  writeFileSync(target(first.options), 'classes')
  first.keep()
  expect(classArchive(cache, '8.5.8', 25).options).toEqual([
    '-Xshare:auto',
    `-XX:SharedArchiveFile=${join(cache, 'zeebe-8.5.8-java-25.jsa')}`,
  ])
  expect(archives()).toEqual(['zeebe-8.5.8-java-25.jsa'])
})

it('given a broker that was killed, then nothing is kept and the next one tries again', () => {
  classArchive(cache, '8.5.8', 25).keep()
  expect(classArchive(cache, '8.5.8', 25).options[0]).toMatch(/ArchiveClassesAtExit/)
})

it('given two brokers that end together, then one archive stays', async () => {
  const one = classArchive(cache, '8.5.8', 25)
  await new Promise((wake) => setTimeout(wake, 5))
  const other = classArchive(cache, '8.5.8', 25)
  for (const archive of [one, other]) writeFileSync(target(archive.options), 'classes')
  one.keep()
  other.keep()
  expect(archives()).toEqual(['zeebe-8.5.8-java-25.jsa'])
})

it('given another Java, then its own archive', () => {
  writeFileSync(join(cache, 'zeebe-8.5.8-java-25.jsa'), 'classes')
  expect(classArchive(cache, '8.5.8', 21).options[0]).toMatch(/ArchiveClassesAtExit=.*java-21/)
})
