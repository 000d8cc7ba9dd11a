import type { ReactNode } from 'react'
import { Button } from './button.tsx'
import { Icon } from './icon.tsx'
import { ProblemNote } from './problem-note.tsx'

interface PaperPageProps {
  readonly title: string
  /** What the paper will be: 「A4 横 999件」. */
  readonly size?: ReactNode
  /** That it is recorded. */
  readonly recorded: string
  /** The way back. */
  readonly back: ReactNode
  /** What is still being read, or false. */
  readonly blocked: string | false
  readonly error: unknown
  /** The paper. */
  readonly children: ReactNode
}

/** A paper as it will be printed, with the browser's own printing; the tools above it are not on the paper. */
export function PaperPage({ title, size, recorded, back, blocked, error, children }: PaperPageProps) {
  return (
    <main className="main printpage" id="main">
      <header className="printtools">
        <h1 className="row">
          <Icon name="print" />
          {title}
        </h1>
        {size}
        <span className="sub">{recorded}</span>
        <span className="end row">
          {back}
          <Button look="primary" shortcut="Ctrl+P" autoFocus blocked={blocked} onClick={() => window.print()}>
            印刷する
          </Button>
        </span>
      </header>
      {error !== null && <ProblemNote error={error} />}
      {children}
    </main>
  )
}
