import { copyFileSync, cpSync, existsSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export const CHECKOUT = join(import.meta.dirname, '../..')
const SETTINGS = ['.oxlintrc.json', '.oxfmtrc.json', '.knip.json', 'tsconfig.json', 'package.json']

/** A small checkout of its own: our settings, our packages, and the files of `tests/fixtures/checks/<name>`. */
export function fixtureTree(name: string, alsoFromCheckout: readonly string[] = []): { root: string; remove(): void } {
  const root = mkdtempSync(join(tmpdir(), 'koki-fixture-'))
  for (const file of SETTINGS) copyFileSync(join(CHECKOUT, file), join(root, file))
  for (const folder of alsoFromCheckout) cpSync(join(CHECKOUT, folder), join(root, folder), { recursive: true })
  const fixture = join(CHECKOUT, 'tests/fixtures/checks', name)
  if (!existsSync(fixture)) throw new Error(`no fixture ${name}`)
  cpSync(fixture, root, { recursive: true })
  symlinkSync(join(CHECKOUT, 'node_modules'), join(root, 'node_modules'))
  return { root, remove: () => rmSync(root, { recursive: true, force: true }) }
}
