import { shortMoment } from '#web/lib/dates.ts'
import { formatNumber } from '#web/lib/numbers.ts'
import { Badge } from '#web/ui/badge.tsx'
import type { DecisionChoice } from '#web/ui/form-schema.ts'
import { Icon } from '#web/ui/icon.tsx'
import type { Act } from './decide.ts'
import type { KindLook } from './kinds/kind.ts'
import type { SheetTotals } from './sheet-query.ts'
import type { Detail } from './task-head.tsx'

/** 二人の確認: who was first and when, and whether this person may be the second. */
export function FourEyes({ eyes }: { eyes: Detail['fourEyes'] }) {
  if (!eyes) return null
  return (
    <div className="eyes">
      {eyes.first ? (
        <Badge tone="done" icon="checkc">{`一人目 ${eyes.first.name} ${shortMoment(eyes.first.at)}`}</Badge>
      ) : (
        <Badge tone="wait" icon="ring">
          一人目 まだ
        </Badge>
      )}
      <Icon name="arrow" />
      <Badge tone="guard" icon="users">
        {eyes.canRelease && eyes.first ? '二人目 自分' : '二人目 まだ'}
      </Badge>
    </div>
  )
}

interface Situation {
  readonly look: KindLook
  readonly overall: SheetTotals | undefined
  readonly isMine: boolean
  readonly isOld: boolean
  /** Pinned rows that nobody has looked at. */
  readonly unseen: number
}

/** What the main button does now, what it says, and why it may be off. */
export function stepOf(
  { fourEyes: eyes }: Detail,
  main: DecisionChoice | undefined,
  { look, overall, isMine, isOld, unseen }: Situation,
): { readonly act: Act; readonly verb: string; readonly blocked: string | null } {
  const of = (verdict: string): number => overall?.byVerdict.find((one) => one.verdict === verdict)?.count ?? 0
  const label = main?.label ?? ''
  const number = `${formatNumber(of('対象'))}${look.counter}`
  const isFirst = eyes !== null && eyes.first === null
  const isSecond = eyes !== null && eyes.first !== null
  const act: Act = isFirst ? 'propose' : (main?.act ?? 'complete')
  const verb = isFirst ? `${number}で一人目の確認をする` : isSecond ? `${number}の${label}` : `${number}で${label}`
  const open = of('要確認')
  const blocked = !overall
    ? '一覧を読んでいます'
    : isSecond && !eyes.canRelease
      ? (eyes.refusal ?? '二人目の確認は別の係長がします')
      : !isSecond && !isMine
        ? '先に担当してください'
        : isFirst && !eyes.canPropose
          ? (eyes.refusal ?? '一人目の確認をする権限がありません')
          : open > 0
            ? look.hasPaper
              ? `決めていない通知 ${formatNumber(open)}${look.counter}`
              : `要確認が${formatNumber(open)}件残っています`
            : unseen > 0
              ? `先頭に留めた行を${formatNumber(unseen)}件まだ見ていません`
              : isOld
                ? 'つながるまでお待ちください'
                : null
  return { act, verb, blocked }
}
