import { infiniteQueryOptions } from '@tanstack/react-query';
import { listGrants } from '../api/grants';
import type { Transport } from '../api/transport';

export const GRANTS_KEY = ['grants'] as const;

export function grantsQuery(transport: Transport, filter: { to?: string; on?: string }) {
  return infiniteQueryOptions({
    queryKey: [...GRANTS_KEY, filter],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) => listGrants(transport, filter, pageParam, signal),
    getNextPageParam: (page) => page.next_cursor,
    staleTime: 0,
  });
}
