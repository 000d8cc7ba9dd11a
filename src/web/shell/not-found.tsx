import { Link } from '@tanstack/react-router'
import { Note } from '../ui/note.tsx'

export function NotFound() {
  return (
    <main className="main" id="main">
      <div className="panel">
        <Note kind="warn" next={<Link to="/">作業一覧へ戻る</Link>} isAlert>
          <b>この画面はありません。</b>
        </Note>
      </div>
    </main>
  )
}
