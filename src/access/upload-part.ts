import type { MultipartFile } from '@fastify/multipart'
import { Fault } from '#kernel/faults.ts'

/** A part's bytes; one that was cut at the limit throws REQ-005 instead of looking complete. */
export async function* wholePart(part: MultipartFile): AsyncGenerator<Uint8Array> {
  yield* part.file as AsyncIterable<Uint8Array>
  if (part.file.truncated) throw new Fault('REQ-005')
}
