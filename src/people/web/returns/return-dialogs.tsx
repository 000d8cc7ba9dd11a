import { useState, type ReactNode } from 'react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { parsePlainDate, type PlainDate } from '#kernel/plain-date.ts'
import { RETURN_END_REASONS, RETURN_REASONS } from '#rules/tokusoku/reasons.ts'
import { api } from '#web/lib/api.ts'
import { warekiDay } from '#web/lib/dates.ts'
import { formatNumber } from '#web/lib/numbers.ts'
import { DateField } from '#web/ui/date-field.tsx'
import { FormDialog } from '#web/ui/form-dialog.tsx'
import { SelectField, TextField } from '#web/ui/field.tsx'
import { Note } from '#web/ui/note.tsx'
import { returnKey, type ReturnCase } from './returns-query.ts'

interface ActDialogProps {
  readonly title: string
  /** 「9月10日に再発送する」: the button says its result. */
  readonly verb: string
  readonly blocked: string | false
  readonly isDanger?: boolean
  readonly run: (idempotencyKey: string) => Promise<ReturnCase>
  readonly onDone?: (done: ReturnCase) => void
  readonly onClose: () => void
  readonly children: ReactNode
}

/** One act on a returned letter: a form, its refusal, and two buttons. What it changed is read again by every open screen. */
function ActDialog({ title, verb, blocked, isDanger = false, run, onDone, onClose, children }: ActDialogProps) {
  const client = useQueryClient()
  const [key] = useState(() => crypto.randomUUID())
  const send = useMutation({
    mutationFn: () => run(key),
    onSuccess: async (done) => {
      client.setQueryData(returnKey(done.returnId), done)
      await client.invalidateQueries({ queryKey: ['return'], predicate: ({ queryKey }) => queryKey[1] !== 'one' })
      onDone?.(done)
      onClose()
    },
  })
  return (
    <FormDialog
      title={title}
      act={verb}
      look={isDanger ? 'danger' : 'primary'}
      isAlert={isDanger}
      blocked={blocked}
      isPending={send.isPending}
      error={send.error}
      onSubmit={() => send.mutate()}
      onClose={onClose}
    >
      {children}
    </FormDialog>
  )
}

const choices = (of: Readonly<Record<string, { readonly label: string }>>) => [
  { value: '', label: '選んでください' },
  ...Object.entries(of).map(([value, { label }]) => ({ value, label })),
]
const noteOf = (note: string): { note?: string } => (note.trim() === '' ? {} : { note: note.trim() })

/** 返戻の登録 of one letter. */
export function RecordDialog({
  noticeId,
  letter,
  onDone,
  onClose,
}: {
  readonly noticeId: string
  /** Which letter it is, in words. */
  readonly letter: string
  readonly onDone?: (done: ReturnCase) => void
  readonly onClose: () => void
}) {
  const [returnedOn, setReturnedOn] = useState<PlainDate | null>(null)
  const [reason, setReason] = useState('')
  const [note, setNote] = useState('')
  const blocked = returnedOn === null ? '戻った日を入れてください' : reason === '' ? 'わけを選んでください' : false
  return (
    <ActDialog
      title="返戻を登録する"
      verb="登録する"
      blocked={blocked}
      run={(idempotencyKey) =>
        api('POST /api/notices/:noticeId/return', {
          params: { noticeId },
          body: { returnedOn: returnedOn ?? '', reason: reason as keyof typeof RETURN_REASONS, ...noteOf(note) }, // chosen from its keys
          idempotencyKey,
        })
      }
      {...(onDone ? { onDone } : {})}
      onClose={onClose}
    >
      <p>{letter}</p>
      <DateField label="戻った日" isRequired value={returnedOn} onChange={setReturnedOn} />
      <SelectField label="わけ" isRequired value={reason} onChange={setReason} options={choices(RETURN_REASONS)} />
      <TextField label="メモ" optional="任意" value={note} onChange={setNote} maxLength={500} />
      <p className="sub">登録すると、送達するまで差押えはできません。</p>
    </ActDialog>
  )
}

interface CaseDialogProps {
  readonly kase: ReturnCase
  readonly onClose: () => void
}
const params = ({ returnId }: ReturnCase) => ({ returnId })

/** 再発送: what would be printed, before it is. */
export function ResendDialog({ kase, onClose }: CaseDialogProps) {
  const { plan } = kase
  const [resentOn, setResentOn] = useState<PlainDate | null>(() => (plan ? parsePlainDate(plan.resentOn) : null))
  const [isConfirmed, setConfirmed] = useState(false)
  const [note, setNote] = useState('')
  const needsWord = plan?.isSameAddressee === true && (kase.reason.value === 'R1' || kase.reason.value === 'R2')
  const blocked =
    plan === null
      ? 'この通知は再発送できません'
      : plan.refusal !== null
        ? plan.refusal.message
        : resentOn === null
          ? '再発送する日を入れてください'
          : isConfirmed && note.trim().length < 5
            ? 'メモを5字以上入れてください'
            : false
  return (
    <ActDialog
      title="再発送する"
      verb={resentOn === null ? '再発送する' : `${warekiDay(resentOn)}に再発送する`}
      blocked={blocked}
      run={(idempotencyKey) =>
        api('POST /api/returns/:returnId/resend', {
          params: params(kase),
          body: { step: kase.step, resentOn: resentOn ?? '', isSameAddressConfirmed: isConfirmed, ...noteOf(note) },
          idempotencyKey,
        })
      }
      onClose={onClose}
    >
      {plan?.refusal && (
        <Note kind="warn" next={plan.refusal.next} code={plan.refusal.code}>
          <b>{plan.refusal.message}</b>
        </Note>
      )}
      {plan && !plan.refusal && <PlanTable plan={plan} />}
      <DateField
        label="再発送する日"
        isRequired
        value={resentOn}
        onChange={setResentOn}
        hint="本日から14日までの開庁日"
      />
      {needsWord && (
        <label className="row">
          <input type="checkbox" checked={isConfirmed} onChange={(event) => setConfirmed(event.target.checked)} />
          同じ宛先へ送ってよいことを確かめた
        </label>
      )}
      <TextField
        label="メモ"
        {...(isConfirmed ? { isRequired: true } : { optional: '任意' })}
        value={note}
        onChange={setNote}
        maxLength={500}
      />
    </ActDialog>
  )
}

function PlanTable({ plan }: { plan: NonNullable<ReturnCase['plan']> }) {
  const designated = parsePlainDate(plan.designatedOn)
  return (
    <dl className="kv">
      <dt>未納額</dt>
      <dd>
        {plan.unpaidYen === plan.printedYen ? (
          `${formatNumber(plan.unpaidYen)}円(印字と同じ)`
        ) : (
          <span className="ba">
            <del>{formatNumber(plan.printedYen)}円</del>→<ins>{formatNumber(plan.unpaidYen)}円</ins>
          </span>
        )}
      </dd>
      <dt>指定期限</dt>
      <dd>{designated && warekiDay(designated)}</dd>
      <dt>納付書</dt>
      <dd>{plan.isNewSlip ? '作り直し(再発行区分を1つ進める)' : '前と同じ'}</dd>
      <dt>宛先</dt>
      <dd>{plan.isSameAddressee ? '戻ってきたときと同じ' : 'いまの登録に変わる'}</dd>
    </dl>
  )
}

/** 再発送の取りやめ. */
export function WithdrawDialog({ kase, onClose }: CaseDialogProps) {
  const [note, setNote] = useState('')
  return (
    <ActDialog
      title="再発送を取りやめる"
      verb="取りやめる"
      isDanger
      blocked={note.trim().length < 5 && 'わけを5字以上入れてください'}
      run={(idempotencyKey) =>
        api('POST /api/returns/:returnId/withdraw', {
          params: params(kase),
          body: { step: kase.step, note: note.trim() },
          idempotencyKey,
        })
      }
      onClose={onClose}
    >
      <p>作った通知は使わないでください。送達していないことになり、調査に戻ります。</p>
      <TextField label="わけ" isRequired value={note} onChange={setNote} maxLength={500} />
    </ActDialog>
  )
}

/** 公示送達. */
export function PostDialog({ kase, onClose }: CaseDialogProps) {
  const [postedOn, setPostedOn] = useState<PlainDate | null>(() => parsePlainDate(kase.today))
  const [note, setNote] = useState('')
  const blocked =
    postedOn === null
      ? '公示した日を入れてください'
      : kase.isProtected && note.trim().length < 5
        ? 'わけを5字以上入れてください'
        : false
  return (
    <ActDialog
      title="公示送達を登録する"
      verb="公示送達を登録する"
      blocked={blocked}
      run={(idempotencyKey) =>
        api('POST /api/returns/:returnId/post', {
          params: params(kase),
          body: { step: kase.step, postedOn: postedOn ?? '', ...noteOf(note) },
          idempotencyKey,
        })
      }
      onClose={onClose}
    >
      {kase.isProtected && (
        <Note kind="guard">
          <b>支援措置の対象者です。</b>
          返戻を登録した人とは別の係長が、わけを書いて決めます。氏名だけを掲示し、住所は掲示しません。
        </Note>
      )}
      <DateField
        label="公示した日"
        isRequired
        value={postedOn}
        onChange={setPostedOn}
        hint="7日を経過した日に送達したことになります"
      />
      <TextField
        label={kase.isProtected ? 'わけ' : 'メモ'}
        {...(kase.isProtected ? { isRequired: true } : { optional: '任意' })}
        value={note}
        onChange={setNote}
        maxLength={500}
      />
    </ActDialog>
  )
}

/** 調査の経過. */
export function NoteDialog({ kase, onClose }: CaseDialogProps) {
  const [note, setNote] = useState('')
  return (
    <ActDialog
      title="調査の経過を書く"
      verb="書く"
      blocked={note.trim() === '' && '経過を入れてください'}
      run={(idempotencyKey) =>
        api('POST /api/returns/:returnId/note', {
          params: params(kase),
          body: { step: kase.step, note: note.trim() },
          idempotencyKey,
        })
      }
      onClose={onClose}
    >
      <TextField label="経過" isRequired value={note} onChange={setNote} maxLength={500} />
    </ActDialog>
  )
}

/** 調査を終える: nothing more is sent. */
export function EndDialog({ kase, onClose }: CaseDialogProps) {
  const [reason, setReason] = useState('')
  const [note, setNote] = useState('')
  const needed = reason === '' ? 0 : RETURN_END_REASONS[reason as keyof typeof RETURN_END_REASONS].noteMin // chosen from its keys
  const blocked =
    reason === '' ? 'わけを選んでください' : note.trim().length < needed ? `メモを${needed}字以上入れてください` : false
  return (
    <ActDialog
      title="調査を終える"
      verb="調査を終える"
      blocked={blocked}
      run={(idempotencyKey) =>
        api('POST /api/returns/:returnId/end', {
          params: params(kase),
          body: { step: kase.step, reason: reason as keyof typeof RETURN_END_REASONS, ...noteOf(note) }, // as above
          idempotencyKey,
        })
      }
      onClose={onClose}
    >
      <p>再発送も公示送達もせずに終えます。督促は送達していないままになります。</p>
      <SelectField label="わけ" isRequired value={reason} onChange={setReason} options={choices(RETURN_END_REASONS)} />
      <TextField
        label="メモ"
        {...(needed > 0 ? { isRequired: true } : { optional: '任意' })}
        value={note}
        onChange={setNote}
        maxLength={500}
      />
    </ActDialog>
  )
}
