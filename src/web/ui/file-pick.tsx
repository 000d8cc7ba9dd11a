import { useRef, type RefObject } from 'react'
import type { InputLinks } from './field.tsx'

interface FilePickProps {
  /** The ids that tie it to its label, hint and error. */
  readonly links: InputLinks
  /** For whoever empties it once the file is sent. */
  readonly input?: RefObject<HTMLInputElement | null>
  /** Kinds of files the browser offers first: 「image/png,image/svg+xml」. */
  readonly accept?: string
  readonly onChoose: (file: File | null) => void
}

/** A file of this machine: the browser's own field works by keyboard, the button that is seen belongs to it. */
export function FilePick({ links, input, accept, onChoose }: FilePickProps) {
  const own = useRef<HTMLInputElement>(null)
  const field = input ?? own
  return (
    <span className="filepick">
      <input
        {...links}
        ref={field}
        className="vh"
        type="file"
        {...(accept ? { accept } : {})}
        onClick={(event) => {
          event.currentTarget.value = '' // the same file again, mended since, is a choice too
        }}
        onChange={(event) => onChoose(event.target.files?.[0] ?? null)}
      />
      <span className="btn" aria-hidden="true" onClick={() => field.current?.click()}>
        ファイルを選ぶ…
      </span>
    </span>
  )
}
