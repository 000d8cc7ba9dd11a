import { Link } from '@tanstack/react-router'
import type { Reply } from '#api/contract.ts'
import { warekiText } from '#web/lib/dates.ts'
import { Age } from '#web/ui/age.tsx'
import { Badge } from '#web/ui/badge.tsx'
import { Button } from '#web/ui/button.tsx'
import { Icon } from '#web/ui/icon.tsx'
import { Mask } from '#web/ui/mask.tsx'

export type Person = Reply<'GET /api/insured/:insuredId'>

/** A value that may be masked; the server sends none when it is. */
export function Guarded({ of }: { of: { readonly isMasked: boolean; readonly value: string | null } }) {
  return of.isMasked ? <Mask /> : (of.value ?? '—')
}

interface IdentityBandProps {
  readonly person: Person
  readonly seconds: number
  readonly onReload: () => void
}

/** だれか: name, numbers, birthday, address, 資格, at the top left. */
export function IdentityBand({ person, seconds, onReload }: IdentityBandProps) {
  const period = person.periods.at(-1)
  return (
    <div className="idband">
      <div>
        <nav className="crumb" aria-label="いまの場所">
          <Link to="/insured">被保険者</Link>
          <Icon name="right" />
          <span className="code">{person.insuredNo}</span>
        </nav>
        <h1>{person.name}</h1>
        <div className="sub">
          <Guarded of={person.kana} /> {person.sex}
        </div>
      </div>
      <div className="cols">
        <dl className="kv">
          <dt>生年月日</dt>
          <dd>{person.bornOn ? `${warekiText(person.bornOn)}(${person.bornOn.slice(0, 4)})` : '—'}</dd>
          <dt>被保険者番号</dt>
          <dd className="code">{person.insuredNo}</dd>
          <dt>宛名番号</dt>
          <dd className="code">{person.atenaNo}</dd>
        </dl>
        <dl className="kv">
          <dt>住所</dt>
          <dd>
            <Guarded of={person.address} />
          </dd>
          <dt>電話</dt>
          <dd>
            <Guarded of={person.phone} />
          </dd>
          <dt>世帯</dt>
          <dd>
            <Guarded of={person.household} />
          </dd>
        </dl>
        <dl className="kv">
          <dt>資格</dt>
          <dd>
            <Badge
              tone={person.status === '資格あり' ? 'done' : 'wait'}
              icon={person.status === '資格あり' ? 'checkc' : 'minus'}
            >
              {person.status}
            </Badge>{' '}
            {period && `取得 ${warekiText(period.acquiredOn)}`}
            {period?.lostOn && ` 喪失 ${warekiText(period.lostOn)}`}
          </dd>
          <dt>死亡</dt>
          <dd>{person.diedOn ? warekiText(person.diedOn) : 'なし'}</dd>
          <dt>転出</dt>
          <dd>{person.movedOutOn ? warekiText(person.movedOutOn) : 'なし'}</dd>
        </dl>
      </div>
      <div className="stack idend">
        <Age seconds={seconds} isOld={false} />
        <Button look="secondary" onClick={onReload}>
          照会し直す
        </Button>
      </div>
    </div>
  )
}
