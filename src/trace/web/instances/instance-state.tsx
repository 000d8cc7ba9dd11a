import { Badge } from '#web/ui/badge.tsx'
import { INSTANCE_STATES, type Instance } from './instance-query.ts'

const LOOK = {
  running: ['now', 'now'],
  stopped: ['late', 'stop'],
  completed: ['done', 'checkc'],
  terminated: ['wait', 'x'],
} as const

/** 状態の札: an instance that has ended says how. */
export function InstanceState({ instance: { state, outcome } }: { instance: Pick<Instance, 'state' | 'outcome'> }) {
  const [tone, icon] = LOOK[state]
  return (
    <Badge tone={tone} icon={icon} isBare={state === 'completed'}>
      {outcome ?? INSTANCE_STATES[state]}
    </Badge>
  )
}
