import type { SearchResult } from '../api/search';

/** Where a hit leads. */
export type Destination =
  | { to: '/' }
  | { to: '/load' }
  | { to: '/activity' }
  | { to: '/keys' }
  | { to: '/account' }
  | { to: '/tables/$name'; name: string; column: string | null }
  | { to: '/s/$id'; id: string };

export interface Hit {
  key: string;
  kind: 'page' | 'table' | 'column' | 'saved statement';
  name: string;
  detail: string;
  destination: Destination;
}

const PAGES: {
  name: string;
  words: string;
  to: '/' | '/load' | '/activity' | '/keys' | '/account';
}[] = [
  { name: 'SQL editor', words: 'sql editor query workbench statement', to: '/' },
  { name: 'Load files', words: 'load files upload import csv json parquet excel', to: '/load' },
  { name: 'Activity', words: 'activity loads statements running history', to: '/activity' },
  { name: 'Keys', words: 'keys api key token', to: '/keys' },
  { name: 'Account', words: 'account password colour dark light user', to: '/account' },
];

export function wordsOf(text: string): string[] {
  return text.toLowerCase().split(/\s+/).filter(Boolean);
}

/** The pages of the console; all of them while nothing is typed. */
export function pageHits(text: string): Hit[] {
  const words = wordsOf(text);
  return PAGES.filter(({ words: known }) =>
    words.every((word) => known.split(' ').some((one) => one.startsWith(word))),
  ).map(({ name, to }) => ({
    key: `page ${to}`,
    kind: 'page',
    name,
    detail: '',
    destination: { to },
  }));
}

export function resultHits(results: SearchResult[]): Hit[] {
  return results.flatMap((result, index) => {
    const hit = hitOf(result);
    return hit === null ? [] : [{ ...hit, key: `${result.kind} ${index}` }];
  });
}

function hitOf(result: SearchResult): Omit<Hit, 'key'> | null {
  const { kind, table, column, id, name, type } = result;
  const description = result.description ?? '';
  switch (kind) {
    case 'table': {
      const full = table ?? name;
      return {
        kind: 'table',
        name: withoutCatalog(full),
        detail: description,
        destination: { to: '/tables/$name', name: full, column: null },
      };
    }
    case 'column':
      return table == null
        ? null
        : {
            kind: 'column',
            name: column ?? name,
            detail: [withoutCatalog(table), type ?? '', description].filter(Boolean).join(' · '),
            destination: { to: '/tables/$name', name: table, column: column ?? name },
          };
    case 'saved_statement':
      return id == null
        ? null
        : {
            kind: 'saved statement',
            name,
            detail: description,
            destination: { to: '/s/$id', id },
          };
  }
}

function withoutCatalog(name: string): string {
  return name.replace(/^iceberg\./, '');
}

export function movedHit(active: number, count: number, key: string): number | null {
  switch (key) {
    case 'ArrowDown':
      return count === 0 ? 0 : (active + 1) % count;
    case 'ArrowUp':
      return count === 0 ? 0 : (active - 1 + count) % count;
    case 'PageDown':
      return Math.max(0, count - 1);
    case 'PageUp':
      return 0;
    default:
      return null;
  }
}
