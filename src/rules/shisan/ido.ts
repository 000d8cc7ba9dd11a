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
import { placedSlotToJson, slotOf } from './slots.ts'

type Input = ValueOf<typeof IDO_INPUT>

const optionsOf = (sent: Input['options']): IdoOptions =>
  sent === undefined ? IDO_DEFAULTS : { ...sent, unitYen: BigInt(sent.unitYen) }

export const ido = defineShisan({
  name: 'ido',
  term: '異動賦課の割り振り',
  summary: '年度の途中の異動について、徴収済みの分を動かさずに、期割の合計が新しい年額になるよう割り振ります。',
  basis: [
    '依頼した額は下げられず、続けるか止めるかである [source: むつ市]',
    '増額のときは特別徴収を続け、差額を普通徴収とする(併徴)(規則95条三、106条三)[source: 福生市]',
    '減額・喪失などで特別徴収を止めたときは、残りを普通徴収とする(規則106条)[source: むつ市]',
    '増額は通知の後に納期限が来る期へ、減額は残りの期を割り直し、なお多ければ後の期からさかのぼる [own knowledge, verify]',
    '過年度は割り直さず、増額は随時期とする [own knowledge, verify]',
    '追加の特別徴収は、開始月以後の普通徴収を移す(介護保険法134条②〜⑥準用)',
  ],
  formula: [
    '動かせない額 X = 徴収される特別徴収 + 動かせない普通徴収',
    '割り振る額 Y = 新しい年額 − X',
    'Y が動かせる普通徴収 O 以上: 差 Y − O を、中止月以後の期(中止がなければ動かせる期)に割り振る。期がなければ随時期',
    'Y が 0 以上 O 未満: 動かせる期を Y に割り直す',
    'Y が 0 未満: 動かせる期を 0 とし、−Y を後の期から順に減らす',
    '割り振りは期割と同じ(100円未満の端数は最初の期)',
  ],
  doubts: [
    '割り振り方はすべて設定で選べる。既定は [own knowledge, verify]。条例・規則と広域連合の取扱いを確かめる。',
    '特別徴収を止められる期限(既定は2か月前の10日)は国保連の日程による [own knowledge, verify]。枠の状態はその日で決まる。',
    '併徴中の小さな減額でも、既定では特別徴収を止める。続ける設定(absorb-in-futsu)が許されるかは規則106条二を確かめる。',
    '年度末に出した随時期が翌年4月に納期を迎えるものは、納付のあった期として今年度の末に置く。',
    '一部だけ徴収された回は、徴収済みの枠と徴収不能の枠に分けて入れる。',
    '仮徴収の期間(確定の前)は、新しい年額として仮徴収と暫定の合計を入れる。',
    '職員の選択(MAN)は、額による扱い(増額・減額・減免)に代わる。喪失や口座振替への変更などで止めることには代わらない。',
    '仮徴収額変更の不可(RFC)、暫定賦課額の修正(KAR)、続く住所地特例(JUT-k)は特別徴収を止めないので、同時の減額は減額の扱いによる。',
    '過納を誰に返すか(亡くなった人の相続人か年金保険者か)は、ここでは分けない。死亡した月の翌々月から後に徴収された額は年金保険者に返す(規則108条)。',
  ],
  input: IDO_INPUT,
  output: IDO_OUTPUT,
  examples: IDO_EXAMPLES,
  compute(input) {
    const newAnnualYen = BigInt(input.newAnnualYen)
    const options = optionsOf(input.options)
    const events = [input.event, ...(input.otherEvents ?? [])]
    const placed = placeChange(
      {
        slots: input.slots.map((one) => slotOf(one)),
        newAnnualYen,
        months: input.months,
        events,
        fromMonth: input.fromMonth ?? null,
      },
      options,
    )
    if (!placed.ok) return refuseIdo(placed.error)
    const { slots, zuijiYen, overpaid, outcome } = placed.value
    return ok({
      output: {
        slots: slots.map(placedSlotToJson),
        zuijiYen: yenToJson(zuijiYen),
        overpaidYen: yenToJson(overpaid.totalYen),
        treatment: outcome,
      },
      lines: idoLines(placed.value, events, newAnnualYen, options.unitYen),
    })
  },
})
