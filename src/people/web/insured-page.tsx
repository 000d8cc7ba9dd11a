import { useState } from 'react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { formatWarekiFiscalYear } from '#rules/calendar/wareki.ts'
import { api } from '#web/lib/api.ts'
import { formatNumber } from '#web/lib/numbers.ts'
import { useDataAge } from '#web/ui/age.tsx'
import { Button } from '#web/ui/button.tsx'
import { Chip } from '#web/ui/chip.tsx'
import { Dialog } from '#web/ui/dialog.tsx'
import { TextField } from '#web/ui/field.tsx'
import { Note } from '#web/ui/note.tsx'
import { ProblemNote } from '#web/ui/problem-note.tsx'
import { warekiText } from '#web/lib/dates.ts'
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
        <Movements movements={data.movements} />
        <Notices person={data} />
        <Works person={data} />
      </div>
      {isOpening && (
        <Disclose
          insuredId={insuredId}
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

type Person = Awaited<ReturnType<typeof disclose>>
const disclose = (insuredId: string, reason: string) =>
  api('POST /api/insured/:insuredId/disclose', { params: { insuredId }, body: { reason } })

/** 理由を書いて開く: needs a right and a reason, and is an event of its own. */
function Disclose({
  insuredId,
  onDone,
  onClose,
}: {
  insuredId: string
  onDone: (person: Person) => void
  onClose: () => void
}) {
  const [reason, setReason] = useState('')
  const open = useMutation({ mutationFn: () => disclose(insuredId, reason.trim()), onSuccess: onDone })
  const blocked = reason.trim().length < 5 ? '理由を5字以上入れてください' : open.isPending && '開いています'
  return (
    <Dialog title="伏せた項目を開く" onClose={onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          if (blocked === false) open.mutate()
        }}
      >
        <TextField
          label="開く理由"
          isRequired
          value={reason}
          onChange={setReason}
          maxLength={200}
          hint="だれが、いつ、なぜ開いたかが記録に残ります。"
        />
        {open.error && <ProblemNote error={open.error} />}
        <div className="foot">
          <Button look="secondary" onClick={onClose}>
            やめる
          </Button>
          <Button type="submit" look="primary" blocked={blocked}>
            開く
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
