import { Fault } from '#kernel/faults.ts'
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { checkoutFolder } from './data-folder.ts'

const run = promisify(execFile)
/** The pages as an office gets them, whatever the process is that builds them: a test tries no others. */
const MODE = 'production'
/** The pages import the schemas of routes and forms, which lie all over src. */
const SOURCES = ['src/**/*.{ts,tsx,css,html,json,svg}', 'processes/**/*.{ts,json}', 'package-lock.json']
const NOT_OF_THE_WEB = /^src\/(tools|docs|db|engine|notices|intake|ledger)\//

function sourceHash(root: string): string {
  const hash = createHash('sha256').update(MODE)
  for (const file of globSync(SOURCES, { cwd: root }).sort())
    if (!NOT_OF_THE_WEB.test(file.replaceAll('\\', '/'))) hash.update(file).update(readFileSync(join(root, file)))
  return hash.digest('hex')
}

/** Builds the pages into `dist/web` unless their sources are those of the last build. Answers whether it built. */
export async function buildWeb(root: string = checkoutFolder()): Promise<'built' | 'unchanged' | 'absent'> {
  const config = join(root, 'src/web/vite.config.ts')
  if (!existsSync(config)) return 'absent'
  const stamp = join(root, 'dist/web.source-sha256')
  const wanted = sourceHash(root)
  const isBuilt = existsSync(join(root, 'dist/web/index.html'))
  if (isBuilt && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return 'unchanged'
  const vite = join(root, 'node_modules/vite/bin/vite.js')
  if (!existsSync(vite)) {
    if (isBuilt) return 'unchanged' // installed without dev packages: the pages came built
    throw new Fault('SYS-019', { detail: 'dist/web も組立ての道具もありません' })
  }
  try {
    await run(process.execPath, [vite, 'build', '--config', config, '--logLevel', 'error'], {
      cwd: root,
      env: { ...process.env, NODE_ENV: MODE },
      maxBuffer: 1e8,
    })
  } catch (error) {
    const output = (error as { stderr?: string; stdout?: string }).stderr ?? ''
    throw new Fault('SYS-019', { detail: output.trim().split('\n').slice(0, 3).join(' / ') }, { cause: error })
  }
  writeFileSync(stamp, wanted)
  return 'built'
}
