import { queryOptions } from '@tanstack/react-query';
import { getTable } from '../api/tables';
import type { Transport } from '../api/transport';

export const TABLE_KEY = ['table'] as const;

export function tableQuery(transport: Transport, name: string) {
  return queryOptions({
    queryKey: [...TABLE_KEY, name, 'detail'],
    staleTime: 10_000,
    refetchOnWindowFocus: true,
    queryFn: ({ signal }) => getTable(transport, name, signal),
  });
}
