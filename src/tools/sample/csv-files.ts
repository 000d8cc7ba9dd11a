import { mkdir, open, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import type { Profiles } from '#intake/profiles.ts'
import type { SampleKind, SampleRow } from './rows.ts'

const PIECE = 65_536

/** CSV files of a folder, written in pieces: flat memory for any number of lines. */
export interface CsvFiles {
  /** Adds a line to `<name>.csv`; the first creates the file with the header of its kind. */
  write(name: string, kind: SampleKind, row: SampleRow): Promise<void>
  /** Number of lines by file, after writing what is left. */
  close(): Promise<Readonly<Record<string, number>>>
}

interface OpenFile {
  readonly handle: FileHandle
  text: string
  lines: number
}

/** A value of the sample never holds a comma, quote or line end. */
const lineOf = (row: SampleRow): string => `${row.map((value) => value ?? '').join(',')}\r\n`

export async function openCsvFiles(folder: string, profiles: Profiles): Promise<CsvFiles> {
  await mkdir(folder, { recursive: true })
  const files = new Map<string, OpenFile>()
  const create = async (name: string, kind: SampleKind): Promise<OpenFile> => {
    const header = profiles.of(kind, 'in').columns.map((column) => column.name)
    const file = { handle: await open(join(folder, `${name}.csv`), 'w'), text: lineOf(header), lines: 0 }
    files.set(name, file)
    return file
  }
  return {
    async write(name, kind, row) {
      const file = files.get(name) ?? (await create(name, kind))
      file.text += lineOf(row)
      file.lines += 1
      if (file.text.length < PIECE) return
      await file.handle.write(file.text)
      file.text = ''
    },
    async close() {
      for (const file of files.values()) {
        await file.handle.write(file.text)
        await file.handle.close()
      }
      return Object.fromEntries([...files].map(([name, file]) => [name, file.lines]))
    },
  }
}
