import { extensionOf, extensionPairs, idOf, textOf } from '../moddle.ts'
import type { RuleFactory } from './rule.ts'

/**
 * A human step is a job of the engine that we complete by key: never `zeebe:userTask`, whose tasks make no job on 8.5.
 * It names its step, its form is the step's, and its groups say who may do it.
 */
export const jobUserTask: RuleFactory = () => ({
  check(node, reporter) {
    if (node.$type !== 'bpmn:UserTask') return
    const step = extensionPairs(node, 'headers').get('koki:step')
    const form = extensionOf(node, 'zeebe:FormDefinition')
    const assignment = extensionOf(node, 'zeebe:AssignmentDefinition')
    if (extensionOf(node, 'zeebe:UserTask'))
      reporter.report(idOf(node), 'この種類の人の作業(zeebe:userTask)は使えません。種類を「ジョブ」に戻してください。')
    if (!step) reporter.report(idOf(node), '見出し koki:step がありません。工程の番号を入れてください。')
    if (form === null || textOf(form, 'formKey') !== step)
      reporter.report(idOf(node), '様式の鍵(formKey)を工程の番号と同じにしてください。')
    if (!(assignment && textOf(assignment, 'candidateGroups')))
      reporter.report(idOf(node), '担当する係(candidateGroups)がありません。')
  },
})
