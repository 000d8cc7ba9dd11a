import { ok } from '#kernel/result.ts'
import { yenToJson } from '#kernel/yen.ts'
import { IDO_DEFAULTS, type IdoOptions } from '../ido/options.ts'
import { placeChange } from '../ido/place-change.ts'
import { defineShisan } from './definition.ts'
import { IDO_EXAMPLES } from './ido-examples.ts'
import { idoLines } from './ido-lines.ts'
import { refuseIdo } from './ido-refusals.ts'
import { IDO_INPUT, IDO_OUTPUT } from './ido-schema.ts'
import type { ValueOf } from './schema.ts'
import { placedSlotToJson, refusedOrder, slotOf } from './slots.ts'

type Input = ValueOf<typeof IDO_INPUT>

const optionsOf = (sent: Input['options']): IdoOptions =>
  sent === undefined ? IDO_DEFAULTS : { ...sent, unitYen: BigInt(sent.unitYen) }

export const ido = defineShisan({
  name: 'ido',
  term: '異動賦課の割り振り',
  summary: '年度の途中の異動について、徴収済みの分を変えずに、期割の合計が新しい年額になるよう割り振ります。',
  basis: [
    '高齢者医療確保法は、高齢者の医療の確保に関する法律。その110条が介護保険法の特別徴収の規定を準用する',
    '依頼した額は下げられず、続けるか止めるかである [source: むつ市]',
    '増額のときは特別徴収を続け、差額を普通徴収とする(併徴)(高齢者医療確保法施行規則95条3号)[source: 福生市]。適当と認めれば止める(同106条3号)',
    '減額・喪失などで特別徴収を止めたときは、残りを普通徴収とする(高齢者医療確保法施行規則106条)[source: むつ市]',
    '増額の分は通知の後に納期限が来る期へ、減額は残りの期を割り直し、なお多ければ後の期からさかのぼる [own knowledge, verify]',
    '過年度は割り直さず、増額は随時期とする [own knowledge, verify]',
    '追加の特別徴収は、開始月以後の普通徴収を移す(介護保険法134条2項〜6項(高齢者医療確保法110条で準用))',
  ],
  formula: [
    '変更できない額 = 徴収される特別徴収 + 納期限の来た・納付のあった普通徴収',
    '割り振る額 = 新しい年額 − 変更できない額',
    '割り振る額が、まだ変更できる期の賦課額より多いとき: その差(普通徴収に加える額)を、特別徴収を止める月以後の期(止めなければ、まだ変更できる期)に割り振る。期がなければ随時期',
    '割り振る額が、まだ変更できる期の賦課額より少ないとき: 賦課額のある期に割り直す',
    '変更できない額だけで新しい年額を超えるとき: まだ変更できる期を0円とし、超える額を後の期から順に減らす(同じ月では普通徴収を先に)',
    '割り振りは期割と同じ(100円未満の端数は最初の期)',
  ],
  doubts: [
    '割り振り方はすべて設定で選べる。既定は [own knowledge, verify]。条例・規則と広域連合の取扱いを確かめる。',
    '特別徴収を止められる期限(既定は2か月前の10日)は国保連の日程による [own knowledge, verify]。期ごとの状態はその日で決まる。',
    '併徴中の小さな減額でも、既定では特別徴収を止める。続ける設定が許されるかは高齢者医療確保法施行規則106条2号を確かめる。',
    '年度末に出した随時期が翌年4月に納期を迎えるものは、納付のあった期として今年度の末に置く。',
    '一部だけ徴収された回は、徴収済みの回と徴収不能の回に分けて入れる。',
    '仮徴収の期間(確定の前)は、新しい年額として仮徴収と暫定賦課の合計を入れる。',
    '職員の選択は、額による扱い(増額・減額・減免)に代わる。喪失や口座振替への変更などで止めることには代わらない。',
    '仮徴収額変更の不可、暫定賦課額の修正、介護も同じ住所地特例は特別徴収を止めないので、同時の減額は減額の扱いによる。',
    '過納を誰に返すか(亡くなった人の相続人か年金保険者か)は、ここでは分けない。死亡した月の翌々月から後に徴収された額は年金保険者に返す(高齢者医療確保法施行規則108条)。',
  ],
  input: IDO_INPUT,
  output: IDO_OUTPUT,
  examples: IDO_EXAMPLES,
  compute(input) {
    const refused = refusedOrder(input.slots)
    if (refused !== null) return refused
    const options = optionsOf(input.options)
    const change = {
      slots: input.slots.map(slotOf),
      newAnnualYen: BigInt(input.newAnnualYen),
      months: input.months ?? 12,
      events: [input.event, ...(input.otherEvents ?? [])],
      fromMonth: input.fromMonth ?? null,
    }
    const placed = placeChange(change, options)
    if (!placed.ok) return refuseIdo(placed.error)
    const { slots, zuijiYen, overpaid, outcome } = placed.value
    return ok({
      output: {
        slots: slots.map(placedSlotToJson),
        zuijiYen: yenToJson(zuijiYen),
        overpaidYen: yenToJson(overpaid.totalYen),
        treatment: outcome,
      },
      lines: idoLines(placed.value, change, options, input.months),
    })
  },
})
