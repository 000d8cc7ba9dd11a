import { Type } from 'typebox'
import {
  closedObject,
  CountNumber,
  Day,
  IdText,
  Instant,
  nullable,
  oneOf,
  paging,
  Uuid,
  YenNumber,
  type RouteTable,
} from '#access/route-schema.ts'

/** A column of a review list: one grid shows every 確認 from these. */
export const WorksheetColumnInfo = closedObject({
  name: Type.String(),
  label: Type.String(),
  type: oneOf(['text', 'yen', 'date', 'integer', 'list', 'instalment']),
  isSortable: Type.Boolean(),
  isTotalled: Type.Boolean(),
})

/** A code with its words, for chips and cells. */
export const Coded = closedObject({ code: Type.String(), label: Type.String() })

/** A chip above the list: a filter with its 件数. */
export const FilterChip = closedObject({
  label: Type.String(),
  count: CountNumber,
  filter: Type.Record(Type.String(), Type.Unknown()),
})

export const worksheetInfo = closedObject({
  worksheetId: IdText,
  kind: Type.String(),
  version: Type.Integer(),
  columns: Type.Array(WorksheetColumnInfo),
  chips: Type.Array(FilterChip),
  /** Words for every reason code of the flow. */
  reasons: Type.Array(Coded),
  /** Words for every flag of the flow. */
  flags: Type.Array(Coded),
  /** What the step counted when it made the list: by 判定, of 001 also 全件 and 完納 (control line), 前の納期の対象
   *  and 件数差の注意 (per cent), of 004 連記, 督促状 and 他の処理回. */
  counted: Type.Record(Type.String(), CountNumber),
  count: CountNumber,
  hash: Type.String(),
  /** Columns that this person leaves out of lists of this kind. */
  hiddenColumns: Type.Array(Type.String()),
})

export const instalmentKey = closedObject({
  fukaYear: Type.Integer(),
  choteiYear: Type.Integer(),
  tsuchishoNo: Type.String(),
  period: Type.String(),
  method: Type.String(),
})

/** A row of a review list. `cells` holds the kind's columns: yen and counts as integers, dates ISO, lists as arrays. */
export const WorksheetRow = closedObject({
  rowNo: Type.Integer({ minimum: 1 }),
  insuredId: IdText,
  insuredNo: Type.String(),
  personName: Type.String(),
  /** Kana is masked for a protected person. */
  personKana: nullable(Type.String()),
  isProtected: Type.Boolean(),
  /** Another person of this list has the same name, 異体字 folded. */
  hasNamesake: Type.Boolean(),
  key: instalmentKey,
  /** What holds now, after marks. */
  verdict: Type.String(),
  /** What the step found. */
  baseVerdict: Type.String(),
  /** Primary reason code the step found. */
  reason: nullable(Type.String()),
  /** Reason code a person gave. */
  markReason: nullable(Type.String()),
  otherReasons: Type.Array(Type.String()),
  flags: Type.Array(Type.String()),
  unpaidYen: YenNumber,
  feeYen: YenNumber,
  entaikinYen: YenNumber,
  /** 004 */
  noticeId: Type.Optional(nullable(Uuid)),
  proposal: Type.Optional(nullable(Type.String())),
  printedYen: Type.Optional(YenNumber),
  currentYen: Type.Optional(YenNumber),
  markedBy: nullable(Type.String()),
  isCarriedOver: Type.Boolean(),
  note: nullable(Type.String()),
  followUpOn: nullable(Day),
  /** Names of cells whose value is 伏せている. */
  masked: Type.Array(Type.String()),
  cells: Type.Record(Type.String(), Type.Unknown()),
})

/** 先頭に留めた行; `isSeen`: somebody has opened its 明細 since. */
const Pin = closedObject({ rowNo: Type.Integer({ minimum: 1 }), isSeen: Type.Boolean() })

export const WorksheetTotals = closedObject({
  count: CountNumber,
  people: CountNumber,
  /** Of these: with a row 対象; with a row 要確認 and none 対象. The others are 除外 alone. */
  targetPeople: CountNumber,
  reviewPeople: CountNumber,
  byVerdict: Type.Array(closedObject({ verdict: Type.String(), count: CountNumber, yen: YenNumber })),
  sums: Type.Record(Type.String(), YenNumber),
})

/** 内訳 of what a filter shows. */
export const BreakdownTable = closedObject({
  name: Type.String(),
  label: Type.String({ description: '納期限' }),
  lines: Type.Array(
    closedObject({
      value: Type.String(),
      /** 判定と理由 only. */
      reason: nullable(Type.String()),
      label: Type.String({ description: '対象 / 除外 A03 少額 / 2026-07-31' }),
      count: CountNumber,
      people: CountNumber,
      /** By column: unpaidYen, feeYen … */
      sums: Type.Record(Type.String(), YenNumber),
    }),
  ),
})

/** The closed filter language of lists; all given parts must hold. */
export const worksheetFilter = closedObject({
  verdict: Type.Optional(Type.Array(Type.String({ maxLength: 20 }), { maxItems: 20 })),
  reason: Type.Optional(Type.Array(Type.String({ maxLength: 20 }), { maxItems: 50 })),
  flag: Type.Optional(Type.Array(Type.String({ maxLength: 20 }), { maxItems: 50 })),
  change: Type.Optional(Type.Array(Type.String({ maxLength: 20 }), { maxItems: 20 })),
  dueOn: Type.Optional(Type.Array(Day, { maxItems: 50 })),
  rowNo: Type.Optional(Type.Array(Type.Integer({ minimum: 1 }), { maxItems: 10_000 })),
})
const searchFilter = closedObject({
  ...worksheetFilter.properties,
  text: Type.Optional(Type.String({ minLength: 1, maxLength: 60 })),
})

export const WorksheetPage = closedObject({
  rows: Type.Array(WorksheetRow),
  /** Of what the filter shows. */
  totals: WorksheetTotals,
  /** Of the whole list. */
  overall: WorksheetTotals,
  /** Rows of the whole list that wait for a decision with a proposal: what /proposals/accept accepts. */
  proposedCount: CountNumber,
  /** Fingerprint of the whole list with its marks: what a decision refers to. */
  hash: Type.String(),
  /** Rows of the whole list. */
  count: CountNumber,
  version: Type.Integer(),
  nextCursor: nullable(Type.String()),
  /** Rows that stand on top of the list, whatever its order. */
  pins: Type.Array(Pin),
})

/** 印刷用の一覧: everything the paper says, without people under 抑止. */
export const PrintList = closedObject({
  municipality: Type.String(),
  runNumber: nullable(Type.String()),
  runTitle: nullable(Type.String()),
  /** 基準日 of the run, if it has one. */
  asOf: nullable(Day),
  version: Type.Integer(),
  printedBy: Type.String(),
  printedAt: Instant,
  terminal: Type.String(),
  rows: Type.Array(WorksheetRow),
  totals: WorksheetTotals,
  omitted: CountNumber,
})

const taskId = closedObject({ taskId: Uuid })
const Sort = Type.String({
  maxLength: 60,
  description: 'column name; 「-」 in front for descending; absent: the list’s own order',
})

/** 版 of the list that row numbers were read from. A list that is made anew numbers other people; TASK-005 then. */
export const ListVersion = Type.Integer({ minimum: 1, description: 'the version of the list whose rows are meant' })

/** Which rows, what is done to them, why. */
export const Marks = closedObject({
  rows: Type.Union([
    Type.Array(Type.Integer({ minimum: 1 }), { minItems: 1, maxItems: 10_000 }),
    closedObject({ filter: searchFilter, hash: Type.String({ maxLength: 64 }) }),
  ]),
  action: oneOf(['exclude', 'include', 'pull', 'unpull', 'note']),
  reason: Type.Optional(nullable(Type.String({ maxLength: 20 }))),
  note: Type.Optional(nullable(Type.String({ maxLength: 500 }))),
  followUpOn: Type.Optional(nullable(Day)),
  version: Type.Optional(ListVersion),
})

export const worksheetRoutes = {
  'GET /api/tasks/:taskId/worksheet': {
    summary: '確認の一覧',
    params: taskId,
    query: closedObject({
      filter: Type.Optional(Type.String({ maxLength: 4000, description: 'JSON of the filter' })),
      sort: Type.Optional(Sort),
      ...paging,
    }),
    reply: WorksheetPage,
  },
  'POST /api/tasks/:taskId/worksheet/search': {
    summary: '確認の一覧を氏名・番号で探す',
    params: taskId,
    body: closedObject({ filter: searchFilter, sort: Type.Optional(Sort), ...paging }),
    reply: WorksheetPage,
  },
  'GET /api/tasks/:taskId/worksheet.csv': {
    summary: '確認の一覧のCSV',
    params: taskId,
    query: closedObject({
      filter: Type.Optional(Type.String({ maxLength: 4000 })),
      sort: Type.Optional(Sort),
      encoding: Type.Optional(oneOf(['utf-8', 'cp932'])),
      columns: Type.Optional(Type.String({ maxLength: 1000, description: 'names with commas between; absent: all' })),
      /** excel: ="0012", so that a spreadsheet keeps the leading zeros of numbers. */
      zeros: Type.Optional(oneOf(['plain', 'excel'])),
    }),
    stream: 'text/csv',
  },
  'POST /api/tasks/:taskId/worksheet/print': {
    summary: '確認の一覧を印刷用に出す(記録に残る)',
    params: taskId,
    body: closedObject({ filter: Type.Optional(searchFilter), sort: Type.Optional(Sort) }),
    reply: PrintList,
  },
  'POST /api/tasks/:taskId/worksheet/breakdown': {
    summary: '確認の一覧の内訳(判定と理由、納期限、金融機関)',
    params: taskId,
    body: closedObject({ filter: Type.Optional(searchFilter) }),
    reply: closedObject({ items: Type.Array(BreakdownTable) }),
  },
  'POST /api/tasks/:taskId/pins': {
    summary: '行を先頭に留める・やめる・明細を見た',
    params: taskId,
    body: closedObject({ rowNo: Type.Integer({ minimum: 1 }), pin: oneOf(['on', 'off', 'seen']) }),
    reply: closedObject({ pins: Type.Array(Pin) }),
  },
  'PUT /api/sheets/:kind/columns': {
    summary: '確認の一覧に出さない列(自分の画面だけ)',
    params: closedObject({ kind: Type.String({ maxLength: 60 }) }),
    body: closedObject({ hidden: Type.Array(Type.String({ maxLength: 60 }), { maxItems: 60 }) }),
    reply: closedObject({ hidden: Type.Array(Type.String()) }),
  },
  'POST /api/tasks/:taskId/marks': {
    summary: '行に判断を付ける',
    params: taskId,
    body: Marks,
    reply: closedObject({ count: CountNumber, hash: Type.String(), overall: WorksheetTotals }),
    idempotent: true,
  },
  'POST /api/tasks/:taskId/proposals/accept': {
    summary: '提案をすべて受け入れる',
    params: taskId,
    reply: closedObject({ count: CountNumber, hash: Type.String(), overall: WorksheetTotals }),
    idempotent: true,
  },
} as const satisfies RouteTable
