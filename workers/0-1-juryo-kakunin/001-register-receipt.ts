import { Type } from 'typebox'
import type { PlainDate } from '#kernel/plain-date.ts'
import { defineStep } from '#runtime/define-step.ts'
import { closed, PlainDateText, RunId } from '#runtime/schema.ts'

/** 受領登録: the day on which the receipt was entered. Nothing else: this flow proves the road, not a business. */
export const registerReceipt = defineStep({
  id: '0-1-juryo-kakunin/001-register-receipt',
  officialName: '受領登録',
  functions: [],
  basis: [],
  input: Type.Object({ runId: RunId }, closed),
  output: Type.Object({ receivedOn: PlainDateText }, closed),
  load: ({ runId }, ctx) =>
    ctx.read.one<{ receivedOn: PlainDate }>(
      `select (created_at at time zone 'Asia/Tokyo')::date as "receivedOn" from runs where id = $1`,
      [runId],
    ),
  decide: ({ receivedOn }) => ({ receivedOn }),
  persist: async () => undefined,
  summarise: (verdict) => verdict,
})
