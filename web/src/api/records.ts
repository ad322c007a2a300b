import { Problem } from './problem';
import { type Query, withQuery } from './query';
import type { Transport } from './transport';

export type RecordStatus = 'running' | 'completed' | 'failed' | 'cancelled';

/** A statement as the history keeps it: without its rows. */
export interface StatementRecord {
  id: string;
  statement: string;
  state: RecordStatus;
  user: { id: string; name: string };
  workspace: string | { id: string; name: string } | null;
  contract: string;
  started_at: string;
  finished_at: string | null;
  /** How far it is while it runs, 0 to 1; null when nobody knows. */
  progress?: number | null;
  elapsed_ms: number;
  row_count: number | null;
  bytes_scanned: number | null;
  /** What it read of each table; no files for whoever may see a part of them alone. */
  tables?: ReadTable[] | null;
  error: { code: string; detail: string } | null;
}

export interface ReadTable {
  name: string;
  files_planned: number | null;
  files_total: number | null;
  conditions: string[] | null;
}

export interface RecordPage {
  statements: StatementRecord[];
  next_cursor: string | null;
}

export function listStatements(
  transport: Transport,
  query: Query,
  signal?: AbortSignal,
): Promise<RecordPage> {
  return transport.json(
    'GET',
    withQuery('/tarn/v1/statements', query),
    signal === undefined ? {} : { signal },
  );
}

/** Null when the history has no such statement. */
export async function findStatement(
  transport: Transport,
  id: string,
): Promise<StatementRecord | null> {
  try {
    return await transport.json<StatementRecord>('GET', `/tarn/v1/statements/${id}`);
  } catch (failure) {
    if (failure instanceof Problem && failure.status === 404) {
      return null;
    }
    throw failure;
  }
}
