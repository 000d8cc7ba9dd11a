import { useEffect, useRef, useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { formatNumber } from '#web/lib/numbers.ts'
import { useMe } from '#web/lib/session.ts'
import { useShortcuts } from '#web/lib/shortcuts.ts'
import { Button } from '#web/ui/button.tsx'
import { Dialog } from '#web/ui/dialog.tsx'
import { decisionsOf, type FormSchema, type FormValues } from '#web/ui/form-schema.ts'
import { DataGrid } from '#web/ui/grid/data-grid.tsx'
import { nothing, type Selection } from '#web/ui/grid/selection.ts'
import { Note } from '#web/ui/note.tsx'
import { ProblemNote } from '#web/ui/problem-note.tsx'
import { Tabs } from '#web/ui/tabs.tsx'
import { TaskAttachments } from '../attachments/task-attachments.tsx'
import { BreakdownDialog } from './breakdown-dialog.tsx'
import { AskedDecision } from './asked-decision.tsx'
import { useDecide } from './decide.ts'
import { DecisionBar } from './decision-bar.tsx'
import { useDraft, type SendTyped } from './draft.ts'
import { FormerDraft } from './former-draft.tsx'
import { FourEyes, stepOf } from './four-eyes.tsx'
import { History } from './history.tsx'
import { lookOf } from './kinds/index.ts'
import { useAcceptProposals, useRefresh } from './marks.ts'
import { MakeAlone, useMakeAlone } from './make-alone.tsx'
import { MadeFile } from './made-file.tsx'
import { MemoDialog } from './memo-dialog.tsx'
import { Paper } from './paper.tsx'
import { usePins, useSeen } from './pins.ts'
import { ReasonPanel } from './reason-panel.tsx'
import { RowDetail } from './row-detail.tsx'
import { csvNames, sheetColumns, type Worksheet } from './sheet-columns.tsx'
import { lastReceiptsQuery, useSheet, type SheetSearch } from './sheet-query.ts'
import { farFromBefore, SheetSums } from './sheet-sums.tsx'
import { SheetToolbar } from './sheet-toolbar.tsx'
import type { Detail } from './task-head.tsx'
import { TakeBackDialog } from './take-back-dialog.tsx'
import { aimOf, effectOf, useMarking } from './use-marking.ts'

interface ReviewWorkProps {
  readonly detail: Detail
  readonly age: { readonly isOld: boolean }
  readonly isMine: boolean
  readonly sendTyped: SendTyped
  readonly sheet: Worksheet
}

type Tab = 'out' | 'detail' | 'history' | 'attachments'

/** One stands on a row whose page has not come yet. */
const COMING = '行を読み込んでいます'

/** 確認: the review grid, its drawer or its paper, and the decision. */
export function ReviewWork({ detail, age, isMine, sendTyped, sheet: info }: ReviewWorkProps) {
  const { taskId } = detail.task
  const isOpen = detail.task.state === 'open'
  const look = lookOf(info.kind, info.counted)
  const { filter = {}, sort } = useSearch({ from: '/shell/tasks/$taskId' })
  const navigate = useNavigate()
  const area = useRef<HTMLElement>(null)
  const [text, setText] = useState('')
  const [focus, setFocus] = useState(-1)
  const [selection, setSelection] = useState<Selection>(nothing)
  const [tab, setTab] = useState<Tab>(isMine && detail.marks && look.out ? 'out' : 'detail')
  const [focusToken, setFocusToken] = useState(0)
  /** How often rows were marked: the next ones begin with an empty panel. */
  const [marked, setMarked] = useState(0)
  /** The row that E was pressed on before its page had come; -1 for none. */
  const [awaited, setAwaited] = useState(-1)
  const [asked, setAsked] = useState<string | null>(null)
  const [open, setOpen] = useState<'memo' | 'reason' | 'breakdown' | 'protected' | null>(null)
  const [values, setValues] = useState<FormValues>(() => ({ ...detail.formDefaults, ...detail.draft }))

  const sheet = useSheet({ taskId, filter, sort, text })
  const toGrid = () => area.current?.querySelector<HTMLElement>('.gridbox')?.focus({ preventScroll: true })
  const pins = sheet.first?.pins ?? []
  const pinning = usePins(taskId)
  const marking = useMarking(taskId, sheet, () => {
    setSelection(nothing)
    setOpen(null)
    setMarked((times) => times + 1)
    setFocusToken(0)
    if (asked === null) toGrid() // a quick hand is at the next question already
  })
  const accept = useAcceptProposals(taskId)
  const refresh = useRefresh(taskId)
  const alone = useMakeAlone(taskId, sheet.version)
  const receipts = useQuery({ ...lastReceiptsQuery, enabled: look.hasPaper })
  const decide = useDecide(taskId)
  const draft = useDraft({
    taskId,
    values,
    onValues: setValues,
    detail,
    isOn: isMine && !decide.isSuccess,
    sendTyped,
  })
  /** Rows that are being changed are not changed at the same time by another key. */
  const isChanging = marking.isBusy || accept.isPending || refresh.isPending || alone.isPending || decide.isPending

  const isListed = sheet.first !== undefined
  useEffect(() => {
    // a screen that was opened by a key goes on by keys: the list is where work begins
    if (isListed && document.activeElement === document.body) toGrid()
  }, [isListed])

  const { worksheetId } = info
  const shownList = useRef(worksheetId)
  useEffect(() => {
    // a list that was made anew counts its rows again: what was chosen on the former one would be other people now
    if (shownList.current === worksheetId) return
    shownList.current = worksheetId
    setSelection(nothing)
    setFocus(-1)
  }, [worksheetId])

  const totals = sheet.first?.totals
  const overall = sheet.first?.overall
  const count = totals?.count ?? 0
  const focused = focus < 0 ? undefined : sheet.rowAt(focus)
  const aim = aimOf(selection, focused, sheet)
  const attachRow = focused && sheet.version !== undefined ? { ...focused, version: sheet.version } : undefined
  const pin = focused && pins.find(({ rowNo }) => rowNo === focused.rowNo)
  const hasPaperUp = look.hasPaper && tab !== 'attachments'
  const togglePin = () => isMine && focused && pinning.mutate({ rowNo: focused.rowNo, pin: pin ? 'off' : 'on' })
  useSeen(
    isMine && asked === null && pin && !pin.isSeen && (tab === 'detail' || hasPaperUp) ? pin.rowNo : null,
    (rowNo) => pinning.mutate({ rowNo, pin: 'seen' }),
  )
  const hasChosen = selection.kind === 'all' || selection.keys.size > 0
  const isComing = !hasChosen && focused === undefined && focus >= 0 && focus < count
  const mayMark = detail.marks !== null && (isMine || detail.fourEyes?.canRelease === true) && look.out !== null
  const notMarking = !mayMark
    ? '先に担当してください'
    : isComing
      ? COMING
      : aim.count === 0
        ? '行を選んでください'
        : isChanging
          ? '送っています'
          : null

  const search = (to: SheetSearch) => {
    setSelection(nothing)
    setFocus(-1)
    void navigate({ to: '/tasks/$taskId', params: { taskId }, search: to, replace: true })
  }
  const toReasons = () => {
    setTab('out')
    setFocusToken((token) => token + 1)
  }
  useEffect(() => {
    if (awaited < 0 || (awaited === focus && focused === undefined)) return
    setAwaited(-1)
    if (awaited === focus) toReasons()
  }, [awaited, focus, focused])
  const takeOut = () => {
    // where a reason is chosen first, a quick hand need not press again; a paper is looked at before
    if (notMarking === COMING && !look.hasPaper) setAwaited(focus)
    if (notMarking !== null) return
    marking.reset()
    const proposed = aim.rows.filter(({ verdict, reason }) => verdict === '要確認' && reason !== null)
    if (look.out?.action === 'pull' && proposed.length > 0 && proposed.length === aim.count)
      return void marking.acceptEach(proposed, 'pull')
    if (look.hasPaper) setOpen('reason')
    else toReasons()
  }
  const sendBack = () => look.back && marking.mark(selection, focused, { action: look.back.action })
  const isLead = useMe().roles.some(({ role }) => role === 'kakaricho')
  const mayBeProtected = aim.rows.length < aim.count || aim.rows.some(({ isProtected }) => isProtected)
  const takeBack = () => {
    if (!look.back || notMarking !== null) return
    if (isLead && detail.marks?.ofProtected && mayBeProtected) return setOpen('protected') // a 担当 is refused anyway
    sendBack()
  }
  const memo = () => notMarking === null && setOpen('memo')
  const proposed = sheet.first?.proposedCount ?? 0
  const acceptAll = () => look.hasPaper && mayMark && proposed > 0 && !isChanging && accept.mutate()

  const form = detail.form as FormSchema // the server sends the step's own JSON Schema
  const decisions = decisionsOf(form)
  const step = stepOf(detail, decisions[0], {
    look,
    overall,
    isMine,
    isOld: age.isOld,
    unseen: pins.filter(({ isSeen }) => !isSeen).length,
  })
  const chosen = decisions.find(({ value }) => value === asked)
  const isMain = chosen !== undefined && chosen === decisions[0]
  const ask = (decision: string) => {
    decide.reset()
    setAsked(decision)
  }
  const askMain = () => step.blocked === null && decisions[0] && ask(decisions[0].value)
  useShortcuts({ E: takeOut, I: takeBack, M: memo, A: acceptAll, P: togglePin, 'Ctrl+Enter': askMain })

  const reasons = detail.marks?.reasons.filter(({ action }) => action === look.out?.action) ?? []
  const taking = `選んだ${formatNumber(aim.count)}${look.counter}を${look.out?.verb ?? ''}`
  const panel = look.out && (
    <ReasonPanel
      key={marked}
      title={look.hasPaper ? null : taking}
      verb={`${formatNumber(aim.count)}${look.counter}を${look.out.verb}`}
      reasons={look.hasPaper ? reasons.filter(({ code }) => code === 'P08' || code === 'P99') : reasons}
      effect={effectOf(aim, selection, sheet, look)}
      blocked={notMarking}
      error={marking.error}
      focusToken={look.hasPaper ? 1 : focusToken}
      onSubmit={(mark) => look.out && marking.mark(selection, focused, { action: look.out.action, ...mark })}
      onCancel={() => {
        setOpen(null)
        toGrid()
      }}
    />
  )
  const columns = sheetColumns(look, info, totals, pins)
  const visible = columns.filter(({ key }) => !info.hiddenColumns.includes(key))
  const problem =
    sheet.error ??
    pinning.error ??
    accept.error ??
    refresh.error ??
    alone.error ??
    (tab === 'out' && !look.hasPaper ? null : marking.error) ??
    draft.error
  const isFar = farFromBefore(info.counted, overall?.byVerdict.find(({ verdict }) => verdict === '対象')?.count ?? 0)
  const undecided = overall?.byVerdict.find(({ verdict }) => verdict === '要確認')?.count ?? 0
  return (
    <>
      <SheetSums
        look={look}
        overall={overall}
        counted={info.counted}
        params={{ ...detail.params, ...detail.variables }}
        receiptsAt={receipts.data?.items[0]?.finishedAt}
      />
      {isFar && (
        <Note kind="warn">
          <b>対象の件数が、前の納期の処理と大きく違います。</b>
          わけを確かめ、確認済みにするときに「確かめた」に印を付けてください。
        </Note>
      )}
      <div className={look.hasPaper ? 'work withpaper' : 'work'}>
        <section aria-label={`${look.noun}の一覧`} ref={area}>
          <SheetToolbar
            taskId={taskId}
            look={look}
            sheet={info}
            filter={filter}
            sort={sort}
            text={text}
            count={count}
            choosable={columns.filter(({ isFrozen }) => isFrozen !== true)}
            shown={csvNames(visible.map(({ key }) => key))}
            onSearch={search}
            onText={(next) => {
              setSelection(nothing) // a row that the search hides is not acted upon
              setFocus(-1)
              setText(next)
            }}
            onBreakdown={look.hasBreakdown ? () => setOpen('breakdown') : undefined}
          />
          <div>
            {look.hasFile && detail.task.runId && (
              <MadeFile runId={detail.task.runId} version={detail.variables['fileVersion']} />
            )}
            {(info.counted['連記'] ?? 0) > 0 && (
              <Note kind="info">
                一行が一つの期別です。印刷番号が同じ行は一通の督促状に並べて印字し、一通ごとに発送するか引き抜きます。
              </Note>
            )}
            {problem !== null && <ProblemNote error={problem} />}
            {isMine && <FormerDraft detail={detail} draft={draft} values={values} onValues={setValues} />}
            {look.hasPaper && undecided > 0 && (
              <Note
                kind="warn"
                action={
                  mayMark && proposed > 0 ? (
                    <Button shortcut="A" onClick={acceptAll}>
                      {formatNumber(proposed)}
                      {look.counter}の提案をすべて受ける
                    </Button>
                  ) : undefined
                }
              >
                決めていない通知が{formatNumber(undecided)}
                {look.counter}あります。作成の後に変わった通知には<b>引抜き</b>
                を提案します。個別作成した通知は、紙面を見て決めます。
              </Note>
            )}
          </div>
          <DataGrid
            label={`${look.noun} ${formatNumber(sheet.first?.count ?? 0)}${look.counter}中 ${formatNumber(count)}${look.counter}を表示`}
            columns={visible}
            count={count}
            rowAt={sheet.rowAt}
            onRange={sheet.onRange}
            keyOf={({ rowNo }) => String(rowNo)}
            nameOf={({ insuredNo }) => insuredNo}
            classOf={({ verdict }) => (verdict === '除外' ? 'off' : undefined)}
            focus={focus}
            onFocus={setFocus}
            selection={selection}
            onSelect={setSelection}
            onOpen={() => setTab('detail')}
            sort={sort ? { column: sort.replace('-', ''), descending: sort.startsWith('-') } : null}
            onSort={({ column, descending }) => search({ filter, sort: `${descending ? '-' : ''}${column}` })}
            footLabel={`表示中 ${formatNumber(count)}${look.counter}の合計`}
            empty={
              <p className="empty">{sheet.first ? `条件に合う${look.noun}はありません。` : '一覧を読んでいます。'}</p>
            }
          />
        </section>
        {look.hasPaper ? (
          <Paper
            row={focused}
            look={look}
            isMine={mayMark}
            onOut={takeOut}
            onBack={takeBack}
            onMove={(by) => setFocus(Math.max(0, Math.min(count - 1, focus + by)))}
            besideTitle={`履歴・添付 ${formatNumber(detail.attachmentCount)}`}
            onBeside={() => setTab(hasPaperUp ? 'attachments' : 'detail')}
            beside={
              !hasPaperUp && (
                <>
                  <TaskAttachments detail={detail} row={attachRow} />
                  <History detail={detail} />
                </>
              )
            }
          />
        ) : (
          <aside className="drawer" aria-label="判断・明細・履歴・添付">
            <Tabs
              label="判断・明細・履歴・添付"
              current={tab}
              onChange={setTab}
              tabs={[
                ...(look.out ? [{ key: 'out' as const, title: look.out.noun }] : []),
                { key: 'detail', title: '明細' },
                { key: 'history', title: '履歴' },
                { key: 'attachments', title: `添付 ${formatNumber(detail.attachmentCount)}` },
              ]}
            >
              {tab === 'out' && panel}
              {tab === 'detail' && (
                <RowDetail row={focused} sheet={info} look={look} ofProtected={detail.marks?.ofProtected ?? null} />
              )}
              {tab === 'history' && <History detail={detail} />}
              {tab === 'attachments' && <TaskAttachments detail={detail} row={attachRow} />}
            </Tabs>
          </aside>
        )}
      </div>
      <div className="actionbar" role="toolbar" aria-label="操作">
        {look.hasPaper && <FourEyes eyes={detail.fourEyes} />}
        <b className="nw" role="status">
          {hasChosen ? (
            <>
              {formatNumber(aim.count)}
              {look.counter}を選択中 <span className="num">{formatNumber(aim.yen)}</span>円
            </>
          ) : isComing ? (
            COMING
          ) : focused ? (
            `この行 1${look.counter}`
          ) : (
            `0${look.counter}を選択中`
          )}
        </b>
        {isOpen && look.out && (hasChosen || !look.hasPaper) && (
          <>
            <Button look="secondary" shortcut="E" blocked={notMarking ?? false} onClick={takeOut}>
              {look.out.verb}…
            </Button>
            <Button look="secondary" shortcut="I" blocked={notMarking ?? false} onClick={takeBack}>
              {look.back?.verb}
            </Button>
            <Button look="secondary" shortcut="M" blocked={notMarking ?? false} onClick={memo}>
              メモ
            </Button>
          </>
        )}
        {look.hasPaper && isMine && <MakeAlone counter={look.counter} rows={aim.rows} make={alone} />}
        {look.hasPaper && mayMark && !hasChosen && (
          <Button look="secondary" onClick={() => refresh.mutate()} blocked={refresh.isPending && '反映しています'}>
            最新の収納を反映
          </Button>
        )}
        {isOpen && (
          <DecisionBar
            decisions={decisions}
            verb={step.verb}
            blocked={step.blocked}
            isMine={isMine}
            draft={{ ...draft, savedAt: draft.savedAt ?? detail.draftSavedAt }}
            onMain={askMain}
            onOther={ask}
          />
        )}
      </div>
      {open === 'reason' && (
        <Dialog title={taking} onClose={() => setOpen(null)}>
          {panel}
        </Dialog>
      )}
      {open === 'breakdown' && (
        <BreakdownDialog
          taskId={taskId}
          filter={sheet.bodyFilter}
          counter={look.counter}
          onClose={() => setOpen(null)}
        />
      )}
      {open === 'protected' && look.back && detail.marks?.ofProtected && (
        <TakeBackDialog
          verb={`${formatNumber(aim.count)}${look.counter}を${look.back.verb}`}
          people={aim.rows.filter(({ isProtected }) => isProtected)}
          isWhole={aim.rows.length === aim.count}
          leadsTo={detail.marks.ofProtected}
          blocked={marking.isBusy && '送っています'}
          error={marking.error}
          onConfirm={sendBack}
          onClose={() => setOpen(null)}
        />
      )}
      {open === 'memo' && (
        <MemoDialog
          count={aim.count}
          counter={look.counter}
          error={marking.error}
          onSave={(note) => marking.mark(selection, focused, { action: 'note', note })}
          onClose={() => setOpen(null)}
        />
      )}
      {chosen && (
        <AskedDecision
          detail={detail}
          chosen={chosen}
          main={isMain ? step : null}
          seen={{ hash: sheet.first?.hash ?? null, count: sheet.first?.count ?? null }}
          values={values}
          onValues={setValues}
          isFilled={false}
          notices={isMain && isFar ? ['outlierCount'] : []}
          decide={decide}
          draft={draft}
          onClose={() => setAsked(null)}
        >
          <SheetSums look={look} overall={overall} counted={info.counted} params={{}} />
        </AskedDecision>
      )}
    </>
  )
}
