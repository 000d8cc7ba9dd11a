import type { Moddle } from '../moddle.ts'

/** What a bpmnlint rule is given to report with. */
interface Reporter {
  report(id: string, message: string): void
}

/** A house rule in bpmnlint's shape: called once for every node of a model. */
export type RuleFactory = () => { check(node: Moddle, reporter: Reporter): void }
