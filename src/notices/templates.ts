import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import Handlebars from 'handlebars'
import type { TokusokuView } from './tokusoku.schema.ts'
import { typstString } from './typst-string.ts'

/** The notices of the product and the views they take. */
export interface NoticeViews {
  readonly tokusoku: TokusokuView
}
export type NoticeKind = keyof NoticeViews

const FOLDER = fileURLToPath(new URL('../../templates/', import.meta.url))

export interface NoticeTemplate {
  /** The Typst source of a document with one notice after the other. */
  source(views: readonly NoticeViews[NoticeKind][]): string
  /** Hash over the template and all partials: stored beside each view. */
  readonly sha256: string
}

/** Templates read strings through one helper, `s`, which makes a Typst literal: nothing else reaches the document. */
function engine(partials: ReadonlyMap<string, string>): typeof Handlebars {
  const own = Handlebars.create()
  own.registerHelper('s', (value: unknown) => {
    if (typeof value !== 'string') throw new TypeError('a template named a value that is no string')
    return typstString(value)
  })
  for (const [name, text] of partials) own.registerPartial(name, text)
  return own
}

const readPartials = (): Map<string, string> =>
  new Map(
    readdirSync(`${FOLDER}partials`)
      .filter((file) => file.endsWith('.hbs'))
      .toSorted()
      .map((file) => [file.slice(0, -'.hbs'.length), readFileSync(`${FOLDER}partials/${file}`, 'utf8')]),
  )

const loaded = new Map<NoticeKind, NoticeTemplate>()

/** The template of a kind, read once per process. `strict`: a name that the view does not have is an error. */
export function noticeTemplate(kind: NoticeKind): NoticeTemplate {
  const known = loaded.get(kind)
  if (known) return known
  const text = readFileSync(`${FOLDER}${kind}.hbs`, 'utf8')
  const partials = readPartials()
  const compiled = engine(partials).compile<{ notices: readonly NoticeViews[NoticeKind][] }>(text, {
    noEscape: true,
    strict: true,
  })
  const hash = createHash('sha256').update(text)
  for (const [name, partial] of partials) hash.update(`\0${name}\0${partial}`)
  const template = {
    source: (views: readonly NoticeViews[NoticeKind][]) => compiled({ notices: views }),
    sha256: hash.digest('hex'),
  }
  loaded.set(kind, template)
  return template
}
