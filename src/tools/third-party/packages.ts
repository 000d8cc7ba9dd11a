import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** What the browser is sent, though the server does not load it. */
const IN_THE_PAGES = [
  'react',
  'react-dom',
  'react-aria-components',
  '@tanstack/react-query',
  '@tanstack/react-router',
  'bpmn-js',
  '@digital-go-jp/design-tokens',
  '@fontsource/biz-udgothic',
  '@fontsource/biz-udpgothic',
]

interface LockEntry {
  readonly version?: string
  readonly dev?: boolean
  readonly license?: string
  readonly os?: readonly string[]
  readonly cpu?: readonly string[]
  readonly dependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

/** A package that is passed on with the product. */
export interface ThirdParty {
  readonly name: string
  readonly version: string
  readonly license: string
  /** Built for one kind of machine: only some are installed here, so its texts are those of the package that brings it. */
  readonly isPlatform: boolean
  /** The files LICENSE, NOTICE, COPYING … as they lie in the package. */
  readonly texts: readonly string[]
}

const nameOf = (path: string): string => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)

/** Where `name` is found from the package at `from`, as Node looks for it. */
function resolveIn(packages: Readonly<Record<string, LockEntry>>, from: string, name: string): string | null {
  for (let base = from; ;) {
    const path = base === '' ? `node_modules/${name}` : `${base}/node_modules/${name}`
    if (packages[path] !== undefined) return path
    if (base === '') return null
    const cut = base.lastIndexOf('/node_modules/')
    base = cut < 0 ? '' : base.slice(0, cut)
  }
}

/** Paths of the packages that the pages are built from, with all that they need. */
function inThePages(packages: Readonly<Record<string, LockEntry>>): ReadonlySet<string> {
  const found = new Set<string>()
  const open = IN_THE_PAGES.map((name) => `node_modules/${name}`)
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    const entry = packages[path]
    if (entry === undefined || found.has(path)) continue
    found.add(path)
    for (const name of Object.keys(entry.dependencies ?? {})) {
      const next = resolveIn(packages, path, name)
      if (next !== null) open.push(next)
    }
  }
  return found
}

function licenseOf(folder: string, entry: LockEntry): string {
  if (entry.license !== undefined) return entry.license
  const file = join(folder, 'package.json')
  if (!existsSync(file)) return '(同じ配布元の部品と同じ)'
  const { license, licenses } = JSON.parse(readFileSync(file, 'utf8')) as {
    license?: string | { type: string }
    licenses?: readonly { type: string }[]
  }
  if (typeof license === 'string') return license
  return license?.type ?? licenses?.map(({ type }) => type).join(' OR ') ?? '(本文のとおり)'
}

const textsOf = (folder: string): readonly string[] =>
  existsSync(folder)
    ? readdirSync(folder, { withFileTypes: true })
        .filter((file) => file.isFile() && /^(licen[cs]e|notice|copying|ofl)([.-]|$)/i.test(file.name))
        .map(({ name }) => name)
        .toSorted()
        .map((name) => readFileSync(join(folder, name), 'utf8'))
    : []

/** Every package of the lock file that the server loads or the pages hold, by name and version. */
export function thirdParties(root: string): readonly ThirdParty[] {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Readonly<Record<string, LockEntry>>
  }
  const pages = inThePages(packages)
  const found = new Map<string, ThirdParty>()
  for (const [path, entry] of Object.entries(packages)) {
    if (path === '' || (entry.dev === true && !pages.has(path))) continue
    const folder = join(root, path)
    const isPlatform = entry.os !== undefined || entry.cpu !== undefined
    const name = nameOf(path)
    const version = entry.version ?? ''
    found.set(`${name} ${version}`, {
      name,
      version,
      isPlatform,
      license: isPlatform ? (entry.license ?? '(同じ配布元の部品と同じ)') : licenseOf(folder, entry),
      texts: isPlatform ? [] : textsOf(folder),
    })
  }
  return [...found.values()].toSorted((a, b) => (`${a.name} ${a.version}` < `${b.name} ${b.version}` ? -1 : 1))
}
