import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { parsePlainDate } from '#kernel/plain-date.ts'
import { formatWarekiShort } from '#rules/calendar/wareki.ts'
import { lookOf } from '#tasklist/web/task/kinds/index.ts'
import { isNoPaperCode, noPaperWord } from '#tasklist/web/task/kinds/no-paper.ts'
import { addressOf, api } from '#web/lib/api.ts'
import { inJapan, monthDay, shortMoment, warekiText } from '#web/lib/dates.ts'
import { formatNumber } from '#web/lib/numbers.ts'
import { yearAndPeriod } from '#web/lib/periods.ts'
import { mayCall, useMe } from '#web/lib/session.ts'
import { Button } from '#web/ui/button.tsx'
import { useLines } from '#web/ui/lines.tsx'
import { Mask } from '#web/ui/mask.tsx'
import { Timeline } from '#web/ui/timeline.tsx'
import { Guarded, type Person } from './identity-band.tsx'
import { RecordDialog } from './returns/return-dialogs.tsx'
import { returnsOfPersonQuery } from './returns/returns-query.ts'
import { ReturnState, shortDay } from './returns/return-words.tsx'

const COMPONENT = { P: '', E: '延滞金', T: '督促手数料', K: '還付加算金' } as const
const short = (day: string): string => {
  const date = parsePlainDate(day)
  return date ? formatWarekiShort(date) : day
}
const signed = (yen: number): string => (yen > 0 ? `+${formatNumber(yen)}` : formatNumber(yen))

/** お金の動き: the ledger of the person, newest first; nothing here can be changed. */
export function Movements({ person: { insuredId, movements, movementTotal } }: { person: Person }) {
  const { lines, foot } = useLines({
    name: 'お金の動き',
    key: ['insured', 'lines', insuredId, 'movements', `${movementTotal}`],
    first: movements,
    total: movementTotal,
    read: (query) => api('GET /api/insured/:insuredId/movements', { params: { insuredId }, query }),
  })
  return (
    <section aria-label="お金の動き" tabIndex={0}>
      <h2>
        お金の動き <span className="sub">台帳(書き換えはできません)</span>
      </h2>
      <table className="grid" aria-label="お金の動き">
        <thead>
          <tr>
            <th scope="col">日</th>
            <th scope="col">期別</th>
            <th scope="col">動き</th>
            <th scope="col" className="n">
              金額
            </th>
            <th scope="col">もと</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((one, index) => (
            <tr key={`${one.postingNumber}-${index}`}>
              <td className="code">{short(one.receivedOn ?? one.bookedOn)}</td>
              <td className="nw">
                {one.fukaYear !== null && one.period !== null ? yearAndPeriod(one.fukaYear, one.period) : '—'}
              </td>
              <td>
                {one.kind} {COMPONENT[one.component]}
              </td>
              <td className="n b">{signed(one.yen)}</td>
              <td className="sub el" title={one.cause}>
                {one.cause}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {movements.length === 0 && <p className="in sub">動きはまだありません。</p>}
      {foot && <div className="in">{foot}</div>}
    </section>
  )
}

const NOTICE_STATE: Readonly<Record<string, string>> = {
  made: '作った',
  released: '発送を認めた',
  dispatched: '発送した',
  pulled: '引き抜いた',
  lapsed: '失効した',
  cancelled: '取り消した',
}

/** 通知と連絡: letters with their paper, what came back, 送付先 and 猶予. */
export function Notices({ person }: { person: Person }) {
  const me = useMe()
  const returns = useQuery({
    ...returnsOfPersonQuery(person.insuredId),
    enabled: person.notices.some(({ state }) => state === 'dispatched') && mayCall(me, 'GET /api/returns'),
  })
  const [returning, setReturning] = useState<Person['notices'][number] | null>(null)
  const mayRecord = mayCall(me, 'POST /api/notices/:noticeId/return')
  return (
    <section aria-label="通知と送付先" tabIndex={0}>
      <h2>通知と送付先 {person.isProtected && <span className="sub">住所は伏せています</span>}</h2>
      <div className="in">
        <Timeline
          items={person.notices.map((notice) => {
            const date = parsePlainDate(notice.issueOn)
            return {
              key: notice.noticeId,
              time: date ? (monthDay(date).split('(')[0] ?? '') : '',
              icon: notice.state === 'pulled' || notice.state === 'cancelled' ? ('minus' as const) : ('mail' as const),
              ...(notice.state === 'dispatched' ? { tone: 'done' as const } : {}),
              text: (
                <>
                  <a
                    href={addressOf('GET /api/documents/:documentId', { documentId: notice.documentId })}
                    target="_blank"
                    rel="noreferrer"
                  >
                    {notice.kind}
                  </a>{' '}
                  {yearAndPeriod(notice.fukaYear, notice.period)} {formatNumber(notice.slipYen)}円{' '}
                  {NOTICE_STATE[notice.state] ?? notice.state}
                  {notice.pullReason && `(${notice.pullReason})`} {notice.noticeNo && `発行番号 ${notice.noticeNo} `}
                  {notice.printFile &&
                    `印刷ファイル ${String(notice.printFile.number).padStart(2, '0')} の${formatNumber(notice.printFile.position)}通目 `}
                  指定期限 {short(notice.designatedOn)}{' '}
                  {notice.state === 'dispatched' && mayRecord && (
                    <Button look="plain" onClick={() => setReturning(notice)}>
                      返戻を登録…
                    </Button>
                  )}
                </>
              ),
              who: (
                <Link to="/runs/$runId" params={{ runId: notice.runId }}>
                  {notice.runNumber}
                </Link>
              ),
            }
          })}
        />
        {person.notices.length === 0 && <p className="sub">通知はまだありません。</p>}
        {returns.data && returns.data.items.length > 0 && <h3>返戻・居所調査</h3>}
        {returns.data?.items.map(({ returnId, state, paper, fukaYear, period, lineCount, returnedOn, reasonLabel }) => (
          <p key={returnId}>
            <ReturnState state={state} />{' '}
            <Link to="/returns/$returnId" params={{ returnId }}>
              {paper} {yearAndPeriod(fukaYear, period, lineCount)}
            </Link>{' '}
            {returnedOn.isMasked ? <Mask /> : `${shortDay(returnedOn.value)} ${reasonLabel.value ?? ''}`}
          </p>
        ))}
        {returning && (
          <RecordDialog
            noticeId={returning.noticeId}
            letter={`${returning.kind} ${yearAndPeriod(returning.fukaYear, returning.period)} ${formatNumber(returning.slipYen)}円`}
            onClose={() => setReturning(null)}
          />
        )}
        <p>
          <Link to="/insured/$insuredId/spellings" params={{ insuredId: person.insuredId }}>
            代替表記(印字できない文字)
          </Link>
        </p>
        <h3>送付先</h3>
        {person.deliveries.map((one) => (
          <dl key={`${one.kind}-${one.startsOn}`} className="kv">
            <dt>{one.kind}</dt>
            <dd>
              <Guarded of={one.name} /> <Guarded of={one.address} />
              <span className="sub">
                {' '}
                {short(one.startsOn)}から{one.endsOn && `${short(one.endsOn)}まで`}
              </span>
            </dd>
          </dl>
        ))}
        {person.deliveries.length === 0 && <p className="sub">登録はありません(住所へ送ります)。</p>}
        {person.deferrals.length > 0 && <h3>徴収猶予</h3>}
        {person.deferrals.map((one) => (
          <p key={`${one.fukaYear}-${one.period}-${one.startsOn}`}>
            {yearAndPeriod(one.fukaYear, one.period)} {short(one.startsOn)}から{short(one.endsOn)}まで
          </p>
        ))}
      </div>
    </section>
  )
}

/** 一覧での判定: why the person got a 督促状 or did not, of each run. */
function Judgements({ person: { insuredId, judgements, judgementTotal } }: { person: Person }) {
  const { lines, foot } = useLines({
    name: '一覧での判定',
    key: [insuredId, 'judgements', `${judgementTotal}`],
    first: judgements,
    total: judgementTotal,
    read: (query) => api('GET /api/insured/:insuredId/judgements', { params: { insuredId }, query }),
  })
  return (
    <>
      <h3>一覧での判定</h3>
      {lines.map((one, index) => {
        const word =
          one.kind === 'notice-check' && isNoPaperCode(one.reasonCode)
            ? noPaperWord(one.reasonCode).word
            : (lookOf(one.kind, {}).verdicts[one.verdict]?.word ?? one.verdict)
        return (
          <div key={`${one.runId}-${one.kind}-${index}`}>
            <b>{word}</b> {one.reason} {yearAndPeriod(one.fukaYear, one.period)}
            <div className="sub">
              {one.runNumber}{' '}
              {one.taskId === null ? null : (
                <Link to="/tasks/$taskId" params={{ taskId: one.taskId }}>
                  {one.step} {one.name}
                </Link>
              )}{' '}
              {one.by === null ? '' : `${one.by} ${one.at ? shortMoment(one.at) : ''}`}{' '}
              {one.followUpOn && `再開日 ${short(one.followUpOn)}`}
            </div>
          </div>
        )
      })}
      {judgements.length === 0 && <p className="sub">この人が載った一覧はまだありません。</p>}
      {foot}
    </>
  )
}

/** 作業と閲覧: open tasks, 判定, 資格 and who looked at this person. */
export function Works({ person }: { person: Person }) {
  return (
    <section aria-label="作業と閲覧" tabIndex={0}>
      <h2>作業と閲覧</h2>
      <div className="in stack">
        {person.tasks.map(({ taskId, step, name, runNumber, dueOn }) => (
          <div key={taskId}>
            <Link to="/tasks/$taskId" params={{ taskId }}>
              {step} {name}
            </Link>
            <div className="sub">
              {runNumber} {dueOn && `期限 ${short(dueOn)}`}
            </div>
          </div>
        ))}
        {person.tasks.length === 0 && <p className="sub">この人の開いている作業はありません。</p>}
        <Judgements person={person} />
        <h3>資格</h3>
        {person.periods.map((one) => (
          <p key={one.acquiredOn}>
            {warekiText(one.acquiredOn)} 取得({one.acquiredReason})
            {one.lostOn && `、${warekiText(one.lostOn)} 喪失(${one.lostReason ?? ''})`}
          </p>
        ))}
        <Readers person={person} />
      </div>
    </section>
  )
}

function Readers({ person: { insuredId, readers, readerTotal } }: { person: Person }) {
  const newest = readers[0]
  const { lines, foot } = useLines({
    name: 'この人を見た人',
    key: ['insured', 'lines', insuredId, 'readers', newest?.eventId ?? ''],
    first: readers,
    total: readerTotal,
    read: (page) =>
      api('GET /api/insured/:insuredId/readers', {
        params: { insuredId },
        query: newest ? { ...page, upTo: newest.eventId } : page,
      }),
  })
  return (
    <>
      <h3>この人を見た人(90日)</h3>
      <Timeline
        items={lines.map((reader) => {
          const { day, time } = inJapan(reader.at)
          return {
            key: reader.eventId,
            time: monthDay(day).split('(')[0] ?? '',
            icon: reader.isRefused ? ('xc' as const) : ('eye' as const),
            ...(reader.isRefused ? { tone: 'late' as const } : {}),
            text: `${reader.actor} ${reader.times > 1 ? `${inJapan(reader.firstAt).time}–` : ''}${time} ${reader.text}${reader.times > 1 ? `(${formatNumber(reader.times)}回)` : ''} ${reader.runNumber ?? ''}`,
          }
        })}
      />
      {foot}
    </>
  )
}
