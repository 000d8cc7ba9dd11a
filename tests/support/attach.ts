import type { Login, TestApi } from './api.ts'
import { multipart } from './multipart.ts'

/** Of a row: its number and the 版 of its list, which a sender should give both. */
export interface RowOfList {
  readonly rowNo?: number
  readonly version?: number
}

/** 添付する, as a browser sends it: the name and the row before the bytes. */
export async function attach(
  api: TestApi,
  login: Login,
  taskId: string,
  paper: {
    readonly name: string
    readonly bytes: Buffer
    readonly row?: RowOfList
    readonly headers?: Readonly<Record<string, string>>
  },
) {
  const form = new FormData()
  form.append('name', paper.name)
  for (const [field, value] of Object.entries(paper.row ?? {})) form.append(field, String(value))
  form.append('file', new Blob([new Uint8Array(paper.bytes)]), 'x')
  const { payload, headers } = await multipart(form)
  return api.call(login, 'POST', `/api/tasks/${taskId}/attachments`, payload, { ...headers, ...paper.headers })
}

/** The row of 被保険者番号 n on the list of a task. */
export const rowOfPerson = ({ office }: TestApi, taskId: string, n: number): Promise<Required<RowOfList>> =>
  office.db.one<Required<RowOfList>>(
    `select r.row_no as "rowNo", w.version from tasks t join worksheets w on w.id = t.worksheet_id
     join worksheet_rows r on r.worksheet_id = w.id join insured s on s.id = r.insured_id
     where t.id = $1 and s.insured_no = $2`,
    [taskId, String(n).padStart(8, '0')],
  )
