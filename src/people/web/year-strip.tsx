import { addDays, partsOf, plainDateOf } from '#kernel/plain-date.ts'
import { formatWarekiFiscalYear } from '#rules/calendar/wareki.ts'
import type { Reply } from '#api/contract.ts'
import { formatNumber } from '#web/lib/numbers.ts'
import { Icon } from '#web/ui/icon.tsx'

type Year = Reply<'GET /api/insured/:insuredId'>['years'][number]
type Instalment = Year['instalments'][number]

const MONTHS = [4, 5, 6, 7, 8, 9, 10, 11, 12, 1, 2, 3] as const

/** Days by which a 納期限 at the end of a month may have moved on to the next 開庁日. */
const LONGEST_MOVE = 5

/** Month a 納期限 belongs to: one that moved to the first days of the next month stays in its own. */
const monthOf = ({ dueOn }: Instalment): number => partsOf(addDays(plainDateOf(dueOn), -LONGEST_MOVE)).month

/** 年間の帯: 4月…3月, 特徴 above 普徴, each cell the amount, whether it is paid, the 納期限. */
export function YearStrip({ year }: { year: Year }) {
  const rows = [...new Set(year.instalments.map(({ method }) => method))].toSorted()
  const label = `${formatWarekiFiscalYear(year.fukaYear)}の期割と納付`
  return (
    <div className="stripwrap" tabIndex={0} role="region" aria-label={label}>
      <table className="strip" aria-label={label}>
        <thead>
          <tr>
            <th scope="col" className="striphead">
              <span className="vh">徴収方法</span>
            </th>
            {MONTHS.map((month) => (
              <th key={month} scope="col">
                {month}月
              </th>
            ))}
            <th scope="col" className="stripsum">
              計
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((method) => {
            const own = year.instalments.filter((one) => one.method === method)
            return (
              <tr key={method}>
                <th scope="row">{method}</th>
                {MONTHS.map((month) => (
                  <Cell key={month} instalments={own.filter((one) => monthOf(one) === month)} />
                ))}
                <td className="tot">
                  <span className="a">{formatNumber(own.reduce((sum, { chargedYen }) => sum + chargedYen, 0))}</span>
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}

function Cell({ instalments }: { instalments: readonly Instalment[] }) {
  if (instalments.length === 0)
    return (
      <td className="none">
        <span className="vh">なし</span>
      </td>
    )
  const isLate = instalments.some(({ status }) => status === '未納' || status === '督促済')
  const isPaid = instalments.every(({ status }) => status === '納付')
  return (
    <td className={isLate ? 'unpaid' : isPaid ? 'paid' : ''}>
      {instalments.map(({ instalmentId, chargedYen, unpaidYen, status, dueOn, lastReceivedOn }) => {
        const due = partsOf(plainDateOf(dueOn))
        const paid = lastReceivedOn === null ? null : partsOf(plainDateOf(lastReceivedOn))
        return (
          <span key={instalmentId}>
            <span className="a">{formatNumber(chargedYen)}</span>
            <span className="m">
              {status === '納付' && paid ? (
                <>
                  <Icon name="check" />
                  {paid.month}/{paid.day} 納付
                </>
              ) : status === 'これから' ? (
                `${due.month}/${due.day}`
              ) : (
                <>
                  {isLate && <Icon name="alert" />}
                  {status}
                  {unpaidYen > 0 && unpaidYen !== chargedYen && ` ${formatNumber(unpaidYen)}`}
                </>
              )}
            </span>
          </span>
        )
      })}
    </td>
  )
}
