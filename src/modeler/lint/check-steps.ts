import type { Finding } from './finding.ts'
import { stepElements, type FlowModel } from './model.ts'
import type { StepsById } from './step-facts.ts'

/** Every task runs a step that exists, is of its kind, and bears its official name; no step stands twice. */
export function checkSteps(model: FlowModel, steps: StepsById): readonly Finding[] {
  const elements = stepElements(model)
  return elements.flatMap((element) => {
    const found = element.step === null ? undefined : steps.get(element.step)
    const at = (rule: string, message: string, next: string): Finding => ({ rule, element: element.id, message, next })
    if (!found)
      return [
        at(
          'step/unknown',
          `「${element.name}」の工程 ${element.step ?? ''} がありません。`,
          '工程の番号を直すか、工程を作ってください。',
        ),
      ]
    return [
      ...(found.kind === element.kind
        ? []
        : [
            at(
              'step/kind',
              `「${element.name}」は自動と確認を取り違えています。`,
              '工程の種類に合わせて描き直してください。',
            ),
          ]),
      ...(found.officialName === element.name
        ? []
        : [
            at(
              'step/name',
              `「${element.name}」は標準の名前「${found.officialName}」と違います。`,
              '標準の名前に戻してください。',
            ),
          ]),
      ...(elements.find((other) => other.step === element.step) === element
        ? []
        : [at('step/twice', `「${element.name}」が二つあります。`, '一つにしてください。')]),
    ]
  })
}
