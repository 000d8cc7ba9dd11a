import { realpathSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { makeBundle } from '../bundle/make-bundle.ts'
import { cacheFolder } from '../cache-folder.ts'
import { findJava } from '../java.ts'
import { checkoutFolder } from '../launch/data-folder.ts'
import { DEFAULT_ZEEBE, verifiedArchive } from '../zeebe-archive.ts'
import type { Verb } from './verb.ts'

/** 束を作る: everything that a machine without network needs. */
export const bundle: Verb = {
  name: 'bundle',
  usage: '束のフォルダー',
  summary: '通信できない機械に導入するための束(プログラム、部品、Node、Java、Zeebe)を作ります',
  async run([target], { print }) {
    if (target === undefined) return 2
    const version = process.env['KOKI_ZEEBE_VERSION'] ?? DEFAULT_ZEEBE
    const fetched = await mkdtemp(join(tmpdir(), 'koki-bundle-'))
    try {
      const { path } = await findJava(cacheFolder())
      await makeBundle({
        checkout: checkoutFolder(),
        zeebeArchive: await verifiedArchive(version, fetched),
        zeebeVersion: version,
        javaHome: dirname(dirname(realpathSync(path))),
        node: process.execPath,
        target: resolve(target),
        tell: print,
      })
    } finally {
      await rm(fetched, { recursive: true, force: true })
    }
    print(`束ができました。次にすること: ${target} を写し、その機械で sh install.sh <フォルダー> を行ってください。`)
    return 0
  },
}
