import { Navigate } from '@tanstack/react-router'
import { mayCall, useMe } from '../lib/session.ts'
import { MENU } from './menu.ts'

/** Everybody begins at the first screen they may see. */
export function Home() {
  const me = useMe()
  return <Navigate to={MENU.find(({ needs }) => mayCall(me, needs))?.to ?? '/instances'} replace />
}
