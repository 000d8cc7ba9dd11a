import type { ComponentProps, ReactNode } from 'react'
import { Icon, type IconName } from './icon.tsx'

type Look = 'normal' | 'primary' | 'secondary' | 'danger' | 'plain'
const CLASS: Record<Look, string> = {
  normal: 'btn',
  primary: 'btn pri',
  secondary: 'btn sec',
  danger: 'btn ng',
  plain: 'btn plain',
}

export interface ButtonProps extends Omit<ComponentProps<'button'>, 'disabled' | 'className'> {
  readonly look?: Look
  readonly icon?: IconName
  /** The key that does the same, shown on the button. */
  readonly shortcut?: string
  readonly isLarge?: boolean
  /**
   * Why it cannot be pressed now. The button stays visible and focusable and says the reason; `reasonId` is the element
   * that shows the same text beside it.
   */
  readonly blocked?: string | null | false
  readonly reasonId?: string
  readonly children?: ReactNode
  readonly className?: string
}

/** A button that states its result. A blocked one keeps its place, its focus and its reason (aria-disabled). */
export function Button({
  look = 'normal',
  icon,
  shortcut,
  isLarge,
  blocked,
  reasonId,
  onClick,
  children,
  className,
  ...rest
}: ButtonProps) {
  const isBlocked = typeof blocked === 'string'
  return (
    <button
      type="button"
      {...rest}
      className={[CLASS[look], isLarge ? 'lg' : '', className ?? ''].filter(Boolean).join(' ')}
      aria-disabled={isBlocked || undefined}
      aria-describedby={isBlocked ? reasonId : rest['aria-describedby']}
      title={isBlocked ? blocked : rest.title}
      onClick={(event) => (isBlocked ? event.preventDefault() : onClick?.(event))}
    >
      {icon && <Icon name={icon} />}
      {children}
      {shortcut && <kbd aria-hidden="true">{shortcut}</kbd>}
    </button>
  )
}
