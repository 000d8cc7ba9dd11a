import { useQuery } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { api } from '../../lib/api.ts'
import { loginAddress } from '../../lib/session.ts'
import { Icon } from '../../ui/icon.tsx'
import { Note } from '../../ui/note.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'

/** ログイン: the office's own login does the work; the sample municipality offers its people below. */
export function LoginPage() {
  const { data: options, error } = useQuery({
    queryKey: ['login-options'],
    queryFn: () => api('GET /api/login/options', {}),
  })
  const { back = '/' } = useSearch({ strict: false }) as { back?: string }
  const users = options?.users ?? []
  return (
    <main className="login" id="main">
      <section className="l1">
        <p className="brand">{options?.municipality ?? ''}</p>
        <h1>
          後期高齢者医療
          <br />
          業務フロー
        </h1>
        {error && <ProblemNote error={error} />}
        <p>
          <a className="btn pri lg" href={loginAddress(back)}>
            利用者IDでログイン
          </a>
        </p>
        <p className="sub">この端末は共用です。席を離れるときは画面をロックしてください。ログインは記録に残ります。</p>
      </section>
      {users.length > 0 && (
        <section className="l2" aria-labelledby="sample">
          <Note kind="info">
            <b>ここは見本の市です。</b>人・住所・金額はすべて作りもので、実在の人や市とは関係ありません。
          </Note>
          <h2 id="sample">見本の利用者で入る</h2>
          <ul className="users">
            {users.map(({ login, name, roles, note }) => (
              <li key={login}>
                <a className="ubtn" href={loginAddress(back, login)}>
                  <span className="st-badge now">{roles.join('・')}</span>
                  <span>
                    <b>{name}</b>
                    <span className="sub">{note}</span>
                  </span>
                  <span className="code sub">{login}</span>
                  <Icon name="right" />
                </a>
              </li>
            ))}
          </ul>
          <h2>はじめての人へ</h2>
          <ol className="how">
            <li>
              <b>1</b> 担当で入り、「処理」から 5.2 督促 を始める
            </li>
            <li>
              <b>2</b> 002 で対象者を確かめて完了する
            </li>
            <li>
              <b>3</b> 004 で提案を決めて二人目へ渡し、係長で入り直して発送を認める
            </li>
            <li>
              <b>4</b> 監査で入り、だれが何を決めたかをたどる
            </li>
          </ol>
        </section>
      )}
    </main>
  )
}
