import type { Sql } from '#db/database.ts'
import type { Caution } from '#runtime/caution.ts'
import { tainoshaByHand } from './tainosha-by-hand.ts'

/** Tests of 001 whose facts come by a file; without one accepted file of the kind they cannot hit. */
const BY_FILE: readonly (readonly [kind: string, text: string, next: string])[] = [
  [
    'zengin-furikae',
    '口座振替の依頼・結果を受け入れていないため、納付確認中(A07)の口座振替と、口座振替不能(F-不能)は見分けていません。',
    '口座振替の依頼・結果(zengin-furikae)を受け入れてから、002で「把握し直す」を選んでください。',
  ],
  [
    'henrei',
    '返戻を受け入れていないため、納入通知未送達(A13)は見分けていません。',
    '返戻(henrei)を受け入れるか、002で除外してください(T17)。',
  ],
]

/** Tests of 001 whose facts other flows will write. */
const BY_FLOW: Caution = {
  text: 'コンビニの速報(A07)、執行停止(A09)、更正・減免(A11)は、もとになる処理がまだないため見分けていません。',
  next: '該当する人は002で除外してください(T10、T12、T99)。',
}

/**
 * 気をつけること: letters that did not leave although the file of the 広域連合 names them (005 and 006 come before 007), and the
 * tests of 001 for which nothing is known yet. Sheet 5.2, question 2 and 001.
 */
export async function tokusokuCautions(sql: Sql, runId: string): Promise<readonly Caution[]> {
  const report = await tainoshaByHand.standing(sql, runId)
  const known = new Set(
    (
      await sql.rows<{ kind: string }>(`select distinct kind from files where direction = 'in' and state = 'accepted'`)
    ).map(({ kind }) => kind),
  )
  return [
    ...(report?.kind === 'remake'
      ? [
          {
            text: `発送しなかった通知${report.undispatched}件が、広域連合へ送った滞納者情報 第${report.version}版に「督促」として入っています。`,
            next: '「ファイル」で次の版を作り、広域連合へ送り直してください。',
          },
        ]
      : []),
    ...BY_FILE.flatMap(([kind, text, next]) => (known.has(kind) ? [] : [{ text, next }])),
    BY_FLOW,
  ]
}
