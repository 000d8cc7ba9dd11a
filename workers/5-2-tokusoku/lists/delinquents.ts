import { lateFacts, lateFactsJoins } from './late-facts.ts'
import { effectiveVerdict } from '#runtime/worksheet/sheet-sql.ts'
import type { WorksheetKind } from '#runtime/worksheet/kind.ts'

const EYE_CATCHERS = `array['F-高','F-初','F-併','F-転','F-宛']`

/** 滞納者一覧 (001 makes it, 002 decides it). 要確認 first, then 対象 that catch the eye, the other 対象, then 除外. */
export const delinquentList: WorksheetKind = {
  kind: 'delinquents',
  detailTable: 'delinquent_rows',
  detailColumns: [
    'due_on',
    'charged_yen',
    'received_yen',
    'unpaid_yen',
    'fee_yen',
    'entaikin_yen',
    'limit_on',
    'prescribes_on',
    'days_late',
    'overpaid_yen',
    'addressee_kind',
    'payment_method',
    'bank',
    'change',
    'previous_unpaid_yen',
  ],
  columns: [
    {
      name: 'addresseeKind',
      label: '宛名区分',
      type: 'text',
      sql: 'd.addressee_kind',
      isSortable: true,
      isTotalled: false,
    },
    { name: 'dueOn', label: '納期限', type: 'date', sql: 'd.due_on', isSortable: true, isTotalled: false },
    { name: 'chargedYen', label: '調定額', type: 'yen', sql: 'd.charged_yen', isSortable: true, isTotalled: true },
    { name: 'receivedYen', label: '収納済額', type: 'yen', sql: 'd.received_yen', isSortable: true, isTotalled: true },
    { name: 'unpaidYen', label: '未納額', type: 'yen', sql: 'd.unpaid_yen', isSortable: true, isTotalled: true },
    { name: 'feeYen', label: '手数料', type: 'yen', sql: 'd.fee_yen', isSortable: true, isTotalled: true },
    { name: 'entaikinYen', label: '延滞金', type: 'yen', sql: 'd.entaikin_yen', isSortable: true, isTotalled: true },
    { name: 'limitOn', label: '発送期限', type: 'date', sql: 'd.limit_on', isSortable: true, isTotalled: false },
    { name: 'daysLate', label: '経過日数', type: 'integer', sql: 'd.days_late', isSortable: true, isTotalled: false },
    {
      name: 'paymentMethod',
      label: '納付方法',
      type: 'text',
      sql: 'd.payment_method',
      isSortable: true,
      isTotalled: false,
    },
    {
      name: 'bank',
      label: '金融機関',
      type: 'text',
      sql: 'd.bank',
      isSortable: false,
      isTotalled: false,
      isGuarded: true,
    },
    { name: 'overpaidYen', label: '過誤納額', type: 'yen', sql: 'd.overpaid_yen', isSortable: true, isTotalled: false },
    { name: 'change', label: '前版との差', type: 'text', sql: 'd.change', isSortable: true, isTotalled: false },
    { name: 'lateFacts', label: '把握後の異動', type: 'list', sql: lateFacts, isSortable: false, isTotalled: false },
    {
      name: 'previousUnpaidYen',
      label: '前版の未納額',
      type: 'yen',
      sql: 'd.previous_unpaid_yen',
      isSortable: false,
      isTotalled: false,
    },
  ],
  joins: lateFactsJoins,
  breakdowns: [{ column: 'dueOn' }, { column: 'bank', whenEmpty: '納付書' }],
  defaultOrder: `case ${effectiveVerdict} when '要確認' then 0 when '対象' then case when r.flags && ${EYE_CATCHERS} then 1 else 2 end else 3 end,
    s.insured_no, i.fuka_year, i.period`,
}
