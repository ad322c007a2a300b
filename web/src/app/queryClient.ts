import { QueryClient } from '@tanstack/react-query';
import { Problem } from '../api/problem';

const TRIES = 3;

export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 60_000,
        refetchOnWindowFocus: false,
        // A refusal does not change by asking again; a lost connection or a busy server may.
        retry: (failures, failure) => {
          const { status } = Problem.from(failure);
          return failures < TRIES && (status === 0 || status === 429 || status >= 500);
        },
      },
    },
  });
}
