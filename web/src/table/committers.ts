import { useQuery } from '@tanstack/react-query';
import { listAudit } from '../api/audit';
import type { TableDetail } from '../api/tables';
import { useMay } from '../manage/places';
import { useSession } from '../session/SessionContext';

const OF_THE_TRAIL = [{ verb: 'select', on: 'audit:*' }];
const NEWEST = 500;

/** Who committed the table's snapshots, as the audit trail says; null for whoever may not read that. */
export function useCommitters(table: TableDetail): Map<string, string> | null {
  const { transport } = useSession();
  const [may] = useMay(OF_THE_TRAIL);
  const trail = useQuery({
    queryKey: ['table', table.name, 'committers', table.snapshot_id],
    enabled: may === true,
    queryFn: ({ signal }) =>
      listAudit(
        transport,
        { resource: `table:${table.name}`, outcome: 'done', limit: NEWEST },
        signal,
      ),
    placeholderData: (before) => before,
  });
  if (may !== true) {
    return null;
  }
  return new Map(
    (trail.data?.entries ?? []).flatMap(({ details, who }) =>
      details.snapshot_id === undefined ? [] : [[String(details.snapshot_id), who.name] as const],
    ),
  );
}
