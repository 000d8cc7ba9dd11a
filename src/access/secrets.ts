import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/** 256 random bits for a cookie or a header. */
export const newSecret = (): string => randomBytes(32).toString('base64url')

/** What the database keeps of a secret: with it nobody can log in. */
export const hashOfSecret = (secret: string): string => createHash('sha256').update(secret).digest('hex')

/** Compares in a time that does not tell how much was right. */
export function isSameSecret(a: string, b: string): boolean {
  const [x, y] = [Buffer.from(hashOfSecret(a)), Buffer.from(hashOfSecret(b))]
  return timingSafeEqual(x, y)
}
