import { useState } from 'react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { formatWarekiFiscalYear } from '#rules/calendar/wareki.ts'
import { api } from '#web/lib/api.ts'
import { formatNumber } from '#web/lib/numbers.ts'
import { useDataAge } from '#web/ui/age.tsx'
import { Button } from '#web/ui/button.tsx'
import { Chip } from '#web/ui/chip.tsx'
import { Note } from '#web/ui/note.tsx'
import { ProblemNote } from '#web/ui/problem-note.tsx'
import { warekiText } from '#web/lib/dates.ts'
import { DiscloseDialog } from './disclose-dialog.tsx'
import { IdentityBand } from './identity-band.tsx'
import { Movements, Notices, Works } from './insured-panels.tsx'
import { YearStrip } from './year-strip.tsx'

/** 被保険者照会: one person, 期割 and balances, movements, notices; under 抑止 masked by the server. */
export function InsuredPage() {
  const { insuredId } = useParams({ from: '/shell/insured/$insuredId' })
  const client = useQueryClient()
  const key = ['insured', 'one', insuredId] as const
  const person = useQuery({
    queryKey: key,
    queryFn: () => api('GET /api/insured/:insuredId', { params: { insuredId } }),
    // every reading is an event of the journal: no reading on its own
    staleTime: Number.POSITIVE_INFINITY,
  })
  const age = useDataAge(person.dataUpdatedAt)
  const [year, setYear] = useState<number | null>(null)
  const [isOpening, setOpening] = useState(false)
  const data = person.data
  if (!data)
    return (
      <main className="main" id="main">
        {person.error ? (
          <ProblemNote error={person.error} />
        ) : (
          <p className="panel sub" role="status">
            照会しています
          </p>
        )}
      </main>
    )
  const shown = data.years.find(({ fukaYear }) => fukaYear === year) ?? data.years[0]
  return (
    <main className="main lay-insured" id="main">
      <IdentityBand person={data} seconds={age.seconds} onReload={() => void person.refetch()} />
      <div>
        {data.protection && (
          <Note
            kind="guard"
            action={
              data.canDisclose ? (
                <Button look="secondary" icon="eye" onClick={() => setOpening(true)}>
                  理由を書いて開く…
                </Button>
              ) : undefined
            }
          >
            <b>
              DV等支援措置の対象者です({data.protection.measure}
              支援{data.protection.expiresOn && ` ${warekiText(data.protection.expiresOn)}まで`}
              {data.protection.isExpired && ' 期間満了・未解除'})。
            </b>
            住所・電話・世帯・送付先は伏せています。{!data.canDisclose && '問合せは係長へ替わってください。'}
          </Note>
        )}
      </div>
      <div className="yearbox">
        {shown ? (
          <>
            <div className="row wrap">
              <h2>{formatWarekiFiscalYear(shown.fukaYear)}</h2>
              <span>
                年額 <b className="num">{formatNumber(shown.chargedYen)}</b>円
              </span>
              <span>
                納付済 <b className="num">{formatNumber(shown.receivedYen)}</b>円
              </span>
              <span className={shown.overdueYen > 0 ? 'minus' : ''}>
                未納(納期限を過ぎた分) <b className="num">{formatNumber(shown.overdueYen)}</b>円
              </span>
              <span className="end row">
                {data.years.map(({ fukaYear }) => (
                  <Chip key={fukaYear} isOn={fukaYear === shown.fukaYear} onPress={() => setYear(fukaYear)}>
                    {formatWarekiFiscalYear(fukaYear)}
                  </Chip>
                ))}
              </span>
            </div>
            <YearStrip year={shown} />
          </>
        ) : (
          <p className="empty">期割はまだありません。</p>
        )}
      </div>
      <div className="six">
        <Movements key={`movements ${person.dataUpdatedAt}`} person={data} />
        <Notices person={data} />
        <Works key={`works ${person.dataUpdatedAt}`} person={data} />
      </div>
      {isOpening && (
        <DiscloseDialog
          disclose={(reason) =>
            api('POST /api/insured/:insuredId/disclose', { params: { insuredId }, body: { reason } })
          }
          onDone={(opened) => {
            client.setQueryData(key, opened)
            setOpening(false)
          }}
          onClose={() => setOpening(false)}
        />
      )}
    </main>
  )
}
