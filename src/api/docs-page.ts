import { FAULTS } from '#kernel/faults.ts'

interface Operation {
  readonly summary?: string
  readonly description?: string
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly schema?: object }[]
  readonly requestBody?: { readonly content?: Readonly<Record<string, { readonly schema?: object }>> }
  readonly responses?: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly schema?: object }>> }>
  >
}
/** The part of an OpenAPI document that the page shows. */
export interface ApiDocument {
  readonly info: { readonly title: string }
  readonly paths?: Readonly<Record<string, Readonly<Record<string, Operation>>>>
}

const escape = (text: string): string =>
  text.replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c] ?? c)
const json = (schema: object | undefined): string =>
  schema === undefined ? '' : `<pre>${escape(JSON.stringify(schema, null, 2))}</pre>`

/** The API as one page that reads without scripts and asks nobody outside. */
export function docsPage(document: ApiDocument): string {
  const operations = Object.entries(document.paths ?? {}).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => section(`${method.toUpperCase()} ${path}`, operation)),
  )
  const faults = Object.entries(FAULTS).map(
    ([code, { status, message, next }]) =>
      `<tr id="${code}"><th scope="row">${code}</th><td>${status}</td><td>${escape(message)}</td><td>${escape(next)}</td></tr>`,
  )
  return `<!doctype html><html lang="ja"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>${escape(document.info.title)}</title></head><body>
<h1>${escape(document.info.title)}</h1>
<p><a href="/api/openapi.json">OpenAPI 3.1(機械が読む形)</a>。変更の依頼には画面の合言葉(x-csrf-token)か、
プログラムのトークン(Authorization: Bearer)が要ります。二度押しても一度だけ行う依頼には Idempotency-Key を付けられます。</p>
${operations.join('\n')}
<h2>誤りの符号</h2><table><thead><tr><th>符号</th><th>HTTP</th><th>文</th><th>次にすること</th></tr></thead>
<tbody>${faults.join('\n')}</tbody></table></body></html>`
}

function section(title: string, operation: Operation): string {
  const parameters = (operation.parameters ?? [])
    .map(({ name, in: place, schema }) => `<li><code>${escape(name)}</code> (${place})${json(schema)}</li>`)
    .join('')
  const bodies = Object.values(operation.requestBody?.content ?? {}).map(({ schema }) => json(schema))
  const replies = Object.entries(operation.responses ?? {})
    .filter(([status]) => status !== 'default')
    .map(
      ([status, { content }]) =>
        `<h4>返事 ${status}</h4>${Object.values(content ?? {})
          .map(({ schema }) => json(schema))
          .join('')}`,
    )
  return `<section><h2><code>${escape(title)}</code></h2><p>${escape(operation.summary ?? '')}</p>
<p>使える人: ${escape(operation.description ?? '')}</p>
${parameters === '' ? '' : `<details><summary>条件</summary><ul>${parameters}</ul></details>`}
${bodies.length === 0 ? '' : `<details><summary>本文</summary>${bodies.join('')}</details>`}
${replies.length === 0 ? '' : `<details><summary>返事</summary>${replies.join('')}</details>`}</section>`
}
