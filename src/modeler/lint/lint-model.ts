import { createRequire } from 'node:module'
import { Linter } from 'bpmnlint'
import NodeResolver from 'bpmnlint/lib/resolver/node-resolver.js'
import type { Finding } from './finding.ts'
import { parseModdle } from './moddle.ts'
import { HOUSE_RULES, LINT_CONFIG } from './rules/index.ts'

const packages = new NodeResolver({ require: createRequire(import.meta.url) })
const resolver = {
  resolveRule: (pkg: string, name: string): unknown =>
    pkg === 'bpmnlint-plugin-koki' ? HOUSE_RULES[name] : packages.resolveRule(pkg, name),
  resolveConfig: (pkg: string, name: string): unknown => packages.resolveConfig(pkg, name),
}

/** bpmnlint with the engine's limits and the house rules over a model's XML. Warnings count: a model is clean or not. */
export async function lintModel(xml: string): Promise<readonly Finding[]> {
  const reports = await new Linter({ config: LINT_CONFIG, resolver }).lint(await parseModdle(xml))
  return Object.entries(reports).flatMap(([rule, found]) =>
    found.map(({ id, message }) => ({ rule, element: id, message, next: '図を直してください。' })),
  )
}
