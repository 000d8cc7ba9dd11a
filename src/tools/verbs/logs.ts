import { readFileSync, statSync } from 'node:fs'
import { logFiles } from '../launch/log-files.ts'
import { readOptions } from './options.ts'
import type { Verb } from './verb.ts'

const MIB = 1024 ** 2
const DEFAULT_LINES = 40

/** ログ: where each part writes, and its last lines. They hold no personal data. */
export const logs: Verb = {
  name: 'logs',
  usage: '[部分] [--lines 行数]',
  summary: 'ログの場所を示します。部分(api など)を付けると終わりの行を出します',
  async run(args, { folder, print }) {
    const read = readOptions(args, ['lines'])
    const lines = Number(read?.options.lines ?? DEFAULT_LINES)
    if (read === null || !Number.isInteger(lines) || lines < 1) return 2
    const files = logFiles(folder)
    const [wanted] = read.words
    if (wanted === undefined) {
      for (const { name, title, path } of files)
        print(`${name}\t${title}\t${(statSync(path).size / MIB).toFixed(1)}MiB\t${path}`)
      if (files.length === 0) print(`ログはまだありません(${folder.logs})。`)
      return 0
    }
    const file = files.find(({ name }) => name === wanted)
    if (file === undefined) return 2
    for (const line of readFileSync(file.path, 'utf8').trimEnd().split('\n').slice(-lines)) print(line)
    return 0
  },
}
