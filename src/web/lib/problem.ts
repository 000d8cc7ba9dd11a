interface FieldWords {
  readonly pointer: string
  readonly message: string
}

/** A refusal or failure as the server tells it (RFC 9457): a sentence, 次にすること, a code. */
export class Problem extends Error {
  readonly status: number
  readonly code: string
  readonly next: string
  /** What it says of single fields of the body, by JSON pointer. */
  readonly fields: readonly FieldWords[]
  constructor(status: number, code: string, message: string, next: string, fields: readonly FieldWords[] = []) {
    super(message)
    this.name = 'Problem'
    this.status = status
    this.code = code
    this.next = next
    this.fields = fields
  }
}

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined)

/** Reads a problem document; what is no problem document becomes one that says so. */
export function problemOf(status: number, body: unknown): Problem {
  const document = typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {}
  return new Problem(
    status,
    text(document['code']) ?? `HTTP-${status}`,
    text(document['detail']) ?? text(document['title']) ?? 'サーバーから読めない返事がありました。',
    text(document['next']) ?? '画面を開き直し、続くときはシステム管理者に連絡してください。',
    fieldsOf(document),
  )
}

/** The fields of a malformed body (`errors`), or the one field that a rule refuses (`params.field`). */
function fieldsOf(document: Record<string, unknown>): FieldWords[] {
  const errors = Array.isArray(document['errors'])
    ? (document['errors'] as { path?: unknown; message?: unknown }[])
    : [] // RFC 9457, ours
  const malformed = errors.flatMap(({ path, message }) =>
    typeof path === 'string' && path.startsWith('body') && typeof message === 'string'
      ? [{ pointer: path.slice('body'.length), message }]
      : [],
  )
  const { field, reason, remedy } = { ...(document['params'] as Record<string, unknown> | undefined) }
  return typeof field === 'string' && typeof reason === 'string'
    ? [...malformed, { pointer: field, message: `${reason}${text(remedy) ?? ''}` }]
    : malformed
}

/** No answer at all: the connection is gone. */
export const noConnection = (): Problem =>
  new Problem(
    0,
    'NET-001',
    'サーバーとつながっていません。',
    'つながるまでそのままお待ちください。入力した内容は画面に残っています。',
  )

/** Whether no answer came at all: it may come when one tries again. */
export const isNoConnection = (error: unknown): boolean => error instanceof Problem && error.code === 'NET-001'

/** Any thrown value as a problem to show; a fault of our own program keeps its message. */
export const asProblem = (error: unknown): Problem =>
  error instanceof Problem
    ? error
    : new Problem(
        0,
        'WEB-001',
        `画面の誤りです(${error instanceof Error ? error.message : String(error)})。`,
        '画面を開き直してください。',
      )
