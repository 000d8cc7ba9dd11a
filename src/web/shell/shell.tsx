import { useEffect, useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { Outlet, useLocation, useNavigate } from '@tanstack/react-router'
import { useLiveUpdates } from '../lib/live.ts'
import { onLoggedOut } from '../lib/request.ts'
import { meQuery } from '../lib/session.ts'
import { useShortcuts } from '../lib/shortcuts.ts'
import { ProblemNote } from '../ui/problem-note.tsx'
import { Problem } from '../lib/problem.ts'
import { AlarmBanner } from './alarm-banner.tsx'
import { Header } from './header.tsx'
import { KeyboardHelp } from './keyboard-help.tsx'
import { NewVersion } from './new-version.tsx'
import { useIdle } from './use-idle.ts'

/** 席を離れた時のロック, in minutes. */
const LOCK_AFTER = 10

/** The frame of every screen below the login: header, keys, live updates, lock. */
export function Shell() {
  const { data: me, error } = useQuery(meQuery)
  const [isHelpOpen, setHelpOpen] = useState(false)
  const navigate = useNavigate()
  const { href } = useLocation()
  const isNobody = error instanceof Problem && error.status === 401

  // the page that replaces everything ends the session: nothing of this frame is left to ask the server
  const lock = () => void navigate({ to: '/lock', search: { back: href } })
  useEffect(() => {
    // the frame stays on screen while the login page is being fetched: by then the address is already the login's
    if (href.startsWith('/login') || href.startsWith('/lock')) return
    const toLogin = () => void navigate({ to: '/login', search: { back: href } })
    if (isNobody) toLogin()
    return onLoggedOut(toLogin)
  }, [isNobody, navigate, href])
  useIdle(LOCK_AFTER * 60_000, lock)
  useLiveUpdates(me !== undefined)
  useShortcuts({ '?': () => setHelpOpen(true), 'Ctrl+Alt+L': lock })

  if (!me)
    return (
      <main className="main" id="main">
        {error && !isNobody ? (
          <ProblemNote error={error} />
        ) : (
          <p className="panel sub" role="status">
            利用者を確かめています
          </p>
        )}
      </main>
    )
  return (
    <>
      <a className="skip" href="#main">
        本文へ移る
      </a>
      <div className="app">
        <Header me={me} onLock={lock} onHelp={() => setHelpOpen(true)} />
        <AlarmBanner me={me} />
        <NewVersion />
        <Outlet />
      </div>
      {isHelpOpen && <KeyboardHelp onClose={() => setHelpOpen(false)} />}
    </>
  )
}
