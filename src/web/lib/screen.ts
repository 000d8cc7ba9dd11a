import { lazyRouteComponent } from '@tanstack/react-router'

/** A part of the pages could not be fetched: they have become newer, or the server is away. */
export class PartMissing extends Error {}

/** Fetches a part of the pages. Throws PartMissing, which `ScreenFailed` explains. */
export const part = <T>(fetchPart: () => Promise<T>): Promise<T> =>
  fetchPart().catch((cause: unknown) => {
    throw new PartMissing('a part of the pages could not be fetched', { cause })
  })

/**
 * A screen that is fetched when it is first shown. When that fails it says so in its place: the router by itself would load
 * the whole page again, which takes away what is on the screen, and leaves nothing at all while the server is away.
 */
export const screen: typeof lazyRouteComponent = (fetchScreen, name) =>
  lazyRouteComponent(() => part(fetchScreen), name)
