import { sayValue } from '#rules/shisan/say-value.ts'
import type { Field, ListField, RecordField } from '#rules/shisan/schema.ts'
import { rowsOf, type Values, valuesOf } from './input-values.ts'
import type { ShisanResult } from './shisan-query.ts'

/** A value longer than this is a sentence and may break. */
const LONG = 16

/** 結果 and 算定の内訳: what came out, and each step with its figures. */
export function ShisanResultView({ schema, result }: { schema: RecordField; result: ShisanResult }) {
  const { output, lines } = result
  const shown = Object.entries(schema.properties).filter(([name]) => output[name] !== undefined)
  return (
    <>
      <section className="box" aria-labelledby="result-title">
        <h2 id="result-title">結果</h2>
        <dl className="kv result">
          {shown.map(([name, field]) => (
            <div key={name} className="kvline">
              <dt>{field.title}</dt>
              <dd>
                <ShisanValue field={field} value={output[name]} />
              </dd>
            </div>
          ))}
        </dl>
      </section>
      <section className="box" aria-labelledby="why-title">
        <h2 id="why-title">算定の内訳</h2>
        <table className="grid why">
          <thead>
            <tr>
              <th scope="col">項目</th>
              <th scope="col">求め方</th>
              <th scope="col">値</th>
            </tr>
          </thead>
          <tbody>
            {lines.map(({ label, how, value, basis }, at) => (
              <tr key={at}>
                <th scope="row">{label}</th>
                <td>
                  {how}
                  {basis !== undefined && <span className="sub from">根拠: {basis}</span>}
                </td>
                <td className={value.length > LONG ? 'b' : 'b nw'}>{value}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  )
}

/** A value by its schema: records as pairs, rows as a table. */
export function ShisanValue({ field, value }: { field: Field; value: unknown }) {
  if ('type' in field && field.type === 'array') return <Rows field={field} rows={rowsOf(value)} />
  if ('type' in field && field.type === 'object')
    return (
      <dl className="kv">
        {Object.entries(field.properties)
          .filter(([name]) => valuesOf(value)[name] !== undefined)
          .map(([name, one]) => (
            <div key={name} className="kvline">
              <dt>{one.title}</dt>
              <dd>
                <ShisanValue field={one} value={valuesOf(value)[name]} />
              </dd>
            </div>
          ))}
      </dl>
    )
  return <b>{sayValue(field, value)}</b>
}

/** Single values one after another with their numbers, records as a table of the columns that are there. */
function Rows({ field: { items, title }, rows }: { field: ListField; rows: readonly unknown[] }) {
  if (rows.length === 0) return <>なし</>
  if (!('type' in items) || items.type !== 'object')
    return (
      <ol className="sequence">
        {rows.map((row, at) => (
          <li key={at}>
            <b>{sayValue(items, row)}</b>
          </li>
        ))}
      </ol>
    )
  const records: readonly Values[] = rows.map(valuesOf)
  const columns = Object.entries(items.properties).filter(([name]) => records.some((row) => row[name] !== undefined))
  return (
    <div className="tablewrap" tabIndex={0} role="region" aria-label={title}>
      <table className="grid why">
        <thead>
          <tr>
            <th scope="col">行</th>
            {columns.map(([name, column]) => (
              <th key={name} scope="col">
                {column.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {records.map((row, at) => (
            <tr key={at}>
              <th scope="row">{at + 1}</th>
              {columns.map(([name, column]) => (
                <td key={name}>{sayValue(column, row[name])}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
