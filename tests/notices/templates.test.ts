import { readdirSync, readFileSync } from 'node:fs'
import Handlebars from 'handlebars'
import type { TSchema } from 'typebox'
import { describe, expect, it } from 'vitest'
import { noticeTemplate } from '#notices/templates.ts'
import { TokusokuView } from '#notices/tokusoku.schema.ts'

const FOLDER = new URL('../../templates/', import.meta.url)
const read = (file: string): string => readFileSync(new URL(file, FOLDER), 'utf8')
const partials = new Map(
  readdirSync(new URL('partials/', FOLDER))
    .filter((file) => file.endsWith('.hbs'))
    .map((file) => [file.replace('.hbs', ''), read(`partials/${file}`)]),
)

type Node = { readonly type: string; readonly [key: string]: unknown }
/** A part of a schema, as far as a path needs it. */
interface Shape {
  readonly properties?: Readonly<Record<string, Shape>>
  readonly items?: Shape
  readonly type?: string
}

const EMPTY: Node = { type: 'Program', body: [] }

/** What a template reads that its view does not have, and values that reach the document without the helper `s`. */
function faultsOf(text: string, view: Shape): string[] {
  const faults: string[] = []
  const at = (path: Node, context: Shape): Shape | null => {
    const parts = path['parts'] as readonly string[]
    if (path['data'] === true || (parts.length === 0 && path['original'] === 'this')) return context
    let shape: Shape | undefined = context
    for (const part of parts) shape = shape?.properties?.[part]
    if (!shape) faults.push(`not in the view: ${String(path['original'])}`)
    return shape ?? null
  }
  const walk = (program: Node, context: Shape): void => {
    for (const node of program['body'] as readonly Node[]) {
      if (node.type === 'MustacheStatement') {
        const helper = node['path'] as Node
        const [argument] = node['params'] as readonly Node[]
        if (helper['original'] !== 's' || !argument) faults.push(`raw value: ${String(helper['original'])}`)
        else if (at(argument, context)?.type !== 'string') faults.push(`no string: ${String(argument['original'])}`)
      } else if (node.type === 'BlockStatement') {
        const kind = (node['path'] as Node)['original']
        const [argument] = node['params'] as readonly Node[]
        const shape = argument ? at(argument, context) : null
        const inner = kind === 'each' ? (shape?.items ?? null) : kind === 'with' ? shape : context
        if (inner) for (const part of [node['program'], node['inverse']]) walk((part ?? EMPTY) as Node, inner)
        else faults.push(`${String(kind)} over what is no list: ${String(argument?.['original'])}`)
      } else if (node.type === 'PartialStatement') {
        const name = String((node['name'] as Node)['original'])
        const partial = partials.get(name)
        if (partial === undefined) faults.push(`no partial ${name}`)
        else walk(Handlebars.parse(partial) as unknown as Node, context)
      } else if (!['ContentStatement', 'CommentStatement'].includes(node.type)) faults.push(`not allowed: ${node.type}`)
    }
  }
  walk(Handlebars.parse(text) as unknown as Node, view)
  return faults
}

/** A document is a list of views. */
const documentOf = (view: TSchema): Shape => ({ properties: { notices: { items: view } } })

describe('templates read only what the view has', () => {
  it('tokusoku.hbs with its partials', () => {
    expect(faultsOf(read('tokusoku.hbs'), documentOf(TokusokuView))).toEqual([])
  })

  it.each([
    ['{{#each notices}}{{s birthday}}{{/each}}', 'not in the view: birthday'],
    ['{{#each notices}}{{noticeNo}}{{/each}}', 'raw value: noticeNo'],
    ['{{#each notices}}{{{noticeNo}}}{{/each}}', 'raw value: noticeNo'],
    ['{{#each notices}}{{s slip}}{{/each}}', 'no string: slip'],
    ['{{#each notices}}{{#each slip}}{{/each}}{{/each}}', 'each over what is no list: slip'],
    ['{{> nowhere}}', 'no partial nowhere'],
    ['{{#each notices}}{{#if noticeNo}}{{else}}{{s other}}{{/if}}{{/each}}', 'not in the view: other'],
  ])('%s is caught', (text, fault) => {
    expect(faultsOf(text, documentOf(TokusokuView))).toContain(fault)
  })

  it('every partial is used', () => {
    const used = new Set([...read('tokusoku.hbs').matchAll(/\{\{> (\w+)\}\}/g)].map((match) => match[1] ?? ''))
    expect([...partials.keys()].toSorted()).toEqual([...used].toSorted())
  })

  it('the hash is that of template and partials', () => {
    expect(noticeTemplate('tokusoku').sha256).toMatch(/^[0-9a-f]{64}$/)
    expect(noticeTemplate('tokusoku')).toBe(noticeTemplate('tokusoku'))
  })
})
