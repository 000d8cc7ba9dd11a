// Made by `npm run generate` from processes/*/*.form.json. Do not edit: change the form.
import { Type } from 'typebox'
import type { PlainDate } from '#kernel/plain-date.ts'

/** What a person sends to end a step, by step id: closed schemas with their Japanese labels (`x-label`). */
export const FORMS = {
  '0-1-juryo-kakunin/002-confirm-receipt': Type.Object(
    {
      decision: Type.Unsafe<'ok' | 'redo'>({ type: 'string', enum: ['ok', 'redo'], 'x-label': '判断' }),
      comment: Type.Optional(Type.String({ maxLength: 500, 'x-label': 'コメント', 'x-multiline': true })),
    },
    {
      title: '受領確認',
      additionalProperties: false,
      'x-decisions': [
        { value: 'ok', label: '受領した', act: 'complete' },
        { value: 'redo', label: '登録し直す', act: 'complete' },
      ],
    },
  ),
  '5-2-tokusoku/002-confirm-delinquents': Type.Object(
    {
      decision: Type.Unsafe<'ok' | 'redo'>({ type: 'string', enum: ['ok', 'redo'], 'x-label': '判断' }),
      asOf: Type.Optional(Type.Unsafe<PlainDate>({ type: 'string', format: 'date', 'x-label': '新しい基準日', 'x-when': ['redo'] })),
      issueOn: Type.Optional(Type.Unsafe<PlainDate>({ type: 'string', format: 'date', 'x-label': '新しい発送日', 'x-when': ['redo'] })),
      lateReason: Type.Optional(Type.String({
        minLength: 5,
        maxLength: 200,
        'x-label': '納期限後20日を過ぎる理由',
        'x-when': ['redo'],
        'x-multiline': true,
      })),
      acknowledged: Type.Optional(Type.Array(Type.Unsafe<'outlierCount'>({
        type: 'string',
        enum: ['outlierCount'],
        'x-labels': { outlierCount: '前の納期限の処理と対象件数が大きく違うことを確かめた' },
      }), { uniqueItems: true, 'x-label': '見た注意' })),
      comment: Type.Optional(Type.String({ maxLength: 500, 'x-label': 'コメント', 'x-multiline': true })),
    },
    {
      title: '督促・滞納者確認',
      additionalProperties: false,
      'x-decisions': [
        { value: 'ok', label: '確認済みにする', act: 'complete' },
        { value: 'redo', label: '把握し直す', act: 'complete' },
      ],
      allOf: [
        {
          if: { properties: { decision: { const: 'redo' } } },
          then: { required: ['asOf', 'issueOn'] },
          else: { properties: { asOf: false, issueOn: false, lateReason: false } },
        },
      ],
    },
  ),
  '5-2-tokusoku/004-check-notices': Type.Object(
    {
      decision: Type.Unsafe<'ok' | 'redo' | 'recheck'>({ type: 'string', enum: ['ok', 'redo', 'recheck'], 'x-label': '判断' }),
      asOf: Type.Optional(Type.Unsafe<PlainDate>({ type: 'string', format: 'date', 'x-label': '新しい基準日', 'x-when': ['recheck'] })),
      issueOn: Type.Optional(Type.Unsafe<PlainDate>({ type: 'string', format: 'date', 'x-label': '新しい発送日', 'x-when': ['recheck'] })),
      lateReason: Type.Optional(Type.String({
        minLength: 5,
        maxLength: 200,
        'x-label': '納期限後20日を過ぎる理由',
        'x-when': ['recheck'],
        'x-multiline': true,
      })),
      comment: Type.Optional(Type.String({ maxLength: 500, 'x-label': 'コメント', 'x-multiline': true })),
    },
    {
      title: '督促状・納付書作成対象者確認',
      additionalProperties: false,
      'x-decisions': [
        { value: 'ok', label: '発送を認める', act: 'release' },
        { value: 'redo', label: '作り直す', act: 'complete' },
        { value: 'recheck', label: '把握からやり直す', act: 'complete' },
      ],
      allOf: [
        {
          if: { properties: { decision: { const: 'recheck' } } },
          then: { required: ['asOf', 'issueOn'] },
          else: { properties: { asOf: false, issueOn: false, lateReason: false } },
        },
      ],
    },
  ),
  '5-2-tokusoku/006-confirm-tainosha-file': Type.Object(
    {
      decision: Type.Unsafe<'ok' | 'redo'>({ type: 'string', enum: ['ok', 'redo'], 'x-label': '判断' }),
      sentOn: Type.Optional(Type.Unsafe<PlainDate>({ type: 'string', format: 'date', 'x-label': '送付した日', 'x-when': ['ok'] })),
      sentBy: Type.Optional(Type.Unsafe<'1' | '2' | '3'>({
        type: 'string',
        enum: ['1', '2', '3'],
        'x-label': '送付の方法',
        'x-labels': { '1': '連携サーバ', '2': 'LGWAN', '3': '媒体' },
        'x-when': ['ok'],
      })),
      receiptNo: Type.Optional(Type.String({ minLength: 1, maxLength: 30, 'x-label': '受付番号', 'x-when': ['ok'] })),
      reason: Type.Optional(Type.Unsafe<'S01' | 'S02' | 'S03' | 'S04' | 'S99'>({
        type: 'string',
        enum: ['S01', 'S02', 'S03', 'S04', 'S99'],
        'x-label': '作り直す理由',
        'x-labels': { S01: '件数不一致', S02: '金額不一致', S03: '対象者誤り', S04: '形式エラー(広域連合からの指摘)', S99: 'その他' },
        'x-when': ['redo'],
      })),
      comment: Type.Optional(Type.String({ maxLength: 500, 'x-label': 'コメント', 'x-multiline': true })),
    },
    {
      title: '広域連合送付滞納者確認',
      additionalProperties: false,
      'x-decisions': [
        { value: 'ok', label: '送付を記録する', act: 'complete' },
        { value: 'redo', label: '作り直す', act: 'complete' },
      ],
      allOf: [
        {
          if: { properties: { decision: { const: 'ok' } } },
          then: { required: ['sentOn', 'sentBy'], properties: { reason: false } },
          else: { required: ['reason'], properties: { sentOn: false, sentBy: false, receiptNo: false } },
        },
      ],
    },
  ),
  '5-2-tokusoku/007-register-dispatch': Type.Object(
    {
      decision: Type.Unsafe<'ok'>({ type: 'string', enum: ['ok'], 'x-label': '判断' }),
      issuedOn: Type.Unsafe<PlainDate>({ type: 'string', format: 'date', 'x-label': '発送した日' }),
      dispatchedCount: Type.Integer({ minimum: 0, 'x-label': '発送した通数', 'x-unit': '通' }),
      method: Type.Unsafe<'1' | '2' | '3' | '4'>({
        type: 'string',
        enum: ['1', '2', '3', '4'],
        'x-label': '発送の方法',
        'x-labels': { '1': '普通郵便', '2': '特定記録', '3': '簡易書留', '4': '手渡し' },
      }),
      undispatched: Type.Optional(Type.Array(Type.Object(
        {
          noticeId: Type.String({ format: 'uuid', 'x-label': '通知' }),
          reason: Type.Unsafe<'P08' | 'P99'>({
            type: 'string',
            enum: ['P08', 'P99'],
            'x-label': '理由',
            'x-labels': { P08: '印字不良', P99: 'その他' },
          }),
          note: Type.Optional(Type.String({ minLength: 5, maxLength: 500, 'x-label': 'メモ' })),
        },
        {
          additionalProperties: false,
          allOf: [{ if: { properties: { reason: { const: 'P99' } } }, then: { required: ['note'] } }],
        },
      ), { 'x-label': '発送しなかった通知' })),
      returns: Type.Optional(Type.Array(Type.Object(
        {
          noticeId: Type.String({ format: 'uuid', 'x-label': '通知' }),
          returnedOn: Type.Unsafe<PlainDate>({ type: 'string', format: 'date', 'x-label': '戻った日' }),
          reason: Type.Unsafe<'R1' | 'R2' | 'R3' | 'R4' | 'R5' | 'R9'>({
            type: 'string',
            enum: ['R1', 'R2', 'R3', 'R4', 'R5', 'R9'],
            'x-label': '理由',
            'x-labels': { R1: 'あて所に尋ねあたりません', R2: '転居先不明', R3: '受取拒否', R4: '保管期間経過', R5: '死亡', R9: 'その他' },
          }),
        },
        { additionalProperties: false },
      ), { 'x-label': '返戻' })),
      comment: Type.Optional(Type.String({ maxLength: 500, 'x-label': 'コメント', 'x-multiline': true })),
    },
    {
      title: '督促発送情報登録',
      additionalProperties: false,
      'x-decisions': [{ value: 'ok', label: '登録する', act: 'complete' }],
    },
  ),
}

export type FormId = keyof typeof FORMS
