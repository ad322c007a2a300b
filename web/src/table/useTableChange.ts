import { useQueryClient } from '@tanstack/react-query';
import { changeTable, type TableChange, type TableDetail } from '../api/tables';
import { CATALOG_KEY } from '../catalog/queries';
import { useSession } from '../session/SessionContext';
import { tableQuery } from './queries';

/** Changes what is said about a table, and shows the server's answer everywhere. */
export function useTableChange(table: TableDetail): (change: TableChange) => Promise<void> {
  const { transport } = useSession();
  const queryClient = useQueryClient();
  return async (change) => {
    const changed = await changeTable(transport, table.name, change);
    queryClient.setQueryData(tableQuery(transport, table.name).queryKey, {
      ...table,
      ...changed,
      tags: changed.tags ?? [],
    });
    void queryClient.invalidateQueries({ queryKey: CATALOG_KEY });
  };
}
