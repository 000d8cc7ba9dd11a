import { stepElements } from '../model.ts'
import { idOf } from '../moddle.ts'
import { graphOf } from '../read-model.ts'
import type { RuleFactory } from './rule.ts'

const PROCESS = /^p-(\d+-\d+-[a-z-]+)$/

/** `p-<flow>` for the process, `<flow>/start` for its message, `Step_001` for step 001 and `E2` for E2, all in a lane. */
export const houseNames: RuleFactory = () => ({
  check(node, reporter) {
    if (node.$type !== 'bpmn:Definitions') return
    const model = graphOf(node)
    const flow = PROCESS.exec(model.processId)?.[1]
    if (!flow)
      return reporter.report(model.processId || idOf(node), 'プロセスの番号を p-5-2-tokusoku の形にしてください。')
    const message = model.messageName?.split('/') ?? []
    if (message.length !== 2 || !flow.startsWith(message[0] ?? '?') || !message[1]?.startsWith('start'))
      reporter.report(model.processId, `始まりの連絡の名前を ${flow}/start にしてください。`)
    for (const element of stepElements(model)) {
      const no = /\/(\d{3}|e\d+)-/.exec(element.step ?? '')?.[1]
      const id = no?.startsWith('e') ? no.toUpperCase() : `Step_${no ?? ''}`
      if (no && element.id !== id) reporter.report(element.id, `要素の番号を ${id} にしてください。`)
      if (element.step && !flow.startsWith(element.step.split('/')[0] ?? '?'))
        reporter.report(element.id, 'ほかの業務フローの工程は使えません。')
    }
    for (const element of model.elements)
      if (element.lane === null) reporter.report(element.id, 'どのレーンにも入っていません。')
  },
})
