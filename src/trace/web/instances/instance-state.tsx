import { Badge } from '#web/ui/badge.tsx'
import { INSTANCE_STATES, type Instance } from './instance-query.ts'

const LOOK = {
  running: ['now', 'now'],
  stopped: ['late', 'stop'],
  completed: ['done', 'checkc'],
  terminated: ['wait', 'x'],
} as const

export function InstanceState({ state }: { state: Instance['state'] }) {
  const [tone, icon] = LOOK[state]
  return (
    <Badge tone={tone} icon={icon} isBare={state === 'completed'}>
      {INSTANCE_STATES[state]}
    </Badge>
  )
}
