import { abort } from './abort';
import { withQuery } from './query';
import type { Transport } from './transport';

/** What another engine said of a scan or commit; figures that it left out, or of the other kind, are null. */
export interface TableReport {
  id: string;
  kind: 'scan' | 'commit';
  reported_at: string;
  user: string;
  engine: string | null;
  snapshot_id: string | null;
  operation: string | null;
  /** Of a scan, with no value of it. */
  filter: string | null;
  duration_ms: number | null;
  columns: number | null;
  files_planned: number | null;
  files_skipped: number | null;
  bytes_planned: number | null;
  files_added: number | null;
  files_removed: number | null;
  rows_added: number | null;
  rows_removed: number | null;
  attempts: number | null;
}

export interface ReportPage {
  reports: TableReport[];
  next_cursor: string | null;
}

export function listReports(
  transport: Transport,
  table: string,
  cursor: string | null,
  signal?: AbortSignal,
): Promise<ReportPage> {
  const path = `/tarn/v1/tables/${encodeURIComponent(table)}/reports`;
  return transport.json('GET', withQuery(path, { limit: 50, cursor }), abort(signal));
}
