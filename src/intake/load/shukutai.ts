import type { FileLoader } from '../loader.ts'

/**
 * 縮退: which character may be printed for one that the fonts lack. Taken over at any time, used only when the settings of the
 * notices say so. A changed line takes the place of the former one; 「廃止」 ends it.
 */
export const shukutaiLoader: FileLoader = {
  kind: 'shukutai',
  fills: ['glyph_reductions'],
  uniqueBy: ['original'],
  checks: [],
  async apply(tx, file) {
    await tx.run(
      `update glyph_reductions g set superseded_at = $1 from stage s
       where g.original = s.original and g.superseded_at is null
         and (s.state = '廃止' or g.substitute is distinct from s.substitute)`,
      [file.at],
    )
    await tx.run(
      `insert into glyph_reductions (original, substitute, recorded_at, file_id, line)
       select s.original, s.substitute, $2, $1, s.line from stage s
       where s.state is distinct from '廃止' and not exists (
         select from glyph_reductions g where g.original = s.original and g.superseded_at is null)
       order by s.line`,
      [file.id, file.at],
    )
  },
}
