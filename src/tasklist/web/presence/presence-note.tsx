import { shortMoment } from '#web/lib/dates.ts'
import { Icon } from '#web/ui/icon.tsx'
import { Note } from '#web/ui/note.tsx'
import type { Presence } from './use-presence.ts'

/** The head of the work is one line. */
const NAMED = 2

/** Who else has the task open, in the head of the work. */
export function PresentNames({ presence }: { presence: Presence | undefined }) {
  const names = [...new Set((presence?.others ?? []).filter(({ isMe }) => !isMe).map(({ name }) => name))]
  if (names.length === 0) return null
  return (
    <span className="sub" role="status">
      <Icon name="eye" /> {names.slice(0, NAMED).join('、')}
      {names.length > NAMED && ` ほか${names.length - NAMED}人`} も開いています
    </span>
  )
}

/** 読むだけ: another page of the same person has the task in work. */
export function OtherPageNote({ presence, isMine }: { presence: Presence | undefined; isMine: boolean }) {
  if (!isMine || presence === undefined || presence.isEditor) return null
  const editor = presence.others.find(({ isEditor }) => isEditor)
  return (
    <Note kind="warn" next="先に開いた画面で続けるか、その画面を閉じてください。閉じると、この画面で続けられます。">
      <b role="status">
        {editor ? `${shortMoment(editor.openedAt)}に開いた別の画面で作業しています。` : '別の画面で作業しています。'}
        この画面では読むだけです。
      </b>
    </Note>
  )
}
