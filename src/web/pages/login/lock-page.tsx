import { useEffect, useRef } from 'react'
import { useMutation } from '@tanstack/react-query'
import { Link, useSearch } from '@tanstack/react-router'
import { loginAddress, useLeave } from '../../lib/session.ts'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'

/** ロック中: the page forgets everything and ends the session; drafts are on the server. */
export function LockPage() {
  const { back = '/' } = useSearch({ strict: false }) as { back?: string }
  const leave = useMutation({ mutationFn: useLeave() })
  const hasBegun = useRef(false)
  const { mutate } = leave
  useEffect(() => {
    if (hasBegun.current) return
    hasBegun.current = true
    mutate()
  }, [mutate])
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
        {leave.error ? (
          <>
            <ProblemNote error={leave.error} />
            <p>
              画面の内容は消しましたが、まだログインしたままです。
              <Button look="secondary" onClick={() => mutate()}>
                もう一度ロックする
              </Button>
            </p>
          </>
        ) : (
          <p role="status">
            {leave.isSuccess
              ? '画面の内容はこの端末から消してあります。下書きはサーバーにあります。'
              : 'ログアウトしています。'}
          </p>
        )}
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
