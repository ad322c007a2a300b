import { queryOptions } from '@tanstack/react-query';
import { getTable } from '../api/tables';
import type { Transport } from '../api/transport';

export const TABLE_KEY = ['table'] as const;

const LOOKED_AT_MS = 5_000;

export function tableQuery(transport: Transport, name: string) {
  return queryOptions({
    queryKey: [...TABLE_KEY, name, 'detail'],
    staleTime: LOOKED_AT_MS,
    refetchOnWindowFocus: true,
    // Other engines commit too: what they did is seen while somebody looks.
    refetchInterval: LOOKED_AT_MS,
    queryFn: ({ signal }) => getTable(transport, name, signal),
  });
}
