import { useState } from 'react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import type { Reply } from '#api/contract.ts'
import { api } from '#web/lib/api.ts'
import { shortMoment, warekiText } from '#web/lib/dates.ts'
import { mayCall, useMe } from '#web/lib/session.ts'
import { Age, useDataAge } from '#web/ui/age.tsx'
import { Badge } from '#web/ui/badge.tsx'
import { Button } from '#web/ui/button.tsx'
import { Note } from '#web/ui/note.tsx'
import { ProblemNote } from '#web/ui/problem-note.tsx'
import { TaskHead } from '#web/ui/taskhead.tsx'
import { DecideSpelling, EndSpelling } from './spelling-forms.tsx'

export type SpellingPage = Reply<'GET /api/insured/:insuredId/spellings'>
export type SpellingText = SpellingPage['texts'][number]
export type Spelling = SpellingPage['decisions'][number]

/** 代替表記: the texts of one person that cannot be printed, what is printed instead, and who decided it. */
export function SpellingsPage() {
  const { insuredId } = useParams({ from: '/shell/insured/$insuredId/spellings' })
  const me = useMe()
  const client = useQueryClient()
  const key = ['insured', 'spellings', insuredId] as const
  const page = useQuery({
    queryKey: key,
    queryFn: () => api('GET /api/insured/:insuredId/spellings', { params: { insuredId } }),
    // every reading is an event of the journal: no reading on its own
    staleTime: Number.POSITIVE_INFINITY,
  })
  const age = useDataAge(page.dataUpdatedAt)
  const [chosen, choose] = useState<SpellingText | null>(null)
  const [ending, end] = useState<Spelling | null>(null)
  const { data } = page
  if (!data)
    return (
      <main className="main" id="main">
        {page.error ? (
          <ProblemNote error={page.error} />
        ) : (
          <p className="panel sub" role="status">
            代替表記を読んでいます
          </p>
        )}
      </main>
    )
  const mayDecide = mayCall(me, 'POST /api/insured/:insuredId/spellings')
  const done = (next: SpellingPage) => {
    client.setQueryData(key, next)
    choose(null)
    end(null)
  }
  return (
    <main className="main lay-page" id="main">
      <TaskHead
        crumbs={[{ text: '被保険者', to: '/insured' }, { text: '代替表記' }]}
        title={data.name}
        meta={
          <dl className="meta">
            <div>
              <dt>被保険者番号</dt>
              <dd className="code">{data.insuredNo}</dd>
            </div>
          </dl>
        }
        end={
          <>
            <Age {...age} />
            <Link className="btn sec" to="/insured/$insuredId" params={{ insuredId }}>
              被保険者照会へ
            </Link>
          </>
        }
      />
      <div className="body stack" tabIndex={0} role="region" aria-label="代替表記">
        {data.isProtected && (
          <Note kind="guard">
            <b>支援措置の対象者です。</b>
            氏名だけを扱います。送付先の字は、送付先を印字できる字で登録し直してください。
          </Note>
        )}
        <h2>印字できない文字</h2>
        {data.texts.length === 0 ? (
          <p className="empty">この人の氏名と住所は、すべてそのまま印字できます。</p>
        ) : (
          <Texts texts={data.texts} onChoose={mayDecide ? choose : null} />
        )}
        <h2>決めた表記</h2>
        {data.decisions.length === 0 ? (
          <p className="sub">まだありません。</p>
        ) : (
          <Decisions decisions={data.decisions} onEnd={mayDecide ? end : null} />
        )}
      </div>
      {chosen && (
        <DecideSpelling
          insuredId={insuredId}
          text={chosen}
          today={data.today}
          onDone={done}
          onClose={() => choose(null)}
        />
      )}
      {ending && (
        <EndSpelling
          insuredId={insuredId}
          spelling={ending}
          today={data.today}
          onDone={done}
          onClose={() => end(null)}
        />
      )}
    </main>
  )
}

function Texts({
  texts,
  onChoose,
}: {
  texts: readonly SpellingText[]
  onChoose: ((text: SpellingText) => void) | null
}) {
  return (
    <table className="grid" aria-label="印字できない文字">
      <thead>
        <tr>
          <th scope="col">項目</th>
          <th scope="col">登録されている字</th>
          <th scope="col">字形のない文字</th>
          <th scope="col">印字</th>
          <th scope="col">操作</th>
        </tr>
      </thead>
      <tbody>
        {texts.map((text) => (
          <tr key={`${text.field}-${text.original}`}>
            <td className="nw">
              {text.field} <span className="sub">{text.source}</span>
            </td>
            <td className="b">{text.original}</td>
            <td className="code">
              {text.missing.map(({ char, code }) => (
                <span key={code} className="nw">
                  {char} <span className="sub">{code}</span>{' '}
                </span>
              ))}
            </td>
            <td>
              {text.printed === null ? (
                <Badge tone="warn" icon="alert">
                  発行不能
                </Badge>
              ) : (
                <>
                  {text.printed} <span className="sub">{text.by}</span>
                </>
              )}
            </td>
            <td>
              {onChoose && text.by !== '代替表記' && (
                <Button look="secondary" onClick={() => onChoose(text)}>
                  表記を決める…
                </Button>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Decisions({
  decisions,
  onEnd,
}: {
  decisions: readonly Spelling[]
  onEnd: ((spelling: Spelling) => void) | null
}) {
  return (
    <table className="grid" aria-label="決めた表記">
      <thead>
        <tr>
          <th scope="col">項目</th>
          <th scope="col">登録の字 → 印字</th>
          <th scope="col">期間</th>
          <th scope="col">わけ</th>
          <th scope="col">決めた人</th>
          <th scope="col">操作</th>
        </tr>
      </thead>
      <tbody>
        {decisions.map((one) => (
          <tr key={one.spellingId} className={one.isInForce ? '' : 'off'}>
            <td>{one.field}</td>
            <td>
              {one.original} → <b>{one.substitute}</b>
            </td>
            <td className="nw">
              {warekiText(one.validFrom)}から{one.validTo && `${warekiText(one.validTo)}まで`}
              {!one.isInForce && <span className="sub"> いまは使わない</span>}
            </td>
            <td>
              {one.reason}
              {one.endedReason && <div className="sub">終えたわけ: {one.endedReason}</div>}
            </td>
            <td className="nw">
              {one.decidedBy} <span className="sub">{shortMoment(one.decidedAt)}</span>
              {one.endedBy && one.endedAt && (
                <div className="sub">
                  終えた人 {one.endedBy} {shortMoment(one.endedAt)}
                </div>
              )}
            </td>
            <td>
              {onEnd && one.endedAt === null && (
                <Button look="secondary" onClick={() => onEnd(one)}>
                  終える…
                </Button>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
