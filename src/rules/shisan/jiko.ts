import { addDays, type PlainDate, plainDateOf } from '#kernel/plain-date.ts'
import { ok } from '#kernel/result.ts'
import { formatWareki } from '../calendar/wareki.ts'
import { type PrescriptionEffect, type PrescriptionStep, runPrescriptionClock } from '../prescription/clock.ts'
import { PRESCRIPTION_EVENTS, type PrescriptionEvent } from '../prescription/events.ts'
import { TOKUSOKU_OPTIONS } from '../tokusoku/options.ts'
import { defineShisan, type ExplainLine, refuse } from './definition.ts'
import { choice, date, list, record } from './schema.ts'

const YEARS = TOKUSOKU_OPTIONS.prescriptionYears.default

const row = (
  id: string,
  source: string,
  dueOn: string,
  events: readonly (readonly [PrescriptionEvent['kind'], string])[],
  completesOn?: string,
) => ({
  id,
  source,
  input: { dueOn, events: events.map(([kind, on]) => ({ kind, on })) },
  expected: completesOn === undefined ? {} : { completesOn },
})

/** 出来事 by what it is called in a form, with what its day is. */
const LABELS: Readonly<Record<PrescriptionEvent['kind'], string>> = {
  督促: '督促(指定期限の日)',
  一部納付: '一部納付(領収日)',
  承認: '承認(納付誓約書・猶予申請の署名か受付の早い日)',
  催告: '催告(書面の日)',
  猶予開始: '徴収猶予・換価の猶予の始め',
  猶予終了: '徴収猶予・換価の猶予の最後の日',
  差押: '差押え・参加差押え・交付要求',
  取立: '取立て・配当',
  差押解除: '差押えの解除(取立てなし)',
  差押取消: '差押えの取消し(誤り)',
  執行停止: '執行停止',
}

export const jiko = defineShisan({
  name: 'jiko',
  term: '時効',
  summary: '1つの期の保険料について、時効が完成する日を、督促や納付などの経過から求めます。',
  basis: [
    `時効は${YEARS}年(高齢者の医療の確保に関する法律160条1項)[own knowledge, verify]`,
    '督促は時効を更新する(同条2項。同じ形の介護保険法200条2項の引用による)[own knowledge, verify]',
    '更新するのは最初の督促だけ。後の催告は6か月、完成を1回だけ猶予する(民法150条)[source: 介護保険法200条2項の引用, 民法の条文]',
    '一部納付・納付誓約は債務の承認として更新する [own knowledge, verify; 南伊勢町規則4条は承認及び納付誓約書を用いる]',
    '差押えの間は完成しない。取立てで更新する [own knowledge, verify]',
  ],
  formula: [
    `納期限の翌日から${YEARS}年: 時効完成日 = 納期限の${YEARS}年後の同じ日(2月29日は2月28日)`,
    `督促(最初)・一部納付・承認・猶予の終わり・取立て: その日の翌日から改めて${YEARS}年`,
    '徴収猶予・換価の猶予・差押えの間は完成しない',
    '差押えの解除(取立てなし)・催告: その日から6か月より前には完成しない。催告は、更新があるまで1回だけ',
    '執行停止の間も進む。完成の後の出来事に効果はない',
    '債権は、時効完成日の翌日に消滅している',
  ],
  doubts: [
    '督促の後の起算は指定期限の翌日としている。到達の翌日とする市町村では、督促の日に到達の日を入れる [own knowledge, verify]',
    '充当、取立て、年金からの徴収による納付は、本人の承認に当たらない [own knowledge, verify]',
    '効力のない差押え(取消し)は、初めからなかったものとして数える [own knowledge, verify]',
  ],
  input: record('入力', {
    dueOn: date('納期限', '休日の繰延べをした後の日'),
    events: list(
      '出来事',
      record('出来事', {
        kind: choice(
          '種類',
          PRESCRIPTION_EVENTS.map((kind) => [kind, LABELS[kind]] as const),
        ),
        on: date('日'),
      }),
      { description: '日の順でなくてもよい。同じ日のものは、起きた順に並べる', minItems: 0, maxItems: 100 },
    ),
  }),
  output: record(
    '結果',
    {},
    { completesOn: date('時効完成日', 'この日が終わると消滅する。猶予か差押えが続いている間はない') },
  ),
  examples: [
    row('納期限だけ', '2024-07-31の2年後、5.2 A10の規則から算出', '2024-07-31', [], '2026-07-31'),
    row('5.3 §9 #18 督促', '規則から算出', '2026-03-02', [['督促', '2026-04-30']], '2028-04-30'),
    row(
      '5.3 §9 #18',
      '猶予の最後の日から、規則から算出',
      '2026-03-02',
      [
        ['督促', '2026-04-30'],
        ['猶予開始', '2026-07-20'],
        ['猶予終了', '2026-12-20'],
      ],
      '2028-12-20',
    ),
    row('5.3 §9 #6', '催告、規則から算出', '2024-12-27', [['催告', '2026-11-27']], '2027-05-27'),
    row(
      '5.3 §9 #6 2回目',
      '2回目の催告、規則から算出',
      '2024-12-27',
      [
        ['催告', '2026-11-27'],
        ['催告', '2027-02-26'],
      ],
      '2027-05-27',
    ),
    row(
      '5.3 §9 #7',
      '一部納付、規則から算出',
      '2024-12-27',
      [
        ['催告', '2026-11-27'],
        ['催告', '2027-02-26'],
        ['一部納付', '2027-03-10'],
      ],
      '2029-03-10',
    ),
    row(
      '5.3 §9 #8',
      '完成を動かさない催告、規則から算出',
      '2026-09-30',
      [
        ['督促', '2026-10-28'],
        ['催告', '2026-11-27'],
      ],
      '2028-10-28',
    ),
    row(
      '5.3 §9 #9',
      '納付誓約、規則から算出',
      '2026-07-31',
      [
        ['督促', '2026-09-10'],
        ['承認', '2026-12-03'],
      ],
      '2028-12-03',
    ),
    row(
      '5.3 §9 #9 完成後',
      '完成の後の承認に効果はない、規則から算出',
      '2024-10-28',
      [['承認', '2026-12-03']],
      '2026-10-28',
    ),
    row(
      '5.4 #14 取立て',
      '規則から算出',
      '2024-10-28',
      [
        ['差押', '2026-09-10'],
        ['取立', '2026-12-15'],
      ],
      '2028-12-15',
    ),
    row(
      '5.4 #14 解除',
      '規則から算出',
      '2024-10-28',
      [
        ['差押', '2026-09-10'],
        ['差押解除', '2026-12-15'],
      ],
      '2027-06-15',
    ),
    row(
      '5.4 #14 取消し',
      '規則から算出',
      '2024-10-28',
      [
        ['差押', '2026-09-10'],
        ['差押取消', '2026-12-15'],
      ],
      '2026-10-28',
    ),
    row(
      '5.4 #15',
      '執行停止の間も進む、規則から算出',
      '2026-09-30',
      [
        ['督促', '2026-10-30'],
        ['執行停止', '2026-11-20'],
      ],
      '2028-10-30',
    ),
    row('2月29日', '同じ日のない年は2月28日、規則から算出', '2024-02-29', [], '2026-02-28'),
    {
      id: '始めのない終わり',
      source: '経過が足りない',
      input: {
        dueOn: '2026-03-02',
        events: [
          { kind: '督促', on: '2026-04-30' },
          { kind: '猶予終了', on: '2026-12-20' },
        ],
      },
      refusedAt: '/events/1/kind',
    },
    {
      id: '二重の差押え',
      source: '経過が合わない',
      input: {
        dueOn: '2026-03-02',
        events: [
          { kind: '差押', on: '2026-12-20' },
          { kind: '差押', on: '2026-11-30' },
        ],
      },
      refusedAt: '/events/0/kind',
    },
  ],
  compute({ dueOn: due, events }) {
    const dueOn = plainDateOf(due)
    const clock = runPrescriptionClock(
      dueOn,
      events.map(({ kind, on }) => ({ kind, on: plainDateOf(on) })),
      YEARS,
    )
    if (!clock.ok) {
      const { index, event, because } = clock.error
      return refuse(
        `/events/${index}/kind`,
        `${formatWareki(event.on)}の「${LABELS[event.kind]}」の前に、${because === 'not-begun' ? 'その始めがありません' : '同じものの終わりがありません'}。`,
        '経過を確かめて、抜けている出来事を足してください。',
      )
    }
    const { firstCompletesOn, completesOn, steps } = clock.value
    const begins: ExplainLine = {
      label: '納期限',
      how: `${formatWareki(dueOn)}の翌日から${YEARS}年${dueOn.endsWith('-02-29') ? '(同じ日のない年は2月28日まで)' : ''}`,
      value: sayCompletion(firstCompletesOn),
      basis: '高齢者の医療の確保に関する法律160条1項 [own knowledge, verify]',
    }
    const ends: ExplainLine =
      completesOn === null
        ? { label: '時効', how: '猶予か差押えが続いている', value: '進んでいない' }
        : {
            label: '時効完成日',
            how: `この日が終わると完成し、翌日 ${formatWareki(addDays(completesOn, 1))}には消滅している`,
            value: formatWareki(completesOn),
          }
    return ok({
      output: completesOn === null ? {} : { completesOn: completesOn as string },
      lines: [begins, ...steps.map((step) => stepLine(step, dueOn)), ends],
    })
  },
})

const sayCompletion = (on: PrescriptionStep['completesOn']): string =>
  on === null ? '進んでいない' : `完成は${formatWareki(on)}`

function stepLine({ event, effect, completesOn }: PrescriptionStep, dueOn: PlainDate): ExplainLine {
  const basis = effect.kind === '効果なし' ? NO_EFFECT[effect.because].basis : EVENT_BASIS[event.kind]
  return {
    label: LABELS[event.kind],
    how: `${formatWareki(event.on)}: ${sayEffect(effect, event.on < dueOn)}`,
    value: sayCompletion(completesOn),
    ...(basis === undefined ? {} : { basis }),
  }
}

/** 根拠 of what an event does. 差押取消 and 執行停止 never do anything: theirs stands with the reason. */
const EVENT_BASIS: Readonly<Partial<Record<PrescriptionEvent['kind'], string>>> = {
  督促: '高齢者の医療の確保に関する法律160条2項 [own knowledge, verify]',
  一部納付: '債務の承認(民法152条)[own knowledge, verify]',
  承認: '債務の承認(民法152条)[own knowledge, verify]',
  催告: '民法150条1項 [source: 民法の条文] [own knowledge, verify: 項の番号]',
  猶予開始: '徴収猶予・換価の猶予の間は進まない(地方税法18条の2第4項の例)[own knowledge, verify]',
  猶予終了: '徴収猶予・換価の猶予の間は進まない(地方税法18条の2第4項の例)[own knowledge, verify]',
  差押: '民法148条1項 [own knowledge, verify]',
  取立: '民法148条2項 [own knowledge, verify]',
  差押解除: '民法148条1項 [own knowledge, verify]',
}

const NO_EFFECT: Readonly<
  Record<
    Extract<PrescriptionEffect, { kind: '効果なし' }>['because'],
    { readonly how: string; readonly basis?: string }
  >
> = {
  cancelled: {
    how: '効力のない差押え(取消し)のため、初めからなかったものとする',
    basis: '取り消した差押えの扱い [own knowledge, verify]',
  },
  'already-extinct': { how: '時効が完成した後のため、効果はない' },
  'demanded-before': {
    how: '2回目からの督促のため、改めて数えることはない',
    basis: '更新するのは最初の督促だけ [source: 介護保険法200条2項の引用]',
  },
  'reminded-before': {
    how: '2回目からの催告のため、もう一度延ばすことはない',
    basis: '民法150条2項 [source: 民法の条文] [own knowledge, verify: 項の番号]',
  },
  'moves-nothing': { how: 'この日の6か月後より完成の日が遅いため、変わらない' },
  'runs-on': { how: '時効はそのまま進む', basis: '時効に効果がないこと [own knowledge, verify]' },
}

function sayEffect(effect: PrescriptionEffect, isBeforeDue: boolean): string {
  switch (effect.kind) {
    case '更新':
      return isBeforeDue ? `納期限より前のため、納期限の翌日から${YEARS}年` : `更新。その翌日から改めて${YEARS}年`
    case '完成猶予':
      return 'この日から6か月を過ぎるまで完成しない'
    case '進行停止':
      return '続いている間は完成しない'
    case '効果なし':
      return NO_EFFECT[effect.because].how
    default:
      return effect satisfies never
  }
}
