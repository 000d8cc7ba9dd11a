import { Icon, type IconName } from './icon.tsx'

export type Tone = 'plain' | 'done' | 'now' | 'warn' | 'late' | 'guard' | 'wait'

/** 状態の札: icon, word and colour, always all three. `isBare` for the usual state, so that only what matters has a box. */
export function Badge({
  tone,
  icon,
  children,
  isBare = false,
}: {
  tone: Tone
  icon: IconName
  children: string
  isBare?: boolean
}) {
  return (
    <span className={`st-badge ${tone} ${isBare ? 'bare' : ''}`}>
      <Icon name={icon} />
      {children}
    </span>
  )
}
