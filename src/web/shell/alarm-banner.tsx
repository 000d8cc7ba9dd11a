import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { mayCall, statusQuery, type Me } from '../lib/session.ts'
import { Icon } from '../ui/icon.tsx'

/** 警報 on every screen, one line: the first of them, 次にすること, and how many more there are. */
export function AlarmBanner({ me }: { me: Me }) {
  const { data: status } = useQuery(statusQuery)
  const [first, ...more] = status?.alarms ?? []
  if (first === undefined) return null
  return (
    <div className={first.kind === 'disk-low' ? 'alarm-banner warn' : 'alarm-banner'} role="status">
      <Icon name="alert" />
      <span>
        <b>{first.detail}</b> 次にすること: {first.next}
        {more.length > 0 && ` ほか${more.length}件。`}
      </span>
      {mayCall(me, 'GET /api/operations') && <Link to="/operations">稼働状況</Link>}
    </div>
  )
}
