import type { Finding } from './finding.ts'
import { stepElements, type FlowModel } from './model.ts'
import type { StepsById } from './step-facts.ts'

/** Every refusal that a step may throw is caught on its edge, and nothing is caught that no step throws. */
export function checkRefusals(model: FlowModel, steps: StepsById): readonly Finding[] {
  return stepElements(model).flatMap((element) => {
    const thrown = steps.get(element.step ?? '')?.refusals ?? []
    const caught = model.elements.flatMap((event) =>
      event.kind === 'boundary' && event.on === element.id && event.trigger.kind === 'error'
        ? [event.trigger.code]
        : [],
    )
    const lost = caught.includes(null) ? [] : thrown.filter((code) => !caught.includes(code))
    const idle = caught.filter((code) => code !== null && !thrown.includes(code))
    return [
      ...lost.map((code) => ({
        rule: 'refusal/not-caught',
        element: element.id,
        message: `「${element.name}」が返す誤り ${code} を受ける道がありません。`,
        next: '工程の縁に誤りの受け口を置き、行き先を描いてください。',
      })),
      ...idle.map((code) => ({
        rule: 'refusal/never-thrown',
        element: element.id,
        message: `「${element.name}」は誤り ${code} を返しません。`,
        next: '受け口を消すか、工程が返す誤りの符号に直してください。',
      })),
    ]
  })
}
