/** Where the text of a search for a person is kept: in the query cache, which the lock empties. */
export const searchTextKey = ['insured', 'search-text'] as const
