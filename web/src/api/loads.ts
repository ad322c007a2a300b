import { parseLossless } from './losslessJson';
import { Problem } from './problem';
import { type Query, withQuery } from './query';
import type { ResultColumn } from './statements';
import type { Transport } from './transport';

export type FileFormat = 'csv' | 'json' | 'parquet' | 'xlsx';
export type LoadMode = 'create' | 'append' | 'replace';
export type LoadStatus = 'receiving' | 'running' | 'completed' | 'failed' | 'cancelled';

/** How a file is read; what is absent is found from the file. */
export interface FileOptions {
  format?: FileFormat;
  encoding?: string;
  delimiter?: string;
  quote?: string;
  escape?: string;
  comment?: string;
  header?: boolean;
  skip_lines?: number;
  decimal?: string;
  thousands?: string;
  date_order?: 'ymd' | 'dmy' | 'mdy';
  null_words?: string[];
  sheet?: string;
  range?: string;
}

export interface ColumnChoice {
  source: string;
  name?: string;
  type?: string;
}

export interface PreviewColumn {
  source: string;
  name: string;
  type: string;
}

export interface PreviewRequest {
  upload: string;
  options?: FileOptions;
  columns?: ColumnChoice[];
  table?: string;
  mode?: LoadMode;
  rows?: number;
}

export interface Preview {
  options: FileOptions;
  files: string[];
  columns: PreviewColumn[];
  rows: unknown[][];
  warnings: string[];
  /** See `LosslessDocument.marker`. */
  marker: string | null;
}

export interface LoadRequest {
  upload: string;
  id: string;
  table: string;
  mode: LoadMode;
  options?: FileOptions;
  columns?: ColumnChoice[];
  add_columns?: boolean;
  on_error?: 'stop' | 'skip';
  rejects_table?: string;
  once?: boolean;
}

export interface LoadFailure {
  code: string;
  detail: string;
  file?: string | null;
  line?: number | null;
  column?: string | null;
  value?: string | null;
}

export interface Load {
  id: string;
  state: LoadStatus;
  table: string;
  mode: LoadMode;
  file_name: string | null;
  user: { id: string; name: string };
  started_at: string;
  finished_at: string | null;
  rows: number;
  rejected_rows: number;
  files: number;
  bytes_total: number | null;
  bytes_read: number;
  bytes_written: number;
  fraction: number | null;
  columns: ResultColumn[];
  snapshot_id: string | null;
  elapsed_ms: number;
  warnings: string[];
  repeated: boolean;
  error: LoadFailure | null;
}

export interface LoadPage {
  loads: Load[];
  next_cursor: string | null;
}

const PATH = '/tarn/v1/loads';
const one = (id: string) => `${PATH}/${encodeURIComponent(id)}`;

export async function previewLoad(
  transport: Transport,
  request: PreviewRequest,
  signal?: AbortSignal,
): Promise<Preview> {
  const text = await transport.text('POST', `${PATH}/preview`, {
    body: request,
    ...(signal === undefined ? {} : { signal }),
  });
  const { value, marker } = parseLossless(text);
  return { ...(value as Omit<Preview, 'marker'>), marker };
}

/** Answers when the rows are durable, which may be long after; `getLoad` tells how far it is. */
export function startLoad(transport: Transport, request: LoadRequest): Promise<Load> {
  return transport.json('POST', PATH, { body: request });
}

export function getLoad(transport: Transport, id: string, signal?: AbortSignal): Promise<Load> {
  return transport.json('GET', one(id), signal === undefined ? {} : { signal });
}

export function listLoads(
  transport: Transport,
  query: Query,
  signal?: AbortSignal,
): Promise<LoadPage> {
  return transport.json('GET', withQuery(PATH, query), signal === undefined ? {} : { signal });
}

/** True when the server ends it; false when it does not run, or not yet. */
export async function cancelLoad(transport: Transport, id: string): Promise<boolean> {
  try {
    await transport.send('DELETE', one(id));
    return true;
  } catch (failure) {
    if (failure instanceof Problem && failure.status === 404) {
      return false;
    }
    throw failure;
  }
}

export function rejectsPath(id: string): string {
  return `${one(id)}/rejects`;
}
