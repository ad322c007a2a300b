import { useQueryClient } from '@tanstack/react-query';
import type { TableDetail } from '../api/tables';
import { startUpkeep, type WantedUpkeep } from '../api/upkeep';
import { useSession } from '../session/SessionContext';
import { TABLE_KEY } from '../table/queries';

/** Begins something for a table, and shows that it is under way. */
export function useStart(table: TableDetail, onStarted: () => void) {
  const { transport } = useSession();
  const queryClient = useQueryClient();
  return async (wanted: WantedUpkeep) => {
    await startUpkeep(transport, table.name, wanted);
    await queryClient.invalidateQueries({ queryKey: [...TABLE_KEY, table.name, 'upkeep'] });
    onStarted();
  };
}
