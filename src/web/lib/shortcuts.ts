import { useEffect, useRef } from 'react'

/** True while kana are being converted: such keys belong to the input method, whatever they are. */
export const isComposing = (event: KeyboardEvent | { nativeEvent: KeyboardEvent }): boolean => {
  const native = 'nativeEvent' in event ? event.nativeEvent : event
  return native.isComposing || native.keyCode === 229
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement ||
    (target instanceof HTMLInputElement && !['checkbox', 'radio', 'button'].includes(target.type)))

const SWITCH = 'koki.single-keys'
/** Single letters can be turned off by the user (WCAG 2.1.4); the choice holds for this machine and is nobody's data. */
export const areSingleKeysOn = (): boolean => localStorage.getItem(SWITCH) !== 'off'
export const switchSingleKeys = (isOn: boolean): void => localStorage.setItem(SWITCH, isOn ? 'on' : 'off')

export type Shortcuts = Readonly<Record<string, () => void>>

/** 「Ctrl+Enter」, 「Ctrl+Alt+L」, 「E」, 「?」. Shift is part of the letter, not of the name. */
const nameOf = (event: KeyboardEvent): string =>
  [event.ctrlKey ? 'Ctrl' : '', event.altKey ? 'Alt' : '', event.key.length === 1 ? event.key.toUpperCase() : event.key]
    .filter(Boolean)
    .join('+')

/**
 * Keys of a screen. Single letters are off in inputs, while composing, under a dialog and when switched off;
 * combinations with Ctrl work in inputs too.
 */
export function useShortcuts(shortcuts: Shortcuts, isOn = true): void {
  const latest = useRef(shortcuts)
  latest.current = shortcuts
  useEffect(() => {
    if (!isOn) return
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || isComposing(event) || event.metaKey) return
      const action = latest.current[nameOf(event)]
      if (!action) return
      const isSingle = !event.ctrlKey && !event.altKey
      if (isSingle && (isTyping(event.target) || !areSingleKeysOn())) return
      if (document.querySelector('[role=dialog],[role=alertdialog]')) return
      event.preventDefault()
      action()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [isOn])
}
