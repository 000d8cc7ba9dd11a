import type { ReactNode } from 'react'
import { Link } from '@tanstack/react-router'
import { Icon } from './icon.tsx'

interface HeadProps {
  readonly crumbs?: readonly { readonly text: string; readonly to?: string }[]
  readonly title: ReactNode
  readonly meta?: ReactNode
  readonly end?: ReactNode
}

/** The head of every screen: where am I (top left), until when and whose, how old is it (top right). */
export function TaskHead({ crumbs = [], title, meta, end }: HeadProps) {
  return (
    <div className="taskhead">
      <div>
        {crumbs.length > 0 && (
          <nav className="crumb" aria-label="いまの場所">
            {crumbs.map(({ text, to }, index) => (
              <span key={text} className="row">
                {index > 0 && <Icon name="right" />}
                {to ? <Link to={to}>{text}</Link> : text}
              </span>
            ))}
          </nav>
        )}
        <h1 id="page-title">{title}</h1>
      </div>
      {meta}
      {end && <span className="end row">{end}</span>}
    </div>
  )
}
