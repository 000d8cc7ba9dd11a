/** A refusal or failure as the server tells it (RFC 9457): a sentence, 次にすること, a code. */
export class Problem extends Error {
  readonly status: number
  readonly code: string
  readonly next: string
  constructor(status: number, code: string, message: string, next: string) {
    super(message)
    this.name = 'Problem'
    this.status = status
    this.code = code
    this.next = next
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
  )
}

/** No answer at all: the connection is gone. */
export const noConnection = (): Problem =>
  new Problem(
    0,
    'NET-001',
    'サーバーとつながっていません。',
    'つながるまでそのままお待ちください。入力した内容は画面に残っています。',
  )

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
