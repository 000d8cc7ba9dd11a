interface BeforeAfterProps {
  /** Null: there was none, or there is none. */
  readonly rows: readonly { readonly label: string; readonly before: string | null; readonly after: string | null }[]
}

/** 前と後 of a change, field by field. */
export const BeforeAfter = ({ rows }: BeforeAfterProps) => (
  <table className="bat">
    <thead>
      <tr>
        <th scope="col">項目</th>
        <th scope="col">前</th>
        <th scope="col">後</th>
      </tr>
    </thead>
    <tbody>
      {rows.map(({ label, before, after }) => (
        <tr key={label}>
          <th scope="row">{label}</th>
          <td>{before === null ? '—' : <del className="d">{before}</del>}</td>
          <td>{after === null ? '—' : <ins className="d">{after}</ins>}</td>
        </tr>
      ))}
    </tbody>
  </table>
)
