import { useState } from 'react'
import { parsePlainDate, type PlainDate } from '#kernel/plain-date.ts'
import { Button } from '../../ui/button.tsx'
import { DateField } from '../../ui/date-field.tsx'
import { TextField } from '../../ui/field.tsx'
import { CATEGORIES, type AuditSearch } from './audit-query.ts'

interface AuditFilterProps {
  readonly search: AuditSearch
  readonly onSearch: (search: AuditSearch, subject: string) => void
}

/** 記録を探す: who, what kind, which days in the address; about whom by POST. */
export function AuditFilter({ search, onSearch }: AuditFilterProps) {
  const [from, setFrom] = useState<PlainDate | null>(() => parsePlainDate(search.from ?? ''))
  const [to, setTo] = useState<PlainDate | null>(() => parsePlainDate(search.to ?? ''))
  const [actor, setActor] = useState(search.actor ?? '')
  const [subject, setSubject] = useState('')
  const [kinds, setKinds] = useState<readonly string[]>(search.category?.split(',') ?? [])
  const go = () =>
    onSearch(
      {
        ...(from ? { from } : {}),
        ...(to ? { to } : {}),
        ...(actor.trim() === '' ? {} : { actor: actor.trim() }),
        ...(kinds.length === 0 ? {} : { category: kinds.join(',') }),
      },
      subject.trim(),
    )
  return (
    <form
      className="rail auditfilter"
      aria-label="記録を探す"
      onSubmit={(event) => {
        event.preventDefault()
        go()
      }}
    >
      <h2>記録を探す</h2>
      <div className="stack">
        <DateField label="期間の始め" value={from} onChange={setFrom} />
        <DateField label="期間の終わり" value={to} onChange={setTo} />
        <TextField label="だれが(利用者ID)" value={actor} onChange={setActor} maxLength={60} />
        <TextField
          label="だれの・なにの"
          value={subject}
          onChange={setSubject}
          maxLength={60}
          hint="被保険者番号・処理番号・通知書番号"
        />
        <fieldset className="fld">
          <legend>種類</legend>
          <div className="kinds">
            {Object.entries(CATEGORIES).map(([kind, label]) => (
              <label key={kind}>
                <input
                  type="checkbox"
                  checked={kinds.includes(kind)}
                  onChange={(event) =>
                    setKinds(event.target.checked ? [...kinds, kind] : kinds.filter((one) => one !== kind))
                  }
                />
                {label}
              </label>
            ))}
          </div>
        </fieldset>
        <div className="row">
          <Button type="submit" look="primary" className="grow">
            探す
          </Button>
          <Button
            look="secondary"
            onClick={() => {
              setFrom(null)
              setTo(null)
              setActor('')
              setSubject('')
              setKinds([])
              onSearch({}, '')
            }}
          >
            消す
          </Button>
        </div>
      </div>
    </form>
  )
}
