import type { SearchResult } from '../api/search';
import type { Path } from '../app/location';

/** The pages that have no name in their address. */
export type PagePath = Exclude<Path, '/s/$id' | '/tables/$name'>;

/** Where a hit leads. */
export type Destination =
  | { to: PagePath }
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
  to: PagePath;
}[] = [
  { name: 'SQL editor', words: 'sql editor query workbench statement', to: '/' },
  { name: 'Load files', words: 'load files upload import csv json parquet excel', to: '/load' },
  {
    name: 'Adopt tables',
    words: 'adopt register tables existing lake hadoop rest catalog metadata file import',
    to: '/adopt',
  },
  {
    name: 'Health',
    words: 'health upkeep tables compaction expiry small files policy maintenance',
    to: '/health',
  },
  { name: 'Activity', words: 'activity loads statements running history', to: '/activity' },
  { name: 'Keys', words: 'keys api key token', to: '/keys' },
  { name: 'Users', words: 'users people password manage', to: '/users' },
  { name: 'Roles', words: 'roles members manage', to: '/roles' },
  { name: 'Grants', words: 'grants rights permissions manage', to: '/grants' },
  { name: 'Why?', words: 'why denied access rights may', to: '/access' },
  { name: 'Audit', words: 'audit trail log verify manage', to: '/audit' },
  { name: 'Usage', words: 'usage cost quotas limits manage', to: '/usage' },
  { name: 'Tenants', words: 'tenants operator manage', to: '/tenants' },
  {
    name: 'Settings',
    words: 'settings workspaces secrets identity providers sign-in manage',
    to: '/settings',
  },
  { name: 'Account', words: 'account password colour dark light user', to: '/account' },
];

export function wordsOf(text: string): string[] {
  return text.toLowerCase().split(/\s+/).filter(Boolean);
}

/** The pages of the console but `left` out ones; all of them while nothing is typed. */
export function pageHits(text: string, left: ReadonlySet<string> = new Set()): Hit[] {
  const words = wordsOf(text);
  return PAGES.filter(
    ({ to, words: known }) =>
      !left.has(to) && words.every((word) => known.split(' ').some((one) => one.startsWith(word))),
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
