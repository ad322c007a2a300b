import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { TableDetail } from '../api/tables';
import type { Transport } from '../api/transport';
import { isOver, listUpkeep, tableHealth, type UpkeepJob } from '../api/upkeep';
import { useSession } from '../session/SessionContext';
import { TABLE_KEY } from '../table/queries';

export const HEALTH_KEY = ['health'] as const;

const RUNS_MS = 700;
/** The server begins things by itself. */
const RESTS_MS = 10_000;

export function healthQuery(transport: Transport, table: TableDetail) {
  return queryOptions({
    queryKey: [...TABLE_KEY, table.name, 'health', table.snapshot_id],
    queryFn: ({ signal }) => tableHealth(transport, table.name, signal),
    placeholderData: (before) => before,
  });
}

/** What is, was or will be done for a table; when something is over, the table is read anew. */
export function useUpkeepJobs(table: TableDetail) {
  const { transport } = useSession();
  const queryClient = useQueryClient();
  const jobs = useQuery({
    queryKey: [...TABLE_KEY, table.name, 'upkeep'],
    staleTime: 0,
    queryFn: ({ signal }) => listUpkeep(transport, table.name, signal),
    refetchInterval: ({ state }) => (running(state.data) === null ? RESTS_MS : RUNS_MS),
  });
  const current = running(jobs.data);
  const before = useRef<string | null>(null);
  const id = current?.id ?? null;
  useEffect(() => {
    if (before.current !== null && before.current !== id) {
      void queryClient.invalidateQueries({ queryKey: [...TABLE_KEY, table.name] });
      void queryClient.invalidateQueries({ queryKey: HEALTH_KEY });
    }
    before.current = id;
  }, [id, queryClient, table.name]);
  return { jobs, current };
}

function running(jobs: UpkeepJob[] | undefined): UpkeepJob | null {
  return jobs?.find((job) => !isOver(job)) ?? null;
}
