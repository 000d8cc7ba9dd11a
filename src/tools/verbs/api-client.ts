import { randomUUID } from 'node:crypto'

/** What the server refused, in its own words. */
export class ApiProblem extends Error {
  readonly code: string
  readonly next: string
  constructor({ code, title, next }: { readonly code: string; readonly title: string; readonly next: string }) {
    super(title)
    this.name = 'ApiProblem'
    this.code = code
    this.next = next
  }
}

export interface ApiCall {
  readonly url: string
  readonly token: string
  readonly method: string
  readonly path: string
  readonly body?: unknown
}

/** Calls the server. Throws `ApiProblem` for everything but 2xx. */
export async function callApi<Answer>({ url, token, method, path, body }: ApiCall): Promise<Answer> {
  const isForm = body instanceof FormData
  const response = await fetch(new URL(path, url), {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      accept: 'application/json',
      ...(method === 'POST' ? { 'idempotency-key': randomUUID() } : {}),
      ...(body === undefined || isForm ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
  })
  const text = await response.text()
  if (response.ok) return (text === '' ? null : JSON.parse(text)) as Answer
  try {
    throw new ApiProblem(JSON.parse(text) as ConstructorParameters<typeof ApiProblem>[0])
  } catch (error) {
    if (error instanceof ApiProblem) throw error
    throw new ApiProblem({
      code: String(response.status),
      title: 'サーバーが答えられませんでした。',
      next: 'もう一度行ってください。',
    })
  }
}
