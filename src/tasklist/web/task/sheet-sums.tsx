import { parsePlainDate } from '#kernel/plain-date.ts'
import { monthDayLong, shortMoment } from '#web/lib/dates.ts'
import { formatNumber } from '#web/lib/numbers.ts'
import { Sums, type Sum } from '#web/ui/sums.tsx'
import type { KindLook } from './kinds/kind.ts'
import type { SheetTotals } from './sheet-query.ts'

interface SheetSumsProps {
  readonly look: KindLook
  readonly overall: SheetTotals | undefined
  /** What the step counted: by 判定, 全件, 完納, 督促状, 他の処理回. */
  readonly counted: Readonly<Record<string, number>>
  readonly params: Readonly<Record<string, unknown>>
  /** 取込日時 of the newest 収納 file; left out where it says nothing. */
  readonly receiptsAt?: string | null | undefined
}

/** 「527件 526人 6,482,100円」; a person with several rows counts once. */
const amount = (count: number, counter: string, yen: number, people: number | undefined) => (
  <>
    {formatNumber(count)}
    <small>{counter}</small>{' '}
    {people !== undefined && (
      <>
        {formatNumber(people)}
        <small>人</small>{' '}
      </>
    )}
    {formatNumber(yen)}
    <small>円</small>
  </>
)

const plain = (label: string, count: number, counter: string, role: Sum['role']): Sum => ({
  label,
  value: (
    <>
      {formatNumber(count)}
      <small>{counter}</small>
    </>
  ),
  ...(role ? { role } : {}),
})

/** 「納期の全件 1,802 = 完納 1,377 + 一覧 425」: nothing was left out. */
const controlLine = (whole: number, settled: number): Sum => ({
  label: '納期の全件',
  value: (
    <>
      {formatNumber(whole)}
      <small>件のうち完納</small> {formatNumber(settled)}
      <small>件</small>
    </>
  ),
})

/** 対象件数 that differ from the run of the 納期限 before by as many per cent as the ordinance option says. */
export function farFromBefore(counted: Readonly<Record<string, number>>, targets: number): boolean {
  const { 前の納期の対象: before, 件数差の注意: percent } = counted
  return (
    before !== undefined && percent !== undefined && before > 0 && Math.abs(targets - before) * 100 >= before * percent
  )
}

/** 全体の合計: 把握 − 除外 − 要確認 ＝ 対象; it never follows the filter. */
export function SheetSums({ look, overall, counted, params, receiptsAt }: SheetSumsProps) {
  const of = (verdict: string) => overall?.byVerdict.find((one) => one.verdict === verdict) ?? { count: 0, yen: 0 }
  const whole = { count: overall?.count ?? 0, yen: overall?.byVerdict.reduce((sum, { yen }) => sum + yen, 0) ?? 0 }
  const [out, open, rest] = [of('除外'), of('要確認'), of('対象')]
  const line = (label: string, part: { count: number; yen: number }, role?: Sum['role'], people?: number): Sum => ({
    label,
    value: amount(part.count, look.counter, part.yen, people),
    ...(role ? { role } : {}),
  })
  const elsewhere = counted['他の処理回'] ?? 0 // on the list of papers: what another run has dunned
  const unprintable = (counted['除外'] ?? 0) - elsewhere // … and what 003 could not make
  const issueOn = typeof params['issueOn'] === 'string' ? parsePlainDate(params['issueOn']) : null
  return (
    <Sums
      sums={[
        line(look.whole, whole, undefined, overall?.people),
        ...(look.hasPaper
          ? [
              plain('引抜き', out.count - unprintable - elsewhere, look.counter, 'minus'),
              plain('発行不能', unprintable, look.counter, 'minus'),
              ...(elsewhere > 0 ? [plain('督促済・他の処理回', elsewhere, look.counter, 'minus')] : []),
            ]
          : [line(look.out?.noun ?? '除外', out, 'minus')]),
        ...(open.count > 0 ? [line(look.hasPaper ? '決めていない通知' : '要確認', open, 'minus')] : []),
        line(look.rest, rest, 'result', overall?.targetPeople),
        ...(counted['督促状'] === undefined ? [] : [plain('作った督促状', counted['督促状'], '通', undefined)]),
        ...(counted['全件'] === undefined ? [] : [controlLine(counted['全件'], counted['完納'] ?? 0)]),
        ...(counted['前の納期の対象'] === undefined
          ? []
          : [plain('前の納期の対象', counted['前の納期の対象'], look.counter, undefined)]),
        ...(receiptsAt ? [{ label: '収納の取込', value: <small>{shortMoment(receiptsAt)}</small> }] : []),
        ...(issueOn ? [{ label: '発送日', value: <small>{monthDayLong(issueOn)}</small> }] : []),
      ]}
    />
  )
}
