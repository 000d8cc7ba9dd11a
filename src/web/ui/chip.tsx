import type { ReactNode } from 'react'
import { Icon } from './icon.tsx'

/** A filter that is on or off. */
export function Chip({ isOn, onPress, children }: { isOn: boolean; onPress: () => void; children: ReactNode }) {
  return (
    <button type="button" className="chip" aria-pressed={isOn} onClick={onPress}>
      {children}
    </button>
  )
}

/** A condition in force that can be taken away. */
export function ConditionChip({ onRemove, children }: { onRemove: () => void; children: string }) {
  return (
    <button type="button" className="chip" aria-pressed="true" onClick={onRemove}>
      {children}
      <Icon name="x" label="を外す" />
    </button>
  )
}
