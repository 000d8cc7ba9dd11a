import type { Yen } from '#kernel/yen.ts'
import {
  KAKUTEI_CLASSES,
  type KakuteiClass,
  type KakuteiOptions,
  type KakuteiPlacement,
} from '../kakutei/place-kakutei.ts'
import { type ExplainLine, sayYen } from './definition.ts'
import { overpaidLines, proofLine, slotLine } from './ido-lines.ts'

const WHY: Readonly<Record<KakuteiClass, string>> = {
  P1: '仮徴収がなく、10月からも特別徴収しない',
  P2: '仮徴収があり、10月からも特別徴収を続ける',
  P3: '仮徴収がなく、10月から特別徴収を始める',
  P4: '仮徴収があったが、10月からは特別徴収できない',
  P5: '仮徴収と暫定で、年額に達している',
  P6: '資格を喪失している',
  P7: '年額が0円である',
}

/** 算定の内訳 of a 確定: from the class to every slot that changes, then the proof. */
export function kakuteiLines(
  placement: KakuteiPlacement,
  annualYen: Yen,
  options: KakuteiOptions,
): readonly ExplainLine[] {
  const { kakuteiClass, slots, fixedYen, restYen, nextProvisionalYen, zuijiYen } = placement
  return [
    { label: '分類', how: WHY[kakuteiClass], value: `${kakuteiClass} ${KAKUTEI_CLASSES[kakuteiClass]}` },
    {
      label: '動かせない額',
      how: '仮徴収と、納期限の来た・納付のあった普通徴収(暫定)の合計',
      value: sayYen(fixedYen),
    },
    { label: '残り', how: `年額 ${sayYen(annualYen)} − ${sayYen(fixedYen)}`, value: sayYen(restYen) },
    ...(restYen < 0n
      ? [
          {
            label: 'さかのぼり',
            how: `動かせる期を0円としてもなお多い ${sayYen(-restYen)} を、後の期から順に減らす`,
            value: sayYen(-restYen),
          },
        ]
      : []),
    ...tokuchoLines(placement, annualYen, options),
    ...fuchoLines(placement, options),
    ...slots.filter((one) => one.beforeYen !== one.chargedYen).map(slotLine),
    ...overpaidLines(placement.overpaid),
    {
      label: '翌年度の仮徴収額',
      how: nextProvisionalYen > 0n ? '2月と同じ額を4月・6月・8月に徴収' : '2月の額がないため、翌4月は特別徴収しない',
      value: sayYen(nextProvisionalYen),
    },
    proofLine(zuijiYen, annualYen),
  ]
}

function tokuchoLines(
  { kakuteiClass, tokuchoYen, restYen }: KakuteiPlacement,
  annualYen: Yen,
  { octStartSplit }: KakuteiOptions,
): readonly ExplainLine[] {
  if (tokuchoYen === 0n) return []
  const third = sayYen(tokuchoYen / 3n)
  return [
    {
      label: '特別徴収に回す額',
      how: kakuteiClass === 'P3' && tokuchoYen !== restYen ? START[octStartSplit](sayYen(annualYen)) : '残りのすべて',
      value: sayYen(tokuchoYen),
    },
    {
      label: '10月・12月・2月',
      how: `12月・2月は ${sayYen(tokuchoYen)} ÷ 3回 = ${third}の100円未満切捨て、端数は10月に合わせる`,
      value: sayYen(tokuchoYen),
    },
  ]
}

const START: Readonly<Record<KakuteiOptions['octStartSplit'], (annual: string) => string>> = {
  half: (annual) => `年額 ${annual} ÷ 2(100円未満切捨て)`,
  periods: (annual) => `年額 ${annual} を全期で割ったときの、10月から後の期の分`,
}

function fuchoLines(
  { restYen, tokuchoYen, zuijiYen, fuchoPeriods }: KakuteiPlacement,
  { unitYen }: KakuteiOptions,
): readonly ExplainLine[] {
  if (zuijiYen > 0n)
    return [{ label: '随時期', how: '残りを受ける期がないため、随時期で納めていただく', value: sayYen(zuijiYen) }]
  const fuchoYen = restYen - tokuchoYen
  if (fuchoYen <= 0n || fuchoPeriods === 0) return []
  return [
    {
      label: '普通徴収に回す額',
      how: `${sayYen(fuchoYen)} を${fuchoPeriods}期に割る(${sayYen(unitYen)}未満切捨て。端数は最初の期)`,
      value: sayYen(fuchoYen),
    },
  ]
}
