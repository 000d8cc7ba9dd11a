import type { Placement } from '../ido/placement.ts'
import type { ExplainLine } from './definition.ts'

/** Of who has died: what the pension brought afterwards. */
const TO_PENSION_PAYER = '死亡した月の翌々月から後に年金から引かれた額は年金保険者に返す'
const TO_PENSION_PAYER_BASIS = '高齢者医療確保法施行規則108条'
const HEIRS_BASIS = '[source: 国分寺市; 宮代町]'

/** What is said of the one who has died, or of one who left and may have. */
interface Words {
  readonly value: string
  readonly pays: string
  readonly getsBack: string
  /** What else to do about the payer of the pension. */
  readonly atCounter: string
}

/** 死亡. */
export const OF_WHO_DIED: Words = {
  value: '相続人',
  pays: '亡くなった人の残りの保険料は、相続人に納めていただく',
  getsBack: '相続人に返す(亡くなった人に未納の保険料があれば、それに充てる)',
  atCounter: '(死亡した月は入力にないため、窓口で確認する)',
}

/** 喪失済, which may be a death. */
export const OF_WHO_LEFT: Words = {
  value: '本人(死亡のときは相続人)',
  pays: '本人。死亡による喪失のときは、残りの保険料を相続人に納めていただく',
  getsBack: '本人。死亡による喪失のときは相続人',
  atCounter: '',
}

/** 相続人: who pays what is left of the year, or gets back what was too much. */
export function heirsLine(
  { value, pays, getsBack, atCounter }: Words,
  { overpaid, slots }: Pick<Placement, 'overpaid' | 'slots'>,
): ExplainLine {
  if (overpaid.totalYen === 0n) return { label: '納める人', how: pays, value, basis: HEIRS_BASIS }
  const label = '返す相手'
  return slots.some(({ method }) => method === '特徴')
    ? {
        label,
        how: `${getsBack}。ただし、${TO_PENSION_PAYER}${atCounter}`,
        value,
        basis: `${TO_PENSION_PAYER_BASIS} ${HEIRS_BASIS}`,
      }
    : { label, how: getsBack, value, basis: HEIRS_BASIS }
}
