import type { PlainDate } from '#kernel/plain-date.ts'
import { err, ok, type Result } from '#kernel/result.ts'
import { formatYen, type Yen } from '#kernel/yen.ts'
import type { Holidays } from '../calendar/business-day.ts'
import { formatWareki } from '../calendar/wareki.ts'
import { weekdayName } from '../calendar/weekday.ts'
import { sayMarks } from './say-marks.ts'
import { type RecordField, type SentOf, type ValueOf, fillDefaults } from './schema.ts'

/** 算定の内訳: one line a clerk can read aloud. 端数処理 | 92,700円 ÷ 8回 = 11,587円 → 100円未満切捨て | 11,500円. */
export interface ExplainLine {
  readonly label: string
  readonly how: string
  readonly value: string
  /** 根拠 of this line, where it has one of its own. */
  readonly basis?: string
}

/** 計算できない理由 that the schema cannot tell (dates in the wrong order, letters without a code …). */
export interface ShisanRefusal {
  /** JSON pointer of the field: `/amountYen`, `/household/0/age`; empty for the whole input. */
  readonly field: string
  /** What happened, in Japanese. */
  readonly message: string
  /** 次にすること */
  readonly next: string
}

export type Computed<Output> = Result<
  { readonly output: Output; readonly lines: readonly ExplainLine[] },
  ShisanRefusal
>

/** 計算例: an oracle row. It is refused at a field, or gives at least the `expected` part of the output. */
export type Example<Input, Output> = {
  /** `O-80`, `3.4 §8 #2` */
  readonly id: string
  readonly source: string
  readonly input: Input
} & ({ readonly expected: Partial<Output> } | { readonly refusedAt: string })

interface Definition<Name, I, O, Input, Sent, Output> {
  /** The name on the command line: kiwari. */
  readonly name: Name
  /** 期割 */
  readonly term: string
  /** One Japanese sentence: what it answers. */
  readonly summary: string
  /** 根拠, a line each, with marks such as [own knowledge, verify]: who reads sees them in Japanese (`sayMarks`). */
  readonly basis: readonly string[]
  /** 算式, a line each. */
  readonly formula: readonly string[]
  /** 確認を要する点, a line each; empty when there is none. */
  readonly doubts: readonly string[]
  readonly input: I
  readonly output: O
  readonly examples: readonly Example<Sent, Output>[]
  /** Pure. `input` fits the schema; `holidays` are those the office knows (1970–2050). */
  compute(input: Input, holidays: Holidays): Computed<Output>
}

/** The JSON of an object. */
export type JsonRecord = Readonly<Record<string, unknown>>

/** 試算: one rule offered with JSON in and out, its form, its page and its explanation. */
export type Shisan<Name extends string = string> = Definition<
  Name,
  RecordField,
  RecordField,
  JsonRecord,
  JsonRecord,
  JsonRecord
>

/** Types a definition by its own schemas and makes it one of the list, its marks in Japanese. */
export const defineShisan = <const Name extends string, I extends RecordField, O extends RecordField>(
  definition: Definition<Name, I, O, ValueOf<I>, SentOf<I>, ValueOf<O>>,
): Shisan<Name> => ({
  ...definition,
  basis: definition.basis.map(sayMarks),
  formula: definition.formula.map(sayMarks),
  doubts: definition.doubts.map(sayMarks),
  // The types below are those of the schemas; who calls has checked the input against its schema.
  examples: (definition.examples as Shisan['examples']).map((one) => ({ ...one, source: sayMarks(one.source) })),
  compute: (input, holidays) => {
    const computed = definition.compute(fillDefaults(definition.input, input) as ValueOf<I>, holidays)
    return (
      computed.ok ? ok({ ...computed.value, lines: computed.value.lines.map(sayLine) }) : computed
    ) as Computed<JsonRecord>
  },
})

const sayLine = ({ basis, ...line }: ExplainLine): ExplainLine =>
  basis === undefined ? line : { ...line, basis: sayMarks(basis) }

export const refuse = (field: string, message: string, next: string): Result<never, ShisanRefusal> =>
  err({ field, message, next })

/** 「令和8年10月31日(土)」: a day whose weekday matters. */
export const sayDay = (day: PlainDate): string => `${formatWareki(day)}(${weekdayName(day)})`

/** 「11,500円」 */
export const sayYen = (yen: Yen): string => `${formatYen(yen)}円`
