import type { ShisanInfo } from './shisan-query.ts'

/** 根拠, 算式 and 確認を要する点 of a 試算. */
export function ShisanBasis({ info }: { info: ShisanInfo }) {
  return (
    <section className="box" aria-labelledby="basis-title">
      <h2 id="basis-title">この試算の決まり</h2>
      <dl className="basis">
        {(
          [
            ['算式', info.formula],
            ['根拠', info.basis],
            ['確認を要する点', info.doubts],
          ] as const
        )
          .filter(([, lines]) => lines.length > 0)
          .map(([head, lines]) => (
            <div key={head}>
              <dt>{head}</dt>
              {lines.map((line) => (
                <dd key={line}>{line}</dd>
              ))}
            </div>
          ))}
      </dl>
    </section>
  )
}
