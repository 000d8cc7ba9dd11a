import { useQuery } from '@tanstack/react-query'
import { statusQuery } from '../lib/session.ts'
import { Icon } from '../ui/icon.tsx'
import { Reload } from './reload.tsx'

/** What this page began with; the server tells what pages begin with now. */
const ownScript = (): string | null => document.querySelector('script[type="module"]')?.getAttribute('src') ?? null

/** A page that was opened before an upgrade says so, and leaves the moment to the person: something may be half typed. */
export function NewVersion() {
  const { data: status } = useQuery(statusQuery)
  const own = ownScript()
  if (!status || status.pages === null || own === null || status.pages === own) return null
  return (
    <div className="alarm-banner warn" role="status">
      <Icon name="info" />
      <span>
        <b>新しい版になりました。</b> 次にすること:
        入れかけの理由やメモを登録してから、再読み込みしてください。下書きは残ります。
      </span>
      <Reload />
    </div>
  )
}
