import { buildWeb } from '#tools/launch/web-build.ts'

/** Vitest global setup: the pages are built once a run, before two files want them at the same time. */
export async function setup(): Promise<void> {
  await buildWeb()
}
