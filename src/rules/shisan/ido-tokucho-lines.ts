import type { TokuchoAction } from '../ido/choose-treatment.ts'
import { ruleOf } from '../ido/events.ts'
import { type ExplainLine, sayYen } from './definition.ts'
import { orderBasis, sayOrderDay } from './ido-start-lines.ts'
import { saySetting } from './say-setting.ts'
import { sayMonths } from './say-shares.ts'
import { type ToldChange, toldAt } from './told-change.ts'
import { sayBefore, sayFailed, type Saying, slotLines, type ToldSlot } from './told-slots.ts'

const STOPPED_BASIS = '高齢者医療確保法施行規則106条2号'
const KEPT_BASIS = '依頼した額は下げられず、続けるか止めるかである [source: むつ市]'
const LOWERED_BASIS = `${STOPPED_BASIS}。${KEPT_BASIS}`
const CONTINUED_DOUBT = `続けることを${STOPPED_BASIS}が許すか [own knowledge, verify]`

/** What becomes of 特別徴収 and why, then every payment that comes back or is stopped. */
export function tokuchoLines(all: ToldChange): readonly ExplainLine[] {
  const { placement, byDate } = all
  const stopped = toldAt(all, placement.stopped)
  const restored = toldAt(all, placement.restored)
  return [
    { label: '特別徴収の扱い', ...reasonOf(all), value: placement.outcome },
    ...slotLines(byDate, (one) =>
      restored.includes(one) && !stopped.includes(one) ? [sayRestored(one), one.settledYen] : null,
    ),
    ...slotLines(byDate, (one) => (stopped.includes(one) ? sayStopped(one, all) : null)),
  ]
}

type Reason = Pick<ExplainLine, 'how' | 'basis'>

function reasonOf(all: ToldChange): Reason {
  const { outcome, treatment, stopped, started } = all.placement
  if (started !== null)
    return {
      how: `特別徴収を${started.movedFrom.length > 0 ? '' : '翌年度に'}新しく始める。${sayOrderDay(started)}`,
      basis: orderBasis(started),
    }
  if (outcome === 'なし') return { how: 'これから徴収される特別徴収がない' }
  if (treatment.by === null)
    return { how: stopped.length > 0 ? '徴収不能の回だけを止める' : '止める事由がないため、そのまま続ける' }
  if (treatment.isByAmount) return reasonByAmount(all)
  if (treatment.action === 'stop' && all.change.events.includes('RFS')) return reasonRefused(all)
  const { label, stopBasis: basis } = ruleOf(treatment.by)
  const how = `「${label}」のため、${stopped.length > 0 ? ACTIONS[treatment.action] : NOTHING_LEFT[treatment.action]}`
  return basis === undefined ? { how } : { how, basis }
}

const ACTIONS: Readonly<Record<TokuchoAction, string>> = {
  continue: '徴収不能の回のほかは、そのまま続ける',
  stop: '止められる回を止める',
  'pension-stop': '年金からは徴収されない',
  'order-refused': '依頼した回は徴収されない',
}
const NOTHING_LEFT: Readonly<Record<TokuchoAction, string>> = {
  continue: 'そのまま続ける',
  stop: '止めるが、今年度に止められる回はもうない',
  'pension-stop': '年金からは徴収されない。今年度に残る回はもうない',
  'order-refused': '徴収されない。今年度に依頼した回はもうない',
}

/** 中止の不可: what was past its day is withheld after all, the rest is stopped again. */
function reasonRefused(all: ToldChange): Reason {
  const monthsOf = (indexes: readonly number[]) => sayMonths(toldAt(all, indexes).map(({ slot }) => slot))
  const { restored, stopped } = all.placement
  const withheld =
    restored.length > 0 ? `止める期限を過ぎた${monthsOf(restored)}は徴収される` : '止める期限を過ぎて徴収される回はない'
  return {
    how: `送った中止が受け付けられなかったため、${withheld}。${stopped.length > 0 ? `まだ止められる${monthsOf(stopped)}は、もう一度中止を送る` : 'もう一度中止を送る回は、今年度にはない'}`,
    basis: ruleOf('RFS').basis,
  }
}

function reasonByAmount({ placement, change: { newAnnualYen }, options }: ToldChange): Reason {
  const { beforeYen, treatment, stopped, outcome } = placement
  const change = `年額が ${sayYen(beforeYen)} から ${sayYen(newAnnualYen)} に`
  if (newAnnualYen === beforeYen) return { how: '年額が変わらないため、そのまま続ける' }
  if (newAnnualYen > beforeYen)
    return treatment.action === 'continue'
      ? {
          how: `${change}増えるため、そのまま続け、増える額は普通徴収で納めていただく(併徴)`,
          basis: '高齢者医療確保法施行規則95条3号 [source: 福生市]',
        }
      : {
          how: `${change}増えるため、${saySetting(options, 'increaseT')}により止め、残りは普通徴収で納めていただく`,
          basis: '高齢者医療確保法施行規則106条3号(市町村が適当と認めるとき)',
        }
  if (treatment.action === 'continue')
    return {
      how: `${change}減るが、続けても年額を超えないため、${saySetting(options, 'decreaseT')}により続け、普通徴収の期で減らす`,
      basis: `${saySetting(options, 'decreaseT')}。${CONTINUED_DOUBT}`,
    }
  const basis = LOWERED_BASIS
  if (stopped.length > 0)
    return {
      how: `${change}減るため${placement.toPlaceYen > 0n ? '止め、残りは普通徴収で納めていただく' : '止める'}`,
      basis,
    }
  return outcome === '中止'
    ? {
        how: `${change}減る。今年度に止められる回はないため、${saySetting(options, 'stopWhenNothingStoppable')}により翌年4月から止める`,
        basis,
      }
    : {
        how: `${change}減るが、止められる回がもうないため、依頼した額のまま徴収される`,
        basis: `${KEPT_BASIS}。${CONTINUED_DOUBT}`,
      }
}

const sayRestored = ({ slot }: ToldSlot): string =>
  `受け付けられなかったため、依頼した ${sayYen(slot.orderedYen)} のまま徴収される。賦課額を ${sayYen(slot.chargedYen)} から戻す`

/** Why nothing is charged any more. */
function sayStopped(one: ToldSlot, { placement, options }: ToldChange): Saying {
  const { chargedYen, orderedYen, state } = one.slot
  if (chargedYen === 0n) return [`賦課額はすでに0円。依頼した ${sayYen(orderedYen)} を止めるよう、もう一度知らせる`, 0n]
  return state === 'failed'
    ? sayFailed(one)
    : [sayBefore(whyStopped(one, placement.treatment.action, options), chargedYen), 0n]
}

function whyStopped({ slot }: ToldSlot, action: TokuchoAction, options: ToldChange['options']): string {
  if (action === 'pension-stop') return '年金からは徴収されないため、0円とする'
  if (action === 'order-refused') return '依頼が受け付けられなかったため、0円とする'
  if (slot.state === 'planned') return 'まだ依頼していないため、依頼せず0円とする'
  return slot.isPastStopCutoff === true
    ? `止める期限は過ぎたが、${saySetting(options, 'changeToZero')}により、仮徴収額を0円に変更する`
    : 'まだ止められるため止め、0円とする'
}
