import { Link, useSearch } from '@tanstack/react-router'
import { loginAddress } from '../../lib/session.ts'
import { Icon } from '../../ui/icon.tsx'

/** ロック中: the session has ended and the page has forgotten everything; drafts are on the server. */
export function LockPage() {
  const { back = '/' } = useSearch({ strict: false }) as { back?: string }
  return (
    <main className="lockpage" id="main">
      <div className="brand">
        後期高齢者医療 <small>業務フロー</small>
      </div>
      <section className="dialog" aria-labelledby="lock">
        <h1 id="lock" className="row">
          <Icon name="lock" />
          画面をロックしています
        </h1>
        <p>画面の内容はこの端末から消してあります。下書きはサーバーにあります。</p>
        <div className="row wrap">
          <a className="btn pri lg" href={loginAddress(back)}>
            ログインして続ける
          </a>
          <Link className="btn sec lg" to="/login" search={{ back: '/' }}>
            <Icon name="swap" />
            別の人が使う
          </Link>
        </div>
        <p className="sub">「別の人が使う」を選ぶと、前の人の作業は下書きのまま残り、この端末には何も残りません。</p>
      </section>
    </main>
  )
}
