/**
 * 画面とAPI の処理のメモリ: a young generation of 8 MB from the start. With the usual one, which begins small, the rows of a long
 * CSV live past two collections and pile up among the old things (250 MB before somebody looks). Two pools of the allocator instead
 * of one a thread.
 */
export const API_MEMORY = {
  flags: ['--min-semi-space-size=8', '--max-semi-space-size=8'],
  environment: { MALLOC_ARENA_MAX: '2' },
} as const
