import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { listSnapshots, type Snapshot } from '../../api/tables';
import kit from '../../kit/kit.module.css';
import { ListFrame } from '../../kit/ListFrame';
import { ScrollTable } from '../../kit/ScrollTable';
import { Time } from '../../kit/Time';
import { formatBytes, formatCount } from '../../results/figures';
import { useSession } from '../../session/SessionContext';
import { useCommitters } from '../committers';
import type { TableTab, TableTabProps } from '../tableTab';

function History({ table }: TableTabProps) {
  const { transport } = useSession();
  const history = useInfiniteQuery({
    queryKey: ['table', table.name, 'snapshots', table.snapshot_id],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) => listSnapshots(transport, table.name, pageParam, signal),
    getNextPageParam: (page) => page.next_cursor,
    // A commit of another engine adds a row; the ones before stay where they are until it is read.
    placeholderData: keepPreviousData,
  });
  const committers = useCommitters(table);
  const snapshots = history.data?.pages.flatMap((page) => page.snapshots) ?? [];
  return (
    <ListFrame
      query={history}
      empty={snapshots.length === 0 ? 'Nothing was written to this table yet.' : null}
    >
      <ScrollTable
        label="Snapshots"
        head={
          <>
            <th>Committed</th>
            <th>What</th>
            <th>Engine</th>
            {committers !== null && <th>By</th>}
            <th className={kit.number}>Rows added</th>
            <th className={kit.number}>Rows deleted</th>
            <th className={kit.number}>Files added</th>
            <th className={kit.number}>Rows after</th>
            <th className={kit.number}>Size after</th>
            <th>Snapshot</th>
          </>
        }
      >
        {snapshots.map((snapshot) => (
          <Row
            key={snapshot.snapshot_id}
            snapshot={snapshot}
            by={committers === null ? null : (committers.get(snapshot.snapshot_id) ?? '–')}
          />
        ))}
      </ScrollTable>
    </ListFrame>
  );
}

interface RowProps {
  snapshot: Snapshot;
  /** Who committed it; null for whoever may not know. */
  by: string | null;
}

function Row({ snapshot, by }: RowProps) {
  return (
    <tr>
      <td className={kit.nowrap}>
        <Time at={snapshot.committed_at} />
      </td>
      <td className={kit.nowrap}>
        {snapshot.operation}{' '}
        {snapshot.current && (
          <span className={kit.badge} data-tone="good">
            current
          </span>
        )}
      </td>
      <td>{snapshot.engine ?? '–'}</td>
      {by !== null && <td>{by}</td>}
      <td className={kit.number}>{count(snapshot.added_rows)}</td>
      <td className={kit.number}>{count(snapshot.deleted_rows)}</td>
      <td className={kit.number}>{count(snapshot.added_files)}</td>
      <td className={kit.number}>{count(snapshot.total_rows)}</td>
      <td className={kit.number}>
        {snapshot.total_bytes === null ? '–' : formatBytes(snapshot.total_bytes)}
      </td>
      <td className={`${kit.code} ${kit.dim}`}>{snapshot.snapshot_id}</td>
    </tr>
  );
}

function count(value: number | null): string {
  return value === null ? '–' : formatCount(value);
}

export default {
  id: 'history',
  label: 'History',
  order: 400,
  Content: History,
  only: 'table',
} satisfies TableTab;
