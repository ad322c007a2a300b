export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

export interface Listing<T> {
  items: T[];
  /** True when the server had more than the limit. */
  truncated: boolean;
}

/** Follows the cursors to the end, or until `limit` items are there. */
export async function collectPages<T>(
  fetchPage: (cursor: string | null) => Promise<Page<T>>,
  limit: number,
): Promise<Listing<T>> {
  const items: T[] = [];
  let cursor: string | null = null;
  do {
    const page: Page<T> = await fetchPage(cursor);
    items.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== null && items.length < limit);
  return { items: items.slice(0, limit), truncated: cursor !== null || items.length > limit };
}
