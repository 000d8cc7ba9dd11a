import { ruleOf } from '../ido/events.ts'
import { KAKUTEI_CLASSES, type KakuteiClass } from '../kakutei/place-kakutei.ts'
import { type ExplainLine, sayYen } from './definition.ts'
import { kindOf, type ToldKakutei } from './told-kakutei.ts'

const TOKUCHO_CONDITIONS =
  '特別徴収の条件は試算「特別徴収の判定」による(高齢者医療確保法施行令22条・23条、介護保険法135条1項(高齢者医療確保法110条で準用))'
const USED_UP_BASIS = '暫定賦課で年額に達したときは、確定の期を0円とする [own knowledge, verify]'

const BASIS: Readonly<Record<KakuteiClass, string | null>> = {
  P1: TOKUCHO_CONDITIONS,
  P2: '仮徴収の残りを10月から徴収する(本徴収)[source: 能美市; 厚木市(介護); 琴浦町]',
  P3: '10月より前は普通徴収、10月から特別徴収: 高齢者医療確保法施行規則95条1号・2号',
  P4: `${TOKUCHO_CONDITIONS}。残りは普通徴収`,
  P5: '残りがなければ10月から徴収しない [source: 都城市; 三好市]',
  P6: ruleOf('DTH').basis,
  P7: null,
}

/** 分類, with the reason that this year has for it. */
export function classLine(all: ToldKakutei): ExplainLine {
  const { kakuteiClass, restYen } = all.placement
  const isUsedUp = kakuteiClass === 'P1' && restYen <= 0n
  const basis = isUsedUp ? USED_UP_BASIS : BASIS[kakuteiClass]
  return {
    label: '分類',
    how: isUsedUp ? `仮徴収がない。${sayUsedUp(all)}` : sayWhy(all),
    value: KAKUTEI_CLASSES[kakuteiClass],
    ...(basis === null ? {} : { basis }),
  }
}

/** 普徴 of who has something left to pay is 普徴 by judgement. */
function sayWhy(all: ToldKakutei): string {
  switch (all.placement.kakuteiClass) {
    case 'P1':
      return '仮徴収がなく、10月からも特別徴収しない(判定が対象外)'
    case 'P2':
      return '仮徴収があり、10月からも特別徴収を続ける'
    case 'P3':
      return '仮徴収がなく、10月から特別徴収を始める'
    case 'P4':
      return '仮徴収があったが、10月からは特別徴収しない(判定が対象外)'
    case 'P5':
      return sayUsedUp(all)
    case 'P6':
      return '資格を喪失している'
    case 'P7':
      return '年額が0円である'
    default:
      return all.placement.kakuteiClass satisfies never
  }
}

/** 「仮徴収と暫定賦課の計 37,200円 が年額 30,100円 を超えるため、…」 */
function sayUsedUp({ placement: { fixedYen, restYen }, year: { annualYen }, byDate }: ToldKakutei): string {
  const charged = byDate
    .filter(({ settledYen }) => settledYen > 0n)
    .map(({ slot }) => kindOf(slot) ?? '納期の来た普通徴収')
  const names = (['仮徴収', '暫定賦課', '納期の来た普通徴収'] as const)
    .filter((kind) => charged.includes(kind))
    .join('と')
  return restYen < 0n
    ? `${names}の計 ${sayYen(fixedYen)} が年額 ${sayYen(annualYen)} を超えるため、これから徴収するものはない`
    : `${names}の計が年額 ${sayYen(annualYen)} と同じため、これから徴収するものはない`
}
