import { queryOptions } from '@tanstack/react-query';
import { listNamespaces, listTables, type Namespace, type Table } from '../api/catalog';
import type { Transport } from '../api/transport';
import { collectPages, type Listing } from './pages';

export const NAMESPACE_LIMIT = 5_000;
export const TABLE_LIMIT = 2_000;

/** Every cached part of the catalog is under this key. */
export const CATALOG_KEY = ['catalog'] as const;

export function namespacesQuery(transport: Transport) {
  return queryOptions({
    queryKey: [...CATALOG_KEY, 'namespaces'],
    refetchOnWindowFocus: true,
    queryFn: ({ signal }): Promise<Listing<Namespace>> =>
      collectPages(async (cursor) => {
        const page = await listNamespaces(transport, cursor, signal);
        return { items: page.namespaces, nextCursor: page.next_cursor };
      }, NAMESPACE_LIMIT),
  });
}

/** The tables of one namespace with their columns; asked for when it is opened or completed. */
export function tablesQuery(transport: Transport, namespace: string) {
  return queryOptions({
    queryKey: [...CATALOG_KEY, 'tables', namespace],
    refetchOnWindowFocus: true,
    queryFn: ({ signal }): Promise<Listing<Table>> =>
      collectPages(async (cursor) => {
        const page = await listTables(transport, namespace, cursor, signal);
        return { items: page.tables, nextCursor: page.next_cursor };
      }, TABLE_LIMIT),
  });
}
