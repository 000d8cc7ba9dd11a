import type { KakuteiRefusal } from '../kakutei/place-kakutei.ts'
import { refuse, sayYen } from './definition.ts'

/** The words for what an 異動 or the 確定 cannot decide. */
export function refuseIdo(refusal: KakuteiRefusal): ReturnType<typeof refuse> {
  switch (refusal.kind) {
    case 'slot-state':
      return refuse(
        `/slots/${refusal.slot}/state`,
        '状態が徴収方法に合いません。',
        '徴収方法と状態を確かめてください。',
      )
    case 'slot-month':
      return refuse(
        `/slots/${refusal.slot}/month`,
        '特別徴収の月は偶数月(4・6・8・10・12・2月)です。',
        '月を確かめてください。',
      )
    case 'slot-not-changeable':
      return refuse(
        `/slots/${refusal.slot}/state`,
        '仮徴収額を変更できるのは6月と8月だけです(4月は変更できません)。',
        '月と状態を確かめてください。',
      )
    case 'slot-twice':
      return refuse(
        `/slots/${refusal.slot}/month`,
        `${refusal.month}月の特別徴収が二つあります。`,
        '一つにしてください(一部だけ徴収された回は、「徴収済み」と「徴収不能」に分けて入れます)。',
      )
    case 'slot-autumn':
      return refuse(
        `/slots/${refusal.slot}/month`,
        '10月・12月・2月の特別徴収は、これから割り振るものです。',
        '本徴収の回を除いてください。決まった後の変更は異動賦課で計算します。',
      )
    case 'slot-stoppable':
      return refuse(
        `/slots/${refusal.slot}/state`,
        '確定賦課の7月には、8月までの特別徴収は止めることも変えることもできません。',
        '状態を「徴収済み」「止める期限を過ぎた」「徴収不能」から選んでください。',
      )
    case 'not-a-decrease':
      return refuse(
        '/newAnnualYen',
        `減額の事由ですが、これまでの賦課額 ${sayYen(refusal.beforeYen)} より増えています。`,
        '年額か事由を確かめてください。',
      )
    case 'not-an-increase':
      return refuse(
        '/newAnnualYen',
        `増額の事由ですが、これまでの賦課額 ${sayYen(refusal.beforeYen)} より減っています。`,
        '年額か事由を確かめてください。',
      )
    case 'tokucho-running':
      return refuse('/event', 'まだ徴収される特別徴収があります。', '特別徴収中の減額または増額を選んでください。')
    case 'tokucho-not-running':
      return refuse('/event', 'これから徴収される特別徴収がありません。', '普通徴収の減額または増額を選んでください。')
    case 'month-unused':
      return refuse('/fromMonth', 'この事由では月を使いません。', '事由の月を空欄にしてください。')
    case 'month-needed':
      return refuse(
        '/fromMonth',
        `開始月は ${refusal.months.join('月・')}月 のいずれかです。`,
        '特別徴収を始める月を入れてください。',
      )
    case 'failure-unknown':
      return refuse(
        '/fromMonth',
        '徴収不能となった回がありません。',
        '不能となった回の状態を「徴収不能」にするか、事由の月に不能となった月を入れてください。',
      )
    case 'order-unknown':
      return refuse(
        '/fromMonth',
        '仮徴収と本徴収の両方に、依頼してまだ徴収されていない回があります。',
        '不可となった依頼の開始月を入れてください。',
      )
    case 'past-year-alone':
      return refuse(
        '/otherEvents',
        '過年度の異動は、他の事由と合わせられません。',
        '過年度の分を分けて計算してください。',
      )
    case 'nothing-to-move':
      return refuse(
        '/slots',
        '開始月以後に、特別徴収に移す普通徴収がありません。',
        '開始月と普徴の期を確かめてください。',
      )
    case 'already-tokucho':
      return refuse('/slots', '開始月以後に、すでに特別徴収があります。', '開始月と特徴の回を確かめてください。')
    case 'ordered-lowered':
      return refuse(
        refusal.isChosen ? '/options/manualTreatment' : '/event',
        `特別徴収を続けると、依頼した${refusal.month}月の額を下げることになります。依頼した額は下げられません。`,
        refusal.isChosen ? '「特別徴収を止める」を選んでください。' : '中止する事由を選ぶか、中止月を早めてください。',
      )
    case 'written-off':
      return refuse(
        '/slots',
        `減らす額のうち ${sayYen(refusal.leftYen)} が不納欠損の期にかかるため、計算できません。`,
        '個別に処理を決めてください。',
      )
    default:
      return refusal satisfies never
  }
}
