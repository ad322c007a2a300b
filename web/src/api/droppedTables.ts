import { abort } from './abort';
import { withQuery } from './query';
import type { TableDetail } from './tables';
import type { Transport } from './transport';

export interface DroppedTable {
  id: string;
  name: string;
  namespace: string;
  table: string;
  dropped_by: string;
  dropped_at: string;
  expires_at: string;
}

export interface DroppedTablePage {
  tables: DroppedTable[];
  next_cursor: string | null;
}

export function listDroppedTables(
  transport: Transport,
  cursor: string | null,
  signal?: AbortSignal,
): Promise<DroppedTablePage> {
  return transport.json(
    'GET',
    withQuery('/tarn/v1/dropped-tables', { limit: 50, cursor }),
    abort(signal),
  );
}

/** Under its old name when none is given. */
export function restoreTable(
  transport: Transport,
  id: string,
  name: string | null,
): Promise<TableDetail> {
  return transport.json('POST', `/tarn/v1/dropped-tables/${id}/restore`, { body: { name } });
}
