import { parseArgs } from 'node:util'
import { parsePlainDate, type PlainDate } from '#kernel/plain-date.ts'
import { openOfficeIntake } from '#intake/office-intake.ts'
import { loadProfiles } from '#intake/profiles.ts'
import { loadSampleFolder } from '../sample/load-sample.ts'
import { makeExamples, makeSample, type SampleCounts } from '../sample/make-sample.ts'
import { SAMPLE_DAY, SAMPLE_INSURED, SAMPLE_SEED } from '../sample/first-sample.ts'
import { writeSampleSettings } from '../sample/settings.ts'
import type { Verb, VerbContext } from './verb.ts'

const wholeNumber = (text: string | undefined, fallback: number): number | null => {
  if (text === undefined) return fallback
  return /^\d{1,7}$/.test(text) ? Number(text) : null
}

function printCounts(context: VerbContext, folder: string, counts: SampleCounts): void {
  context.print(`${folder} に作りました。`)
  for (const [name, lines] of Object.entries(counts)) context.print(`  ${name}.csv ${lines}行`)
}

/** The words of `sample make`; null when there is one that nobody knows. */
function wordsOf(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        insured: { type: 'string' },
        seed: { type: 'string' },
        today: { type: 'string' },
        examples: { type: 'boolean' },
      },
    })
  } catch (error) {
    if (error instanceof TypeError) return null
    throw error
  }
}

/** 見本を作る: needs neither database nor server. */
export const sampleMake: Verb = {
  name: 'sample make',
  usage: '[--insured 人数] [--seed 種] [--today 日付] [--examples] フォルダー',
  summary: '見本のファイルを作ります(同じ指定からは同じファイル。--examples は計算例だけ)',
  async run(args, context) {
    const words = wordsOf(args)
    if (words === null) return 2
    const { values, positionals } = words
    const [folder] = positionals
    const insured = wholeNumber(values.insured, SAMPLE_INSURED)
    const seed = wholeNumber(values.seed, SAMPLE_SEED)
    const today: PlainDate | null = parsePlainDate(values.today ?? SAMPLE_DAY)
    if (folder === undefined || insured === null || seed === null || today === null) return 2
    const profiles = loadProfiles()
    const counts = values.examples
      ? await makeExamples(folder, profiles)
      : await makeSample(folder, { insured, seed, today }, profiles)
    printCounts(context, folder, counts)
    return 0
  },
}

/** 見本を取り込む into a sample office; refused in any other. */
export const sampleLoad: Verb = {
  name: 'sample load',
  usage: 'フォルダー',
  summary: '見本のファイルを取り込みます(見本のデータフォルダーだけ)',
  async run([folder], context) {
    if (folder === undefined) return 2
    if (!context.isSample) {
      context.print('見本ではないデータフォルダーには取り込めません。')
      return 1
    }
    const db = await context.database()
    const { clock, folder: data, print } = context
    await db.tx((tx) => writeSampleSettings(tx, clock))
    const { intake } = openOfficeIntake({ db, clock, dataFolder: data.root, log: print })
    await loadSampleFolder({ db }, intake, folder, (kind, lines) => print(`  ${kind} ${lines}行`))
    return 0
  },
}
