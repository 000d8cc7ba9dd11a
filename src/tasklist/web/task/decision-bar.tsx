import { shortMoment } from '#web/lib/dates.ts'
import { Button } from '#web/ui/button.tsx'
import type { DecisionChoice } from '#web/ui/form-schema.ts'

interface DecisionBarProps {
  readonly decisions: readonly DecisionChoice[]
  /** What the main button will do, with its number. */
  readonly verb: string
  readonly blocked: string | null
  readonly isMine: boolean
  readonly savedAt: string | null
  readonly onMain: () => void
  readonly onOther: (decision: string) => void
}

/** The right end of the action bar: draft, why the decision is off, the ways back, the decision. */
export function DecisionBar({ decisions, verb, blocked, isMine, savedAt, onMain, onOther }: DecisionBarProps) {
  return (
    <span className="end row">
      <span className="sub nw">{savedAt ? `下書き ${shortMoment(savedAt)} 保存` : ''}</span>
      {blocked !== null && (
        <span className="due warn" id="why">
          {blocked}
        </span>
      )}
      {decisions.slice(1).map(({ value, label }) => (
        <Button key={value} look="danger" blocked={!isMine && '先に担当してください'} onClick={() => onOther(value)}>
          {label}…
        </Button>
      ))}
      {decisions[0] && (
        <Button look="primary" shortcut="Ctrl+Enter" blocked={blocked ?? false} reasonId="why" onClick={onMain}>
          {verb}…
        </Button>
      )}
    </span>
  )
}
