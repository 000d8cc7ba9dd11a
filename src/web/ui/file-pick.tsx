import type { RefObject } from 'react'
import type { InputLinks } from './field.tsx'

interface FilePickProps {
  /** The ids that tie it to its label, hint and error. */
  readonly links: InputLinks
  /** For whoever empties it once the file is sent. */
  readonly input: RefObject<HTMLInputElement | null>
  readonly onChoose: (file: File | null) => void
}

/** A file of this machine: the browser's own field works by keyboard, the button that is seen belongs to it. */
export const FilePick = ({ links, input, onChoose }: FilePickProps) => (
  <span className="filepick">
    <input
      {...links}
      ref={input}
      className="vh"
      type="file"
      onChange={(event) => onChoose(event.target.files?.[0] ?? null)}
    />
    <span className="btn" aria-hidden="true" onClick={() => input.current?.click()}>
      ファイルを選ぶ…
    </span>
  </span>
)
