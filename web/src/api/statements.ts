import { parseLossless } from './losslessJson';
import { Problem } from './problem';
import type { Transport } from './transport';

export interface ResultColumn {
  name: string;
  type: string;
}

export interface StatementResult {
  id: string;
  status: 'completed';
  columns: ResultColumn[];
  rows: unknown[][];
  row_count: number;
  elapsed_ms: number;
  bytes_scanned: number;
  /** Absent for results that were kept. */
  files_planned?: number;
  files_total?: number;
  /** See `LosslessDocument.marker`. */
  marker: string | null;
}

export type ParameterValue = string | number | boolean | null | { type: string; value: string };
export type Parameters = Record<string, ParameterValue>;

export const EXPORT_FORMATS = ['csv', 'parquet', 'xlsx', 'ndjson', 'arrow'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

export interface Explanation {
  plan: string;
  tables: {
    name: string;
    files_total: number;
    files_planned: number;
    files_skipped_by_partition: number;
    files_skipped_by_bounds: number;
    bytes_total: number;
    bytes_planned: number;
    rows_total: number;
    rows_planned: number;
    /** Those that were used, each with the files that it skips by itself. */
    conditions: { condition: string; by_partition: number; by_bounds: number }[];
  }[];
}

export interface SavedTable {
  table: string;
  rows: number;
  snapshot_id: string | null;
  elapsed_ms: number;
}

const CANCEL_TRIES = 5;
const CANCEL_PAUSE_MS = 200;

/** A person watches and can cancel, so a statement of the console may run longer than the server's default. */
export const STATEMENT_TIMEOUT_MS = 600_000;

export async function runStatement(
  transport: Transport,
  id: string,
  statement: string,
  parameters: Parameters = {},
): Promise<StatementResult> {
  const text = await transport.text('POST', '/tarn/v1/statements', {
    body: { id, ...request(statement, parameters) },
  });
  const { value, marker } = parseLossless(text);
  return { ...(value as Omit<StatementResult, 'marker'>), marker };
}

export async function exportStatement(
  transport: Transport,
  id: string,
  statement: string,
  parameters: Parameters,
  format: ExportFormat,
): Promise<Blob> {
  const response = await transport.send('POST', '/tarn/v1/statements/export', {
    accept: '*/*',
    body: { id, ...request(statement, parameters), format },
  });
  return response.blob();
}

export function saveAsTable(
  transport: Transport,
  id: string,
  statement: string,
  parameters: Parameters,
  table: string,
  mode: 'create' | 'replace' | 'append',
): Promise<SavedTable> {
  return transport.json('POST', '/tarn/v1/statements/export', {
    body: { id, ...request(statement, parameters), table, mode },
  });
}

export function explainStatement(
  transport: Transport,
  id: string,
  statement: string,
  parameters: Parameters,
): Promise<Explanation> {
  return transport.json('POST', '/tarn/v1/statements/explain', {
    body: { id, ...request(statement, parameters) },
  });
}

function request(statement: string, parameters: Parameters): object {
  return {
    statement,
    timeout_ms: STATEMENT_TIMEOUT_MS,
    ...(Object.keys(parameters).length === 0 ? {} : { parameters }),
  };
}

/** True when the server cancelled it; false when it no longer ran, or had not begun. */
export async function cancelStatement(
  transport: Transport,
  id: string,
  keepalive = false,
): Promise<boolean> {
  try {
    await transport.send('DELETE', `/tarn/v1/statements/${id}`, { keepalive });
    return true;
  } catch (failure) {
    if (failure instanceof Problem && failure.status === 404) {
      return false;
    }
    throw failure;
  }
}

/** As `cancelStatement`, for one that may still be on its way: the server, which does not know it yet, answers 404. */
export async function cancelSent(
  transport: Transport,
  id: string,
  isWaiting: () => boolean,
): Promise<boolean> {
  for (let tries = 0; tries < CANCEL_TRIES && isWaiting(); tries++) {
    if (await cancelStatement(transport, id).catch(() => false)) {
      return true;
    }
    await new Promise((resume) => setTimeout(resume, CANCEL_PAUSE_MS));
  }
  return false;
}
