import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import type { Check } from './check.ts'

interface LintConfig {
  readonly overrides: readonly { readonly files: readonly string[] }[]
}

const foldersIn = (folder: string): string[] =>
  existsSync(folder)
    ? readdirSync(folder, { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map(({ name }) => name)
        .sort()
    : []

/** Folders of src without a row in the table of allowed imports. */
function withoutRow(root: string): string[] {
  const { overrides } = JSON.parse(readFileSync(join(root, '.oxlintrc.json'), 'utf8')) as LintConfig
  const rows = new Set(overrides.flatMap(({ files }) => files))
  return foldersIn(join(root, 'src'))
    .filter((name) => !rows.has(`src/${name}/**`))
    .map((name) => `src/${name} has no row of allowed imports in .oxlintrc.json`)
}

/** The part of the tree that a relative import may not leave: `src/rules`, `workers/5-2-tokusoku`, `tests`. */
const homeOf = (file: string): string => {
  const parts = file.split('/')
  return parts[0] === 'src' || parts[0] === 'workers' ? parts.slice(0, 2).join('/') : (parts[0] ?? '')
}

/** Relative imports that go round the table into another folder; the roots of the workers list the flows below them. */
function escapes(root: string): string[] {
  return globSync('{src,workers,processes,tests}/**/*.{ts,tsx,mjs}', {
    cwd: root,
    exclude: ['tests/fixtures/**'],
  }).flatMap((path) => {
    const file = path.replaceAll('\\', '/')
    const targets = readFileSync(join(root, file), 'utf8').matchAll(/(?:from|import\()\s*'(\.{1,2}\/[^']+)'/g)
    return [...targets]
      .map(([, target = '']) => target)
      .filter((target) => {
        const home = homeOf(normalize(join(dirname(file), target)).replaceAll('\\', '/'))
        return home !== homeOf(file) && !/^workers\/\w+\.ts$/.test(file)
      })
      .map((target) => `${file} reaches ${target}: use the # name of the folder`)
  })
}

/** Every folder of the first two levels tells in a README what belongs there. */
function withoutReadme(root: string): string[] {
  const folders = ['processes', 'workers', 'src', 'templates', 'tests'].filter((name) => existsSync(join(root, name)))
  const second = folders.flatMap((name) => foldersIn(join(root, name)).map((sub) => `${name}/${sub}`))
  return [...folders, ...second]
    .filter((folder) => !existsSync(join(root, folder, 'README.md')))
    .map((folder) => `${folder} has no README.md`)
}

/** Architecture §2 and §3 as far as the tree shows them. */
export const folders: Check = {
  name: 'folders',
  run: async (root) => ({
    looked: foldersIn(join(root, 'src')).length,
    findings: [...withoutRow(root), ...escapes(root), ...withoutReadme(root)],
  }),
}
