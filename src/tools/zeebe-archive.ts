import { Fault } from '#kernel/faults.ts'
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { createReadStream, existsSync } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)

interface Release {
  readonly sha256: string
  readonly mainClass: string
}
/** The versions this program was tested on. 8.5 is the last line whose licence allows production without a contract. */
export const ZEEBE_RELEASES: Readonly<Record<string, Release>> = {
  '8.5.8': {
    sha256: '53ce62b008e61a87a3f7aed700065ad1352084a24c85771bc4e8300828bf95b4',
    mainClass: 'io.camunda.zeebe.broker.StandaloneBroker',
  },
  '8.6.0': {
    sha256: '5c699e86a6c9d290dd7b1f0b2ea648fb57fd1dacf1cab22c874219e58827ea45',
    mainClass: 'io.camunda.application.StandaloneBroker',
  },
}
export const DEFAULT_ZEEBE = '8.5.8'

/** An unpacked release. */
export interface ZeebeHome {
  readonly folder: string
  readonly mainClass: string
}

async function sha256(file: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(file), hash)
  return hash.digest('hex')
}

/** Fetches the archive with the Maven client into `folder`. `-U`: Maven remembers a failed look-up. */
async function fetchWithMaven(version: string, folder: string): Promise<string | null> {
  const goal = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy'
  const artifact = `-Dartifact=io.camunda:camunda-zeebe:${version}:tar.gz`
  try {
    await run('mvn', ['-B', '-q', '-U', goal, artifact, `-DoutputDirectory=${folder}`], {
      maxBuffer: 1e8,
      shell: process.platform === 'win32', // mvn.cmd
    })
  } catch {
    return null
  }
  const file = join(folder, `camunda-zeebe-${version}.tar.gz`)
  return existsSync(file) ? file : null
}

async function findArchive(version: string, folder: string, environment: NodeJS.ProcessEnv): Promise<string> {
  const given = environment['KOKI_ZEEBE_ARCHIVE']
  if (given !== undefined) {
    if (existsSync(given)) return given
    throw new Fault('SYS-008', { version, looked: `KOKI_ZEEBE_ARCHIVE=${given}` })
  }
  const name = `camunda-zeebe-${version}.tar.gz`
  const local = join(homedir(), '.m2/repository/io/camunda/camunda-zeebe', version, name)
  if (existsSync(local)) return local
  const fetched = await fetchWithMaven(version, folder)
  if (fetched !== null) return fetched
  throw new Fault('SYS-008', { version, looked: `KOKI_ZEEBE_ARCHIVE、${local}、mvn` })
}

/**
 * The unpacked release of a version, fetched and unpacked once per `cacheDir`; its SHA-256 is checked before unpacking.
 * Faults: SYS-008 not found, SYS-009 wrong content, SYS-016 unknown version.
 */
export async function zeebeHome(
  version: string,
  cacheDir: string,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<ZeebeHome> {
  const release = ZEEBE_RELEASES[version]
  if (release === undefined) throw new Fault('SYS-016', { version, known: Object.keys(ZEEBE_RELEASES).join('、') })
  const folder = join(cacheDir, `zeebe-${version}`)
  if (!existsSync(folder)) await unpack(version, folder, environment)
  return { folder, mainClass: release.mainClass }
}

/** The archive of a version as it was published, its SHA-256 checked; fetched into `folder` when it is nowhere. Faults as `zeebeHome`. */
export async function verifiedArchive(
  version: string,
  folder: string,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<string> {
  const release = ZEEBE_RELEASES[version]
  if (release === undefined) throw new Fault('SYS-016', { version, known: Object.keys(ZEEBE_RELEASES).join('、') })
  const file = await findArchive(version, folder, environment)
  const found = await sha256(file)
  if (found !== release.sha256) throw new Fault('SYS-009', { file, found, wanted: release.sha256 })
  return file
}

/** True when the next start needs no download. */
export const isUnpacked = (version: string, cacheDir: string): boolean => existsSync(join(cacheDir, `zeebe-${version}`))

async function unpack(version: string, folder: string, environment: NodeJS.ProcessEnv): Promise<void> {
  const part = `${folder}.${process.pid}`
  await mkdir(part, { recursive: true })
  try {
    const file = await verifiedArchive(version, part, environment)
    const target = join(part, 'unpacked')
    await mkdir(target)
    await run('tar', ['-xzf', file, '-C', target, '--strip-components=1'])
    await rename(target, folder).catch((error: NodeJS.ErrnoException) => {
      if (!existsSync(folder)) throw error // else: another process was quicker
    })
  } finally {
    await rm(part, { recursive: true, force: true })
  }
}
