/**
 * An answer that the journal keeps as a reading, or as put out of the house: asked for once by whoever looks, and not again
 * behind one's back. Its key begins with no topic of `live.ts`, whose changes would ask again.
 */
export const askedOnce = {
  staleTime: Number.POSITIVE_INFINITY,
  gcTime: 0,
  refetchOnWindowFocus: false,
  refetchOnReconnect: false,
} as const
