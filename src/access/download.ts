import type { FastifyReply } from 'fastify'

/** What encodeURIComponent leaves and RFC 8187 does not take. */
const encoded = (name: string): string =>
  encodeURIComponent(name).replaceAll(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)

/**
 * Sends bytes that somebody else made to be saved, never to be shown: whatever they are, no browser runs them in our name.
 * `name` is what the sender called them; it stands encoded in one header and nowhere else.
 */
export const asDownload = (reply: FastifyReply, name: string): FastifyReply =>
  reply
    .type('application/octet-stream')
    .header('content-disposition', `attachment; filename*=UTF-8''${encoded(name)}`)
    .header('content-security-policy', "default-src 'none'; sandbox")
    .header('x-content-type-options', 'nosniff')
