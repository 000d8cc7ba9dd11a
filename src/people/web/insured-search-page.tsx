import { useEffect, useState } from 'react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import type { Reply } from '#api/contract.ts'
import { parsePlainDate } from '#kernel/plain-date.ts'
import { formatWareki } from '#rules/calendar/wareki.ts'
import { api } from '#web/lib/api.ts'
import { formatNumber } from '#web/lib/numbers.ts'
import { searchTextKey } from '#web/lib/search-text.ts'
import { isComposing } from '#web/lib/shortcuts.ts'
import { DataGrid, type GridColumn } from '#web/ui/grid/data-grid.tsx'
import { Icon } from '#web/ui/icon.tsx'
import { Mask } from '#web/ui/mask.tsx'
import { Pager } from '#web/ui/pager.tsx'
import { ProblemNote } from '#web/ui/problem-note.tsx'
import { TaskHead } from '#web/ui/taskhead.tsx'

type Hit = Reply<'POST /api/insured/search'>['items'][number]
const PAGE = 100

const columns: readonly GridColumn<Hit>[] = [
  { key: 'no', head: '被保険者番号', width: 7, className: 'code', cell: ({ insuredNo }) => insuredNo },
  {
    key: 'name',
    head: '氏名',
    width: 12,
    className: 'el',
    cell: ({ insuredId, name, isSimilar, isProtected }) => (
      <>
        <Link to="/insured/$insuredId" params={{ insuredId }} tabIndex={-1}>
          {name}
        </Link>{' '}
        {isSimilar && <Icon name="users" label="似た人がいます" />}
        {isProtected && <Icon name="shield" label="抑止" />}
      </>
    ),
  },
  {
    key: 'kana',
    head: '氏名カナ',
    width: 13,
    className: 'el',
    cell: ({ kana }) => (kana.isMasked ? <Mask /> : kana.value),
  },
  {
    key: 'born',
    head: '生年月日',
    width: 10.5,
    cell: ({ bornOn }) => {
      const date = bornOn === null ? null : parsePlainDate(bornOn)
      return date ? formatWareki(date) : '—'
    },
  },
  {
    key: 'address',
    head: '住所',
    className: 'el',
    cell: ({ address }) => (address.isMasked ? <Mask /> : (address.value ?? '—')),
  },
  { key: 'atena', head: '宛名番号', width: 10, className: 'code', cell: ({ atenaNo }) => atenaNo },
  { key: 'status', head: '資格', width: 6.5, cell: ({ status }) => status },
]

/** 被保険者を探す: what is typed goes by POST; it is never in the address, the title or the storage of this machine. */
export function InsuredSearchPage() {
  const client = useQueryClient()
  const navigate = useNavigate()
  const { data: kept = '' } = useQuery({
    queryKey: searchTextKey,
    queryFn: () => '',
    staleTime: Number.POSITIVE_INFINITY,
  })
  const [typed, setTyped] = useState(kept)
  const [page, setPage] = useState(1)
  const [focus, setFocus] = useState(-1)
  useEffect(() => {
    setTyped(kept)
    setPage(1)
    setFocus(-1)
  }, [kept])
  const hits = useQuery({
    queryKey: ['insured', 'search', kept, page],
    // the cursor of this route is a page's place in the list; asking anew keeps one read event a page
    queryFn: () => searchPage(kept, page),
    enabled: kept !== '',
    staleTime: 60_000,
  })
  const items = kept === '' ? [] : (hits.data?.items ?? [])
  const total = kept === '' ? 0 : (hits.data?.total ?? 0)
  const search = () => client.setQueryData(searchTextKey, typed.trim())
  return (
    <main className="main lay-one" id="main">
      <TaskHead
        title={<>被保険者{kept !== '' && hits.isSuccess && <span className="sub">{formatNumber(total)}人</span>}</>}
      />
      <div className="toolbar">
        <label htmlFor="insured-q">被保険者番号・宛名番号・カナ・氏名・生年月日</label>
        <input
          id="insured-q"
          className="inp long"
          autoComplete="off"
          maxLength={60}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          onKeyDown={(event) => event.key === 'Enter' && !isComposing(event) && search()}
        />
        <button type="button" className="btn pri" onClick={search}>
          探す
        </button>
        <span className="sub">異体字(髙と高、﨑と崎)は同じ字として探します。照会は記録に残ります。</span>
      </div>
      <div className="gridarea">
        {hits.error && <ProblemNote error={hits.error} />}
        <DataGrid
          label={`被保険者 ${formatNumber(total)}人`}
          columns={columns}
          count={items.length}
          total={total}
          offset={(page - 1) * PAGE}
          rowAt={(index) => items[index]}
          keyOf={({ insuredId }) => insuredId}
          nameOf={({ insuredNo }) => insuredNo}
          focus={focus}
          onFocus={setFocus}
          onOpen={({ insuredId }) => void navigate({ to: '/insured/$insuredId', params: { insuredId } })}
          isStackable
          empty={
            <p className="empty">
              {kept === ''
                ? '番号、カナ、氏名、生年月日のどれかで探します。'
                : hits.isSuccess
                  ? '条件に合う人はいません。'
                  : '探しています'}
            </p>
          }
        />
      </div>
      <div className="actionbar">
        <span className="sub">
          <Icon name="users" /> 同じ氏名・生年月日の人がいます <Icon name="shield" /> 支援措置の対象者
        </span>
        <span className="end">
          <Pager page={page} size={PAGE} shown={items.length} total={total} onPage={setPage} />
        </span>
      </div>
    </main>
  )
}

/** Pages of a search follow each other by cursor; the page wanted is reached from the first one. */
async function searchPage(q: string, page: number): Promise<Reply<'POST /api/insured/search'>> {
  let found = await api('POST /api/insured/search', { body: { q, limit: PAGE } })
  for (let at = 1; at < page && found.nextCursor !== null; at += 1)
    found = await api('POST /api/insured/search', { body: { q, limit: PAGE, cursor: found.nextCursor } })
  return found
}
