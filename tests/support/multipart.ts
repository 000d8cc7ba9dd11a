/** A form as a browser or a program sends it: its bytes, and the header that tells them apart. */
export async function multipart(
  form: FormData,
): Promise<{ readonly payload: Buffer; readonly headers: Readonly<Record<string, string>> }> {
  const request = new Request('http://x/', { method: 'POST', body: form })
  return {
    payload: Buffer.from(await request.arrayBuffer()),
    headers: { 'content-type': request.headers.get('content-type') ?? '' },
  }
}
