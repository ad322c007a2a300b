import { abort } from './abort';
import type { Column, Table } from './catalog';
import { withQuery } from './query';
import type { Transport } from './transport';

export interface TableDetail extends Table {
  columns: Column[];
  description: string | null;
  tags: string[];
}

/** Null removes; what is absent stays. */
export interface TableChange {
  description?: string | null;
  tags?: string[];
  columns?: Record<string, { description: string | null }>;
}

export interface Snapshot {
  snapshot_id: string;
  parent_id: string | null;
  committed_at: string;
  operation: string;
  current: boolean;
  added_rows: number | null;
  deleted_rows: number | null;
  added_files: number | null;
  total_rows: number | null;
  total_bytes: number | null;
  /** The program that wrote it, when it says so. */
  engine: string | null;
}

export interface SnapshotPage {
  snapshots: Snapshot[];
  next_cursor: string | null;
}

export interface Bucket {
  from: string | number;
  to: string | number;
  count: number;
}

export interface ColumnProfile {
  name: string;
  type: string;
  nulls: number;
  distinct: number | null;
  min: string | null;
  max: string | null;
  mean: number | null;
  quantiles: Record<'p05' | 'p25' | 'p50' | 'p75' | 'p95', string | number | null> | null;
  histogram: Bucket[] | null;
  top_values: { value: unknown; count: number }[];
}

export interface Profile {
  table: string;
  snapshot_id: string | null;
  rows: number;
  profiled_rows: number;
  elapsed_ms: number;
  columns: ColumnProfile[];
}

const path = (name: string) => `/tarn/v1/tables/${encodeURIComponent(name)}`;

export async function getTable(
  transport: Transport,
  name: string,
  signal?: AbortSignal,
): Promise<TableDetail> {
  const table = await transport.json<TableDetail>('GET', path(name), abort(signal));
  return { ...table, description: table.description ?? null, tags: table.tags ?? [] };
}

export function changeTable(
  transport: Transport,
  name: string,
  change: TableChange,
): Promise<TableDetail> {
  return transport.json('PATCH', path(name), { body: change });
}

export async function dropTable(transport: Transport, name: string): Promise<void> {
  await transport.send('DELETE', path(name));
}

export function listSnapshots(
  transport: Transport,
  name: string,
  cursor: string | null,
  signal?: AbortSignal,
): Promise<SnapshotPage> {
  return transport.json(
    'GET',
    withQuery(`${path(name)}/snapshots`, { limit: 50, cursor }),
    abort(signal),
  );
}

export function profileTable(
  transport: Transport,
  name: string,
  signal?: AbortSignal,
): Promise<Profile> {
  return transport.json('GET', `${path(name)}/profile`, abort(signal));
}
