// Packages of bpmn.io that come without types: only what is used here.
declare module 'bpmn-moddle' {
  export class BpmnModdle {
    constructor(packages?: Record<string, unknown>)
    fromXML(xml: string): Promise<{ rootElement: unknown; warnings: { message: string }[] }>
  }
}
declare module 'bpmnlint' {
  export interface Report {
    id: string
    message: string
    category: 'error' | 'warn' | 'info' | 'rule-error'
  }
  export class Linter {
    constructor(options: { config?: unknown; resolver: unknown })
    lint(root: unknown): Promise<Record<string, Report[]>>
  }
}
declare module 'bpmnlint/lib/resolver/node-resolver.js' {
  export default class NodeResolver {
    constructor(options?: { require?: NodeJS.Require })
    resolveRule(pkg: string, name: string): unknown
    resolveConfig(pkg: string, name: string): unknown
  }
}
