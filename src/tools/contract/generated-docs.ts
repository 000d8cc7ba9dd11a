import { join } from 'node:path'
import { noticesPage } from '../third-party/notices-page.ts'
import { VERBS } from '../verbs/index.ts'
import { commandsPage } from './write-commands.ts'
import { faultsPage } from './write-faults.ts'

/** The generated pages of the documents by path. */
export const generatedDocs = (root: string): ReadonlyMap<string, string> =>
  new Map([
    [join(root, 'src/docs/faults.md'), faultsPage()],
    [join(root, 'src/docs/manual/commands.md'), commandsPage(VERBS)],
    [join(root, 'src/docs/THIRD-PARTY-NOTICES.md'), noticesPage(root)],
  ])
