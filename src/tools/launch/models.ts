import type { ShippedModel } from '#engine/deploy.ts'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { checkoutFolder } from './data-folder.ts'

/** The models of `processes/`, as shipped with this program. */
export function shippedModels(root: string = checkoutFolder()): readonly ShippedModel[] {
  return globSync('processes/*/*.bpmn', { cwd: root })
    .sort()
    .map((file) => {
      const xml = readFileSync(join(root, file), 'utf8')
      const processId = /<(?:\w+:)?process\s[^>]*\bid="([^"]+)"/.exec(xml)?.[1]
      if (processId === undefined) throw new Error(`${file}: no process`)
      return { processId, xml }
    })
}
