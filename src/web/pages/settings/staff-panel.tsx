import { useState } from 'react'
import { api } from '../../lib/api.ts'
import { shortDay } from '../../lib/dates.ts'
import { mayCall, useMe } from '../../lib/session.ts'
import { Badge, type Tone } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import type { IconName } from '../../ui/icon.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { ReasonDialog } from './decide-change.tsx'
import { EndMemberDialog, EndRoleDialog, GrantRoleDialog, JoinUnitDialog } from './role-dialogs.tsx'
import { useChange, type Staff, type StaffMember } from './settings-query.ts'

type Role = StaffMember['roles'][number]
export type Member = StaffMember['units'][number]

const STATE: Readonly<Record<Role['state'], readonly [Tone, IconName, string]>> = {
  inForce: ['done', 'check', '効いています'],
  waiting: ['guard', 'users', '二人目の確認待ち'],
  planned: ['now', 'wait', 'これから'],
  ended: ['wait', 'minus', '終わりました'],
}
export const spanText = ({ validFrom, validTo }: { validFrom: string; validTo: string | null }): string =>
  `${shortDay(validFrom)}から${validTo === null ? '' : `${shortDay(validTo)}まで`}`

type Asking =
  | { readonly kind: 'grant' | 'join' | 'disable' | 'enable' }
  | { readonly kind: 'endRole'; readonly role: Role }
  | { readonly kind: 'endMember'; readonly member: Member }

/** One person: roles and 係 with their days; what may be done about them stands beside each. */
export function StaffPanel({ data, member }: { data: Staff; member: StaffMember }) {
  const me = useMe()
  const [asking, setAsking] = useState<Asking | null>(null)
  const close = () => setAsking(null)
  const isKanri = mayCall(me, 'POST /api/settings/staff')
  const approve = useChange(
    (roleId: string) =>
      api('POST /api/settings/roles/:roleId/approve', {
        params: { roleId },
        idempotencyKey: crypto.randomUUID(),
      }),
    close,
  )
  const { userId } = member
  return (
    <>
      <div className="scroll" tabIndex={0} role="region" aria-label="役割と係">
        <div className="panel">
          <div className="sub code">{member.login}</div>
          <h2>{member.name}</h2>
          <div className="sub">
            {member.kana} {member.hasSubject ? '' : '職員認証の識別子は未登録です'}
          </div>
        </div>
        <div className="panel">
          <h3>役割</h3>
          {approve.error && <ProblemNote error={approve.error} />}
          <ul className="stack">
            {member.roles.map((role) => {
              const [tone, icon, text] = STATE[role.state]
              return (
                <li key={role.roleId} className="grantline">
                  <div>
                    <b>{role.label}</b> <span className="code">{spanText(role)}</span>{' '}
                    <Badge tone={tone} icon={icon} isBare={role.state === 'inForce' || role.state === 'ended'}>
                      {text}
                    </Badge>
                    <div className="sub">
                      {role.grantedBy === null
                        ? '導入時'
                        : `${role.grantedBy}・${role.approvedBy ?? (role.state === 'waiting' ? '確認待ち' : '一人')}`}{' '}
                      {role.endedWhy ?? role.reason}
                    </div>
                  </div>
                  <span className="row">
                    {role.canApprove && (
                      <Button
                        look="primary"
                        blocked={approve.isPending && '送っています'}
                        onClick={() => approve.mutate(role.roleId)}
                      >
                        認める
                      </Button>
                    )}
                    {isKanri && role.state !== 'ended' && (
                      <Button look="secondary" onClick={() => setAsking({ kind: 'endRole', role })}>
                        終える…
                      </Button>
                    )}
                  </span>
                </li>
              )
            })}
          </ul>
          {member.roles.length === 0 && <p className="sub">役割はまだありません。</p>}
        </div>
        <div className="panel">
          <h3>係</h3>
          <ul className="stack">
            {member.units.map((one) => (
              <li key={one.memberId} className="grantline">
                <div>
                  <b>{data.units.find(({ unitId }) => unitId === one.unitId)?.name}</b>{' '}
                  <span className="code">{spanText(one)}</span>
                </div>
                {isKanri && one.validTo === null && (
                  <Button look="secondary" onClick={() => setAsking({ kind: 'endMember', member: one })}>
                    外す…
                  </Button>
                )}
              </li>
            ))}
          </ul>
          {member.units.length === 0 && <p className="sub">係に入っていません。</p>}
        </div>
      </div>
      <div className="actionbar">
        {isKanri ? (
          <>
            <Button look="danger" onClick={() => setAsking({ kind: member.isDisabled ? 'enable' : 'disable' })}>
              {member.isDisabled ? 'ログインを戻す…' : 'ログインを止める…'}
            </Button>
            <span className="end row">
              <Button look="secondary" onClick={() => setAsking({ kind: 'join' })}>
                係に入れる…
              </Button>
              <Button
                look="primary"
                blocked={
                  member.isMe
                    ? '自分に役割を与えることはできません'
                    : member.isDisabled && '止めたログインに役割を与えることはできません'
                }
                onClick={() => setAsking({ kind: 'grant' })}
              >
                役割を与える…
              </Button>
            </span>
          </>
        ) : (
          <span className="sub">職員と役割は管理者が改めます</span>
        )}
      </div>
      {asking?.kind === 'grant' && <GrantRoleDialog data={data} member={member} onClose={close} />}
      {asking?.kind === 'join' && <JoinUnitDialog data={data} member={member} onClose={close} />}
      {asking?.kind === 'endRole' && <EndRoleDialog role={asking.role} onClose={close} />}
      {asking?.kind === 'endMember' && <EndMemberDialog member={asking.member} today={data.today} onClose={close} />}
      {asking?.kind === 'disable' && (
        <ReasonDialog
          title={`${member.name} のログインを止める`}
          act="ログインを止める"
          hint="すべての役割が直ちに終わり、開いている画面も閉じます。"
          work={(reason) =>
            api('POST /api/settings/staff/:userId/disable', {
              params: { userId },
              body: { reason },
              idempotencyKey: crypto.randomUUID(),
            })
          }
          onClose={close}
        />
      )}
      {asking?.kind === 'enable' && (
        <ReasonDialog
          title={`${member.name} のログインを戻す`}
          act="ログインを戻す"
          hint="役割はありません。改めて与えてください。"
          work={(reason) =>
            api('POST /api/settings/staff/:userId/enable', {
              params: { userId },
              body: { reason },
              idempotencyKey: crypto.randomUUID(),
            })
          }
          onClose={close}
        />
      )}
    </>
  )
}
