import type { KakuteiRefusal } from '#rules/kakutei/place-kakutei.ts'
import { refuseIdo } from '#rules/shisan/ido-refusals.ts'
import { describe, expect, it } from 'vitest'

describe('what an 異動 or a 確定 cannot decide', () => {
  it.each<[KakuteiRefusal, string, string]>([
    [{ kind: 'slot-state', slot: 3 }, '/slots/3/state', '状態が徴収方法に合いません。'],
    [{ kind: 'slot-month', slot: 3 }, '/slots/3/month', '特別徴収の月は偶数月(4・6・8・10・12・2月)です。'],
    [
      { kind: 'slot-not-changeable', slot: 0 },
      '/slots/0/state',
      '仮徴収額を変更できるのは6月と8月だけです(4月は変更できません)。',
    ],
    [{ kind: 'slot-autumn', slot: 1 }, '/slots/1/month', '10月・12月・2月の特別徴収は、これから割り振るものです。'],
    [
      { kind: 'slot-stoppable', slot: 1 },
      '/slots/1/state',
      '確定賦課の7月には、8月までの特別徴収は止めることも変えることもできません。',
    ],
    [
      { kind: 'not-a-decrease', beforeYen: 63_000n },
      '/newAnnualYen',
      '減額の事由ですが、これまでの賦課額 63,000円 より増えています。',
    ],
    [
      { kind: 'not-an-increase', beforeYen: 63_000n },
      '/newAnnualYen',
      '増額の事由ですが、これまでの賦課額 63,000円 より減っています。',
    ],
    [{ kind: 'tokucho-running' }, '/event', 'まだ徴収される特別徴収があります。'],
    [{ kind: 'tokucho-not-running' }, '/event', 'これから徴収される特別徴収がありません。'],
    [{ kind: 'month-unused' }, '/fromMonth', 'この事由では月を使いません。'],
    [{ kind: 'month-needed', months: [4, 6, 8] }, '/fromMonth', '開始月は 4月・6月・8月 のいずれかです。'],
    [{ kind: 'failure-unknown' }, '/fromMonth', '徴収不能となった回がありません。'],
    [{ kind: 'order-unknown' }, '/fromMonth', '仮徴収と本徴収の両方に、依頼してまだ徴収されていない回があります。'],
    [{ kind: 'past-year-alone' }, '/otherEvents', '過年度の異動は、他の事由と合わせられません。'],
    [{ kind: 'nothing-to-move' }, '/slots', '開始月以後に、特別徴収に移す普通徴収がありません。'],
    [{ kind: 'already-tokucho' }, '/slots', '開始月以後に、すでに特別徴収があります。'],
    [
      { kind: 'ordered-lowered', month: 2, isChosen: false },
      '/event',
      '特別徴収を続けると、依頼した2月の額を下げることになります。依頼した額は下げられません。',
    ],
    [
      { kind: 'ordered-lowered', month: 2, isChosen: true },
      '/options/manualTreatment',
      '特別徴収を続けると、依頼した2月の額を下げることになります。依頼した額は下げられません。',
    ],
    [{ kind: 'slot-twice', slot: 1, month: 12 }, '/slots/1/month', '12月の特別徴収が二つあります。'],
    [
      { kind: 'written-off', leftYen: 5000n },
      '/slots',
      '減らす額のうち 5,000円 が不納欠損の期にかかるため、計算できません。',
    ],
  ])('%o', (refusal, field, message) => {
    expect(refuseIdo(refusal)).toMatchObject({ ok: false, error: { field, message } })
  })
})
