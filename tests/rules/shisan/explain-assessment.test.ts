import { plainDateOf } from '#kernel/plain-date.ts'
import type { JsonRecord, Shisan } from '#rules/shisan/definition.ts'
import { getsuwari } from '#rules/shisan/getsuwari.ts'
import { nokigen } from '#rules/shisan/nokigen.ts'
import { zantei } from '#rules/shisan/zantei.ts'
import { describe, expect, it } from 'vitest'

const HOLIDAYS = new Set([plainDateOf('2026-11-03')])
function linesOf(shisan: Shisan, input: JsonRecord): string[] {
  const computed = shisan.compute(input, HOLIDAYS)
  if (!computed.ok) throw new Error(computed.error.message)
  return computed.value.lines.map(
    ({ label, how, value, basis }) => `${label}: ${how} → ${value}${basis === undefined ? '' : ` [${basis}]`}`,
  )
}

describe('算定の内訳 of 月割', () => {
  const APRIL = '賦課期日: 4月1日 → 令和8年4月1日'
  const BY_DEATH = '資格喪失日: 死亡日 令和8年6月30日 の翌日 → 令和8年7月1日 [死亡による喪失日は死亡日の翌日]'
  const UNTIL_JUNE = '賦課月数: 4月から6月まで(喪失した月の前月か3月の早いほうまで) → 3か月'
  it.each<[string, JsonRecord, readonly string[]]>([
    ['the whole year', {}, [APRIL, '賦課月数: 4月から3月まで(年度の終わりまで資格がある) → 12か月']],
    [
      'insured for years',
      { acquiredOn: '2020-09-02' },
      [APRIL, '賦課月数: 4月から3月まで(年度の終わりまで資格がある) → 12か月'],
    ],
    ['death', { diedOn: '2026-06-30' }, [APRIL, BY_DEATH, UNTIL_JUNE]],
    [
      'death before the loss that was told',
      { lostOn: '2026-07-20', diedOn: '2026-06-30' },
      [APRIL, BY_DEATH, UNTIL_JUNE],
    ],
    [
      'the loss that was told, before a death',
      { lostOn: '2026-07-20', diedOn: '2026-08-30' },
      [APRIL, '資格喪失日: 資格情報の喪失日 → 令和8年7月20日', UNTIL_JUNE],
    ],
    [
      'acquired and lost in one month',
      { acquiredOn: '2026-09-02', lostOn: '2026-09-30' },
      [
        '賦課期日: 資格取得日 → 令和8年9月2日',
        '資格喪失日: 資格情報の喪失日 → 令和8年9月30日',
        '賦課月数: 喪失した月の前月が始めの月より前のため、令和8年度に賦課される月はない → 0か月',
      ],
    ],
    [
      'acquired after the year',
      { acquiredOn: '2027-04-01' },
      [
        '賦課期日: 資格取得日 → 令和9年4月1日',
        '賦課月数: 資格の取得が令和8年度より後のため、賦課される月はない → 0か月',
      ],
    ],
  ])('%s', (_, dates, lines) => {
    expect(linesOf(getsuwari, { fiscalYear: 2026, ...dates })).toEqual(lines)
  })
})

describe('算定の内訳 of 納期限', () => {
  it('tells the weekday and why a day moved', () => {
    expect(linesOf(nokigen, { fiscalYear: 2026, months: [9, 10, 11, 2], day: 'end' })).toEqual([
      '第1期(9月): 令和8年9月30日(水)は開庁日 → 令和8年9月30日(水)',
      '第2期(10月): 令和8年10月31日(土)は休みのため次の開庁日 → 令和8年11月2日(月)',
      '第3期(11月): 令和8年11月30日(月)は開庁日 → 令和8年11月30日(月)',
      '第4期(2月): 令和9年2月28日(日)は休みのため次の開庁日 → 令和9年3月1日(月)',
    ])
  })
  it('uses the holidays that it is given', () => {
    expect(linesOf(nokigen, { fiscalYear: 2026, months: [11], day: 3 })).toEqual([
      '第1期(11月): 令和8年11月3日(火)は休みのため次の開庁日 → 令和8年11月4日(水)',
    ])
  })
})

describe('算定の内訳 of 暫定賦課', () => {
  const YEAR = { previousAnnualYen: 98_700, newAnnualYen: 103_400, periods: 12, provisional: 3 }
  it.each<[string, JsonRecord, readonly string[]]>([
    [
      'the rest over the final periods',
      YEAR,
      [
        '暫定の期の額: 前年度の年額 98,700円 ÷ 12 = 8,225円(1円未満切捨て)、100円未満切捨て → 8,200円',
        '暫定の合計: 8,200円 × 3回 → 24,600円',
        '残り: 確定した年額 103,400円 − 24,600円 → 78,800円',
        '確定の2期から後の額: 78,800円 ÷ 9回 = 8,755円(1円未満切捨て)、100円未満切捨て → 8,700円',
        '確定の第1期の額: 78,800円 − 8,700円 × 8回(端数は第1期に合わせる) → 9,200円',
      ],
    ],
    [
      'one final period, unit 1円',
      { ...YEAR, periods: 4, unitYen: 1 },
      [
        '暫定の期の額: 前年度の年額 98,700円 ÷ 4 = 24,675円(1円未満切捨て) → 24,675円',
        '暫定の合計: 24,675円 × 3回 → 74,025円',
        '残り: 確定した年額 103,400円 − 74,025円 → 29,375円',
        '確定の第1期の額: 確定の納期が1回のため残りの全額 → 29,375円',
      ],
    ],
    [
      'too much',
      { ...YEAR, newAnnualYen: 20_000, divisor: 10, unitYen: 1000 },
      [
        '暫定の期の額: 前年度の年額 98,700円 ÷ 10 = 9,870円(1円未満切捨て)、1,000円未満切捨て → 9,000円',
        '暫定の合計: 9,000円 × 3回 → 27,000円',
        '確定の期の額: 暫定の合計 27,000円 が年額 20,000円 を超えるため → 0円',
        '暫定超過: 27,000円 − 20,000円 → 7,000円',
      ],
    ],
  ])('%s', (_, input, lines) => {
    expect(linesOf(zantei, input)).toEqual(lines)
  })
})
