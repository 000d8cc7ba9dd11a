import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { addDays, type PlainDate } from '#kernel/plain-date.ts'
import type { Profiles } from '#intake/profiles.ts'
import { latestWeekFrom } from './base-resident.ts'
import { type CsvFiles, openCsvFiles } from './csv-files.ts'
import { WORKED_EXAMPLES } from './examples.ts'
import { FURIKAE_FILE, openFurikaeFile } from './furikae-file.ts'
import { LATER_DAYS, laterLine } from './later.ts'
import type { Resident } from './resident.ts'
import { residents } from './residents.ts'
import { rowsOf, SAMPLE_KINDS, shunoRow } from './rows.ts'
import { createWorld } from './world.ts'

export interface SampleRequest {
  readonly insured: number
  readonly seed: number
  readonly today: PlainDate
}

/** The week of payments that the newcomer takes in. */
export const LATEST_WEEK_FILE = 'shuno-latest-week'

/** Lines by file name. */
export type SampleCounts = Readonly<Record<string, number>>

/**
 * 見本を作る: the files of a made-up municipality in `folder`: equal requests give equal bytes, any size in flat memory. The
 * latest week of 収納 lies apart, and `later/` holds what becomes known while a 督促 is on its way. From 720 people on every
 * case of the story is there.
 */
export async function makeSample(folder: string, request: SampleRequest, profiles: Profiles): Promise<SampleCounts> {
  const world = createWorld(request.seed, request.today)
  const files = await openCsvFiles(folder, profiles)
  const later = await openCsvFiles(join(folder, 'later'), profiles)
  const furikae = await openFurikaeFile(folder, world.dueDates(world.fukaYear)[world.newest] ?? world.today)
  const weekFrom = latestWeekFrom(world)
  for (const { resident, unpaidOrdinal } of residents(world, request.insured)) {
    await writeResident(
      files,
      withReceipts(resident, (receivedOn) => receivedOn < weekFrom),
    )
    await furikae.write(resident)
    for (const charge of resident.charges)
      for (const receipt of charge.receipts)
        if (receipt.receivedOn >= weekFrom) await files.write(LATEST_WEEK_FILE, 'shuno', shunoRow(charge, receipt))
    const line = unpaidOrdinal === null ? null : laterLine(resident, unpaidOrdinal, world)
    if (line !== null) await later.write(line.kind, line.kind, line.row)
  }
  const counts = await files.close()
  await later.close()
  await furikae.close()
  await writeFile(join(folder, 'README.txt'), readme(request))
  return counts
}

/** 計算例の見本: the worked examples of sheet 5.2 §8, and nobody else. */
export async function makeExamples(folder: string, profiles: Profiles): Promise<SampleCounts> {
  const files = await openCsvFiles(folder, profiles)
  for (const { resident } of WORKED_EXAMPLES) await writeResident(files, resident)
  return files.close()
}

async function writeResident(files: CsvFiles, resident: Resident): Promise<void> {
  const rows = rowsOf(resident)
  for (const kind of SAMPLE_KINDS) for (const row of rows[kind]) await files.write(kind, kind, row)
}

const withReceipts = (resident: Resident, isIn: (receivedOn: PlainDate) => boolean): Resident => ({
  ...resident,
  charges: resident.charges.map((charge) => ({
    ...charge,
    receipts: charge.receipts.filter((receipt) => isIn(receipt.receivedOn)),
  })),
})

const readme = ({
  insured,
  seed,
  today,
}: SampleRequest): string => `見本のデータです。氏名、住所、番号、金額はすべて架空です。

被保険者 ${insured}人、種 ${seed}、見本の日付 ${today}
受け入れる順: ${SAMPLE_KINDS.join('、')}、zengin-furikae(${FURIKAE_FILE})
${LATEST_WEEK_FILE}.csv: 直近1週間の収納。最初に自分で受け入れてみるファイルです(種別 shuno)。
later/: ${addDays(today, LATER_DAYS)} 以降に受け入れると、督促の途中で届いた収納や異動になります。
`
