import { abort } from './abort';
import type { Transport } from './transport';

export interface Namespace {
  name: string;
  table_count: number;
}

export interface Column {
  name: string;
  type: string;
  nullable: boolean;
  comment: string | null;
}

export interface Table {
  name: string;
  namespace: string;
  table: string;
  kind: 'table' | 'view';
  format: string;
  row_count: number | null;
  size_bytes: number | null;
  file_count: number | null;
  snapshot_id: string | null;
  updated_at: string | null;
  columns?: Column[];
  /** The caller sees some of its columns or rows alone. */
  limited?: boolean;
}

export interface NamespacePage {
  namespaces: Namespace[];
  next_cursor: string | null;
}

export interface TablePage {
  tables: Table[];
  next_cursor: string | null;
}

/** Tables come with their columns, so a page is kept small enough for wide tables. */
export const TABLES_PER_PAGE = 100;
export const NAMESPACES_PER_PAGE = 500;

export function listNamespaces(
  transport: Transport,
  cursor: string | null,
  signal?: AbortSignal,
): Promise<NamespacePage> {
  const query = new URLSearchParams({ limit: String(NAMESPACES_PER_PAGE) });
  return transport.json('GET', path('/tarn/v1/namespaces', query, cursor), abort(signal));
}

export function listTables(
  transport: Transport,
  namespace: string,
  cursor: string | null,
  signal?: AbortSignal,
): Promise<TablePage> {
  const query = new URLSearchParams({
    namespace,
    include: 'columns',
    limit: String(TABLES_PER_PAGE),
  });
  return transport.json('GET', path('/tarn/v1/tables', query, cursor), abort(signal));
}

function path(base: string, query: URLSearchParams, cursor: string | null): string {
  if (cursor !== null) {
    query.set('cursor', cursor);
  }
  return `${base}?${query}`;
}
