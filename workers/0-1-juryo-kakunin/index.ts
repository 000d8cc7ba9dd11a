import { Type } from 'typebox'
import { fiscalYearOf } from '#kernel/plain-date.ts'
import type { FlowDefinition } from '#runtime/flow.ts'
import { closed } from '#runtime/schema.ts'
import { registerReceipt } from './001-register-receipt.ts'
import { confirmReceipt } from './002-confirm-receipt.ts'

const params = Type.Object({ fileName: Type.String({ minLength: 1, maxLength: 100 }) }, closed)

/** 0.1 受領確認(内部): the smallest flow there is, 001–002. It proves the road from a start to a finished task. */
export const juryoKakunin: FlowDefinition = {
  flow: '0-1-juryo-kakunin',
  numberCode: '01',
  steps: [registerReceipt, confirmReceipt],
  worksheets: [],
  params,
  async plan(given, _sql, clock) {
    const { fileName } = given as { readonly fileName: string } // checked against `params` by the runtime
    const fiscalYear = fiscalYearOf(clock.today())
    return { title: `受領確認 ${fileName}`, fiscalYear, params: { fileName }, options: {}, variables: {} }
  },
  defaults: async () => ({}),
  options: () => null,
  dueOn: () => null,
  cancel: async () => undefined,
  results: async () => ({}),
}
