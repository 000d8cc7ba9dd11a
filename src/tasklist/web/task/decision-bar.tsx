import { shortMoment } from '#web/lib/dates.ts'
import { Button } from '#web/ui/button.tsx'
import type { DecisionChoice } from '#web/ui/form-schema.ts'
import type { Draft } from './draft.ts'

interface DecisionBarProps {
  readonly decisions: readonly DecisionChoice[]
  /** What the main button will do, with its number. */
  readonly verb: string
  readonly blocked: string | null
  readonly isMine: boolean
  readonly draft: Draft
  readonly onMain: () => void
  readonly onOther: (decision: string) => void
}

/** The right end of the action bar: draft, why the decision is off, the ways back, the decision. */
export function DecisionBar(props: DecisionBarProps) {
  const { decisions, verb, blocked, isMine, draft, onMain, onOther } = props
  return (
    <span className="end row">
      <span className="sub nw">
        {draft.error !== null
          ? '下書きは保存していません'
          : draft.savedAt
            ? `下書き ${shortMoment(draft.savedAt)} 保存`
            : ''}
      </span>
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
