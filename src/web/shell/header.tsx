import { useRef, useState } from 'react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { plainDateOf } from '#kernel/plain-date.ts'
import { formatWarekiShort } from '#rules/calendar/wareki.ts'
import { weekdayName } from '#rules/calendar/weekday.ts'
import { searchTextKey } from '../lib/search-text.ts'
import { mayCall, statusQuery, unreadQuery, type Me } from '../lib/session.ts'
import { isComposing, useShortcuts } from '../lib/shortcuts.ts'
import { Icon } from '../ui/icon.tsx'
import { MENU } from './menu.ts'
import { AdvanceDay } from './advance-day.tsx'

interface HeaderProps {
  readonly me: Me
  readonly onLock: () => void
  readonly onHelp: () => void
}

export function Header({ me, onLock, onHelp }: HeaderProps) {
  const { data: status } = useQuery(statusQuery)
  const [isAdvancing, setAdvancing] = useState(false)
  const today = status && plainDateOf(status.today)
  const roles = me.roles.map(({ label }) => label).join('・')
  return (
    <header className="header">
      <Link className="brand" to="/">
        {status && status.municipality !== '' && <span>{status.municipality}</span>}
        <small>後期高齢者医療</small>
      </Link>
      {status?.isSample && today && (
        <span className="specimen">
          見本の日付 {formatWarekiShort(today)}({weekdayName(today)})
          {mayCall(me, 'POST /api/clock') && (
            <button type="button" onClick={() => setAdvancing(true)}>
              日を進める
            </button>
          )}
        </span>
      )}
      <nav className="nav" aria-label="メニュー">
        {MENU.filter(({ needs }) => mayCall(me, needs)).map(({ to, text }) => (
          <Link key={to} to={to} activeProps={{ 'aria-current': 'page' }}>
            {text}
          </Link>
        ))}
      </nav>
      {mayCall(me, 'POST /api/insured/search') ? <PersonSearch /> : <span className="end" />}
      <Bell />
      <span className="hbtn who" title={`${me.name}(${roles})`}>
        <Icon name="user" />
        <span>
          <b>{me.name}</b> <span>{roles}</span>
        </span>
      </span>
      <button type="button" className="hbtn" aria-label="キー操作" title="キー操作 (?)" onClick={onHelp}>
        <kbd aria-hidden="true">?</kbd>
      </button>
      <button
        type="button"
        className="hbtn"
        aria-label="画面をロックする"
        title="画面をロックする (Ctrl+Alt+L)"
        onClick={onLock}
      >
        <Icon name="lock" />
      </button>
      {isAdvancing && today && <AdvanceDay today={today} onClose={() => setAdvancing(false)} />}
    </header>
  )
}

/** お知らせ: how many are new; live, and the same on every machine. */
function Bell() {
  const { data } = useQuery(unreadQuery)
  const unread = data?.unread ?? 0
  return (
    <Link
      className="hbtn"
      to="/notifications"
      aria-label={unread === 0 ? 'お知らせ' : `お知らせ 新しい${unread > 99 ? '99+' : unread}件`}
    >
      <Icon name="bell" />
      {unread > 0 && (
        <span className="cnt" aria-hidden="true">
          {unread > 99 ? '99+' : unread}
        </span>
      )}
    </Link>
  )
}

/** 番号・カナで探す: what is typed is personal, so it goes by POST and stays in memory, never in the address. */
function PersonSearch() {
  const input = useRef<HTMLInputElement>(null)
  const client = useQueryClient()
  const navigate = useNavigate()
  useShortcuts({ '/': () => input.current?.focus() })
  const search = () => {
    client.setQueryData(searchTextKey, input.current?.value.trim() ?? '')
    if (input.current) input.current.value = '' // it stands on the search page; not on every screen after it
    void navigate({ to: '/insured' })
  }
  return (
    <form className="gsearch" role="search" onSubmit={(event) => event.preventDefault()}>
      <label htmlFor="q">番号・カナで探す</label>
      <input
        ref={input}
        id="q"
        title="被保険者番号・氏名カナ・氏名・宛名番号・生年月日"
        autoComplete="off"
        onKeyDown={(event) => event.key === 'Enter' && !isComposing(event) && search()}
      />
      <kbd aria-hidden="true">/</kbd>
    </form>
  )
}
