import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseTable } from '../contract/step-rows.ts'

const FOLDER = join(import.meta.dirname, '../flow-tables')
const COLUMNS = ['no', 'kind', 'lane', 'name', 'slug', 'functions', 'input', 'output', 'branch', 'evidence'] as const

/** A row of an official flow's table, with what comes in, what goes out and the branches as they are written. */
export type FlowRow = Readonly<Record<(typeof COLUMNS)[number], string>>

/** An official flow (標準業務フロー): its folder name, its title 「5.2 督促」, its rows. */
export interface OfficialFlow {
  readonly flow: string
  readonly title: string
  readonly rows: readonly FlowRow[]
}

/** Folder names and titles of the 19 official flows, in their order. */
export async function officialFlows(): Promise<readonly { readonly flow: string; readonly title: string }[]> {
  return parseTable(await readFile(join(FOLDER, 'FLOWS.tsv'), 'utf8'), ['flow', 'title'])
}

/** The official table of a flow. Throws when there is no such flow, naming those there are. */
export async function officialFlow(flow: string): Promise<OfficialFlow> {
  const all = await officialFlows()
  const found = all.find((one) => one.flow === flow)
  if (!found) throw new Error(`there is no official flow ${flow}; there are: ${all.map((one) => one.flow).join(', ')}`)
  return { ...found, rows: parseTable(await readFile(join(FOLDER, `${flow}.tsv`), 'utf8'), COLUMNS) }
}

/** The sources that evidence tags like [source: S19] name. */
export async function sources(): Promise<ReadonlyMap<string, string>> {
  const rows = parseTable(await readFile(join(FOLDER, 'SOURCES.tsv'), 'utf8'), ['code', 'title'])
  return new Map(rows.map(({ code, title }) => [code, title]))
}
