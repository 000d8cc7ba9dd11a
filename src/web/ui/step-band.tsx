import { Icon } from './icon.tsx'

export interface BandStep {
  readonly no: string
  readonly name: string
  readonly state: 'done' | 'now' | 'todo'
  /** 「済 11/16 09:05(版2)」, 「いまここ」, 「自動」, 「11/18 予定」 */
  readonly note: string
}
const ICON = { done: 'checkc', now: 'now', todo: 'ring' } as const

/** 工程の帯: 済 / いまここ / これから, icon, word and date. */
export function StepBand({ label, steps }: { label: string; steps: readonly BandStep[] }) {
  return (
    <ol className="steps" aria-label={label} tabIndex={0}>
      {steps.map(({ no, name, state, note }) => (
        <li key={no} className={state} aria-current={state === 'now' ? 'step' : undefined}>
          <span className="st">
            <Icon name={ICON[state]} />
            <span className="code">{no}</span>
            {note}
          </span>
          {name}
        </li>
      ))}
    </ol>
  )
}
