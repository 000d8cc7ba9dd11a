import type { WorksheetKind } from '#runtime/worksheet/kind.ts'

/** 送付一覧 (005 makes it, 006 decides it): what goes to the 広域連合, and what does not with its reason. */
export const tainoshaList: WorksheetKind = {
  kind: 'tainosha',
  detailTable: 'tainosha_rows',
  detailColumns: ['section', 'status', 'due_on', 'unpaid_yen', 'previous_unpaid_yen', 'change'],
  columns: [
    { name: 'section', label: '区分', type: 'text', sql: 'd.section', isSortable: true, isTotalled: false },
    { name: 'status', label: '状態', type: 'text', sql: 'd.status', isSortable: true, isTotalled: false },
    { name: 'dueOn', label: '納期限', type: 'date', sql: 'd.due_on', isSortable: true, isTotalled: false },
    { name: 'unpaidYen', label: '未納額', type: 'yen', sql: 'd.unpaid_yen', isSortable: true, isTotalled: true },
    { name: 'change', label: '前版との差', type: 'text', sql: 'd.change', isSortable: true, isTotalled: false },
    { name: 'feeYen', label: '手数料', type: 'yen', sql: '0::bigint', isSortable: false, isTotalled: false },
    { name: 'entaikinYen', label: '延滞金', type: 'yen', sql: '0::bigint', isSortable: false, isTotalled: false },
  ],
  joins: '',
  defaultOrder: `case when d.change <> '初版' and d.change <> '同じ' then 0 when r.verdict = '要確認' then 1 else 2 end, d.section desc,
    s.insured_no, i.fuka_year, i.period`,
}
