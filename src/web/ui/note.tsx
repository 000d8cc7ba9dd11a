import type { ReactNode, Ref } from 'react'
import { Icon, type IconName } from './icon.tsx'

type Kind = 'info' | 'warn' | 'late' | 'guard' | 'done'
const ICON: Record<Kind, IconName> = { info: 'info', warn: 'alert', late: 'stop', guard: 'shield', done: 'checkc' }

interface NoteProps {
  readonly kind: Kind
  readonly children: ReactNode
  /** 次にすること */
  readonly next?: ReactNode
  readonly code?: string | undefined
  readonly action?: ReactNode
  readonly isAlert?: boolean
  readonly className?: string
  readonly ref?: Ref<HTMLDivElement>
}

/** What happened to which record, then 次にすること, then the code. */
export function Note({ kind, children, next, code, action, isAlert = false, className = '', ref }: NoteProps) {
  return (
    <div
      ref={ref}
      className={`note ${kind === 'info' ? '' : kind} ${className}`}
      role={isAlert ? 'alert' : undefined}
      tabIndex={isAlert ? -1 : undefined}
    >
      <Icon name={ICON[kind]} />
      <div>{children}</div>
      {action ?? <span />}
      {(next || code) && (
        <div className="next">
          {next && <b>次にすること</b>}
          {next} {code && <span className="sub code">{code}</span>}
        </div>
      )}
    </div>
  )
}
