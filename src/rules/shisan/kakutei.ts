import { ok } from '#kernel/result.ts'
import { yenToJson } from '#kernel/yen.ts'
import { placeKakutei } from '../kakutei/place-kakutei.ts'
import { defineShisan } from './definition.ts'
import { refuseIdo } from './ido-refusals.ts'
import { KAKUTEI_EXAMPLES } from './kakutei-examples.ts'
import { kakuteiLines } from './kakutei-lines.ts'
import { KAKUTEI_INPUT, KAKUTEI_OUTPUT } from './kakutei-schema.ts'
import { placedSlotToJson, refusedOrder, slotOf } from './slots.ts'

export const kakutei = defineShisan({
  name: 'kakutei',
  term: '確定賦課の割り振り',
  summary: '7月に決まった年額を、仮徴収と暫定賦課を除いて、10月からの特別徴収と普通徴収の期に割り振ります。',
  basis: [
    '特別徴収は3等分し、100円未満の端数は10月に合わせる(高齢者医療確保法施行規則100条)[source: 能美市; 厚木市(介護); 琴浦町]',
    '普通徴収の端数は最初の期に合わせる [source: 瀬戸市、能美市]',
    '仮徴収と暫定賦課で年額に達したときは、10月から徴収しない [source: 都城市; 三好市]',
    '10月から始める人の特別徴収と普通徴収の分け方は [own knowledge, verify](高齢者医療確保法施行規則95条1号・2号は併用の形だけを定める)',
    '年額を超えた分は、後の期からさかのぼって減らす [own knowledge, verify]',
  ],
  formula: [
    '残り = 年額 − 仮徴収 − 暫定賦課(徴収不能の回と、まだ変更できる期を除く)',
    '普徴・特徴終了: 残りを期割(特徴終了は10月以後の期)。期がなければ随時期',
    '特徴継続: 12月 = 2月 = 残り ÷ 3(100円未満切捨て)、10月 = 残り − 12月 − 2月',
    '新規10月開始: 特別徴収 = 年額 ÷ 2(100円未満切捨て)を3回に分け、残りを7〜9月の期割。期がなければ残りのすべてを特別徴収',
    '仮徴収で完納・超過、0円: まだ変更できる期を0円とし、超えた額を後の期から順に減らす(同じ月では普通徴収を先に)',
    '喪失済: 異動賦課の資格喪失と同じ',
  ],
  doubts: [
    '10月開始の分け方の既定(年額の半分)は [own knowledge, verify]。2分の1判定の年額 ÷ 6 と同じ考え方による。',
    '10月から後の期の分を特別徴収とするとき、7〜9月の普通徴収は年額を全期で割ったときの額のままとする。暫定賦課や過ぎた期があるときは、残りを割り直す。',
    '8月の額も決まった年額で変える市がある(稲城市、庄原市。どちらも介護)。後期の年額が6月20日までに決まることはなく、端数の扱いも示されていないため、ここでは行わない。',
    '8月の特別徴収は、7月には止められない(止める期限を過ぎた)ものとして入れる。',
    '2月の額が0円になると、2月から続く仮徴収はない。少額の回が生じることもそのままにする。',
  ],
  input: KAKUTEI_INPUT,
  output: KAKUTEI_OUTPUT,
  examples: KAKUTEI_EXAMPLES,
  compute({ slots, annualYen, judgement, unitYen, ...choices }) {
    const refused = refusedOrder(slots)
    if (refused !== null) return refused
    const options = { ...choices, unitYen: BigInt(unitYen) }
    const year = { slots: slots.map(slotOf), annualYen: BigInt(annualYen), judgement }
    const placed = placeKakutei(year, options)
    if (!placed.ok) return refuseIdo(placed.error)
    const { kakuteiClass, zuijiYen, overpaid, nextProvisionalYen } = placed.value
    return ok({
      output: {
        kakuteiClass,
        slots: placed.value.slots.map(placedSlotToJson),
        zuijiYen: yenToJson(zuijiYen),
        overpaidYen: yenToJson(overpaid.totalYen),
        nextProvisionalYen: yenToJson(nextProvisionalYen),
      },
      lines: kakuteiLines(placed.value, year, options),
    })
  },
})
