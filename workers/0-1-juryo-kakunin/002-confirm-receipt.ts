import { Type } from 'typebox'
import { FORMS } from '#processes/forms.generated.ts'
import { defineHumanStep } from '#runtime/define-step.ts'
import { closed, Decision } from '#runtime/schema.ts'

/** 受領確認: a person says that the file is there, or sends it back to be registered again. */
export const confirmReceipt = defineHumanStep({
  id: '0-1-juryo-kakunin/002-confirm-receipt',
  officialName: '受領確認',
  functions: [],
  basis: [],
  input: FORMS['0-1-juryo-kakunin/002-confirm-receipt'],
  output: Type.Object({ decision: Decision }, closed),
  load: async () => null,
  decide: (_, form) => ({ decision: form.decision }),
  persist: async () => undefined,
  summarise: (verdict) => verdict,
})
