import type { ErrorComponentProps } from '@tanstack/react-router'
import { PartMissing } from '../lib/screen.ts'
import { Note } from '../ui/note.tsx'
import { Reload } from './reload.tsx'

/** In the place of a screen that could not be shown. The menu, the lock and what was saved stay. */
export function ScreenFailed({ error }: ErrorComponentProps) {
  return (
    <main className="main" id="main">
      <div className="panel">
        {error instanceof PartMissing ? (
          <Note kind="warn" next="再読み込みしてください。保存した下書きは残っています。" action={<Reload />} isAlert>
            <b>この画面を読み込めませんでした。新しい版になったか、サーバーにつながっていません。</b>
          </Note>
        ) : (
          <Note
            kind="late"
            next="再読み込みしてください。続くときは、開いた画面と時刻を管理者に伝えてください。"
            action={<Reload />}
            isAlert
          >
            <b>この画面を表示できませんでした。</b>
          </Note>
        )}
      </div>
    </main>
  )
}
