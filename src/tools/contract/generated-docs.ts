import { join } from 'node:path'
import { SHISAN } from '#rules/shisan/index.ts'
import { noticesPage } from '../third-party/notices-page.ts'
import { allVerbs } from '../verbs/index.ts'
import { commandsPage } from './write-commands.ts'
import { faultsPage } from './write-faults.ts'
import { rulePage, rulesIndex } from './write-rules.ts'

/** The generated pages of the documents by path. */
export const generatedDocs = async (root: string): Promise<ReadonlyMap<string, string>> =>
  new Map([
    [join(root, 'src/docs/faults.md'), faultsPage()],
    [join(root, 'src/docs/manual/commands.md'), commandsPage(await allVerbs())],
    [join(root, 'src/docs/rules/README.md'), rulesIndex(SHISAN)],
    ...SHISAN.map((one) => [join(root, `src/docs/rules/${one.name}.md`), rulePage(one)] as const),
    [join(root, 'src/docs/THIRD-PARTY-NOTICES.md'), noticesPage(root)],
  ])
