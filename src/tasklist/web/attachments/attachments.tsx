import { useState } from 'react'
import { DiscloseDialog } from '#people/web/disclose-dialog.tsx'
import { addressOf } from '#web/lib/api.ts'
import { shortMoment } from '#web/lib/dates.ts'
import { formatNumber } from '#web/lib/numbers.ts'
import { requestFile } from '#web/lib/request.ts'
import { saveFile } from '#web/lib/save-file.ts'
import { Badge } from '#web/ui/badge.tsx'
import { Button } from '#web/ui/button.tsx'
import { Mask } from '#web/ui/mask.tsx'
import { Pager } from '#web/ui/pager.tsx'
import { ProblemNote } from '#web/ui/problem-note.tsx'
import { ATTACHMENT_PAGE, useAttachments, type AttachmentItem, type AttachmentsOf } from './attachment-query.ts'
import { WithdrawDialog } from './withdraw-dialog.tsx'

/** 添付の一覧, newest first: saved to the machine, never shown in the browser. */
export function Attachments({ of, stamp = '' }: { of: AttachmentsOf; stamp?: string }) {
  const [page, setPage] = useState(1)
  const { data, error } = useAttachments(of, page, stamp)
  const [asked, setAsked] = useState<{ readonly item: AttachmentItem; readonly act: 'disclose' | 'withdraw' } | null>(
    null,
  )
  const close = () => setAsked(null)
  if (error) return <ProblemNote error={error} />
  if (!data) return null
  if (data.total === 0) return <p className="panel sub">添付はありません。</p>
  return (
    <div>
      <ul aria-label="添付">
        {data.items.map((item) => (
          <li key={item.attachmentId} className="panel stack">
            <Line
              item={item}
              hasStep={'runId' in of}
              onDisclose={() => setAsked({ item, act: 'disclose' })}
              onWithdraw={() => setAsked({ item, act: 'withdraw' })}
            />
          </li>
        ))}
      </ul>
      {data.total > ATTACHMENT_PAGE && (
        <p className="panel">
          <Pager
            name="添付"
            page={page}
            size={ATTACHMENT_PAGE}
            shown={data.items.length}
            total={data.total}
            onPage={setPage}
          />
        </p>
      )}
      {asked?.act === 'withdraw' && <WithdrawDialog item={asked.item} onClose={close} />}
      {asked?.act === 'disclose' && (
        <DiscloseDialog
          disclose={(reason) => opened(asked.item, reason)}
          onDone={(file) => {
            saveFile(file)
            close()
          }}
          onClose={close}
        />
      )}
    </div>
  )
}

const opened = ({ taskId, attachmentId }: AttachmentItem, reason: string) =>
  requestFile(addressOf('POST /api/tasks/:taskId/attachments/:attachmentId/disclose', { taskId, attachmentId }), {
    reason,
  })

interface LineProps {
  readonly item: AttachmentItem
  readonly hasStep: boolean
  readonly onDisclose: () => void
  readonly onWithdraw: () => void
}

function Line({ item, hasStep, onDisclose, onWithdraw }: LineProps) {
  const { taskId, attachmentId, step, typeLabel, name, byteSize, addedBy, addedAt, person, withdrawn } = item
  const what = name.value ?? `${typeLabel} ${shortMoment(addedAt)}`
  return (
    <>
      <p className="filename">
        <b>{name.isMasked ? <Mask what="名前を" /> : <bdi>{name.value}</bdi>}</b>
      </p>
      <p className="sub">
        {typeLabel} {formatNumber(byteSize)}バイト。{hasStep && `${step}、`}
        {person ? `${person.insuredNo} ${person.personName} について` : '作業全体について'}。{addedBy}{' '}
        {shortMoment(addedAt)}
      </p>
      {withdrawn && (
        <p className="sub">
          <Badge tone="wait" icon="minus">
            取下げ
          </Badge>{' '}
          {withdrawn.by} {shortMoment(withdrawn.at)} {withdrawn.reason.isMasked ? <Mask /> : withdrawn.reason.value}
        </p>
      )}
      <div className="row">
        {item.canOpen && (
          <a
            className="btn sec"
            href={addressOf('GET /api/tasks/:taskId/attachments/:attachmentId/content', { taskId, attachmentId })}
            download
            aria-label={`${what} を保存する`}
          >
            保存する
          </a>
        )}
        {item.canDisclose && (
          <Button look="secondary" icon="lock" onClick={onDisclose} aria-label={`理由を書いて開く… ${what}`}>
            理由を書いて開く…
          </Button>
        )}
        {item.canWithdraw && (
          <Button look="secondary" onClick={onWithdraw} aria-label={`取り下げる… ${what}`}>
            取り下げる…
          </Button>
        )}
      </div>
    </>
  )
}
