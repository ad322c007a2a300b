import { keepPreviousData, useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { listSnapshots, type Snapshot, type TableDetail } from '../api/tables';
import { rollBack } from '../api/upkeep';
import { ConfirmDialog } from '../kit/ConfirmDialog';
import { ListFrame } from '../kit/ListFrame';
import { exactTime } from '../kit/time';
import { plural } from '../results/figures';
import { useSession } from '../session/SessionContext';
import { useCommitters } from '../table/committers';
import { TABLE_KEY } from '../table/queries';
import { HEALTH_KEY } from './queries';
import { Timeline } from './Timeline';

/** A table's versions as a timeline. */
export function VersionsView({ table }: { table: TableDetail }) {
  const { transport } = useSession();
  const [wanted, setWanted] = useState<Snapshot | null>(null);
  const history = useInfiniteQuery({
    queryKey: [...TABLE_KEY, table.name, 'snapshots', table.snapshot_id],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) => listSnapshots(transport, table.name, pageParam, signal),
    getNextPageParam: (page) => page.next_cursor,
    // A commit of another engine adds a version; the ones before stay where they are until it is read.
    placeholderData: keepPreviousData,
  });
  const committers = useCommitters(table);
  const snapshots = history.data?.pages.flatMap((page) => page.snapshots) ?? [];
  return (
    <ListFrame
      query={history}
      empty={snapshots.length === 0 ? 'Nothing was written to this table yet.' : null}
    >
      <Timeline
        table={table}
        snapshots={snapshots}
        committers={committers}
        onRollBack={setWanted}
      />
      {wanted !== null && (
        <RollBackDialog table={table} to={wanted} onClose={() => setWanted(null)} />
      )}
    </ListFrame>
  );
}

interface DialogProps {
  table: TableDetail;
  to: Snapshot;
  onClose: () => void;
}

function RollBackDialog({ table, to, onClose }: DialogProps) {
  const { transport } = useSession();
  const queryClient = useQueryClient();
  return (
    <ConfirmDialog
      opened
      title={`Roll ${table.namespace}.${table.table} back?`}
      action="Roll back"
      onConfirm={async () => {
        await rollBack(transport, table.name, to.snapshot_id);
        await queryClient.invalidateQueries({ queryKey: [...TABLE_KEY, table.name] });
        void queryClient.invalidateQueries({ queryKey: HEALTH_KEY });
        onClose();
      }}
      onClose={onClose}
    >
      <p>
        The table is again as it was on {exactTime(to.committed_at)}
        {to.total_rows !== null && `, with ${plural(to.total_rows, 'row')}`}, for everybody. What
        was committed since is in it no more. Those versions can be read, and rolled forward to,
        until they expire.
      </p>
    </ConfirmDialog>
  );
}
