import { abort } from './abort';
import type { Transport } from './transport';

export interface TableHealth {
  table: string;
  /** One sentence to act on. */
  recommendation: string;
  snapshot_count: number;
  target_file_bytes: number;
  files: {
    count: number;
    bytes: number;
    rows: number;
    small: number;
    other_partitioning: number;
    manifests: number;
  };
  average_file_bytes: number;
  deletes: { files: number; equality_files: number; positions: number; ratio: number };
  partitions: { count: number; largest_bytes: number; median_bytes: number; skew: number };
  /** From the smallest files up; null is without an end. */
  sizes: { below: number | null; files: number; bytes: number }[];
  clustering_depth: number | null;
  columns: ColumnHealth[];
  growth: {
    files_per_day: number;
    bytes_per_day: number;
    rows_per_day: number;
    commits_per_day: number;
  };
  /** What a compaction would change. */
  saving: { files: number; rewritten_bytes: number; scan_share: number };
}

export interface ColumnHealth {
  name: string;
  bytes: number;
  values: number;
  nulls: number;
  lower: string | null;
  upper: string | null;
}

export interface RankedTable {
  table: string;
  recommendation: string;
  files: number;
  small_files: number;
  bytes: number;
  delete_ratio: number;
  snapshot_count: number;
  scan_share: number;
  /** Work that every full scan has in vain, in bytes that are read. */
  hurts: number;
}

export interface Ranking {
  tables: RankedTable[];
  /** False when there was no time to look at all of them. */
  complete: boolean;
}

export type Operation =
  | 'compact'
  | 'expire'
  | 'remove_orphan_files'
  | 'rewrite_manifests'
  | 'erase';

export interface UpkeepJob {
  id: string;
  table: string;
  operation: Operation;
  /** A user, or `tarn`. */
  by: string;
  why: string | null;
  state: 'queued' | 'running' | 'completed' | 'failed' | 'cancelled';
  progress: number | null;
  created_at: string;
  started_at: string | null;
  finished_at: string | null;
  result: Record<string, unknown> | null;
  error: { code: string; detail: string } | null;
}

export interface WantedUpkeep {
  operation: Operation;
  strategy?: string;
  options?: Record<string, string>;
  retain_last?: number;
  older_than?: string | null;
  dry_run?: boolean;
}

export type PolicyValue = boolean | number | string;

export interface UpkeepPolicy {
  place: string;
  /** What is said there. */
  policy: Record<string, PolicyValue>;
  /** What is true there, all of it. */
  holds: { name: string; description: string; value: PolicyValue | null }[];
}

/** Whose policy: a table, a namespace, or all tables. */
export type PolicyPlace =
  | { kind: 'table'; name: string }
  | { kind: 'namespace'; name: string }
  | { kind: 'tenant' };

const UPKEEP = '/tarn/v1/upkeep';
const ofTable = (name: string) => `/tarn/v1/tables/${encodeURIComponent(name)}`;
const job = (id: string) => `${UPKEEP}/${encodeURIComponent(id)}`;

export const isOver = ({ state }: UpkeepJob) => state !== 'queued' && state !== 'running';

export function rankTables(transport: Transport, signal?: AbortSignal): Promise<Ranking> {
  return transport.json('GET', `${UPKEEP}/tables`, abort(signal));
}

export function tableHealth(
  transport: Transport,
  table: string,
  signal?: AbortSignal,
): Promise<TableHealth> {
  return transport.json('GET', `${ofTable(table)}/health`, abort(signal));
}

export async function listUpkeep(
  transport: Transport,
  table: string,
  signal?: AbortSignal,
): Promise<UpkeepJob[]> {
  const path = `${ofTable(table)}/upkeep`;
  return (await transport.json<{ jobs: UpkeepJob[] }>('GET', path, abort(signal))).jobs;
}

export function startUpkeep(
  transport: Transport,
  table: string,
  wanted: WantedUpkeep,
): Promise<UpkeepJob> {
  return transport.json('POST', `${ofTable(table)}/upkeep`, { body: wanted });
}

export function getUpkeep(
  transport: Transport,
  id: string,
  signal?: AbortSignal,
): Promise<UpkeepJob> {
  return transport.json('GET', job(id), abort(signal));
}

export function cancelUpkeep(transport: Transport, id: string): Promise<UpkeepJob> {
  return transport.json('DELETE', job(id));
}

export async function rollBack(
  transport: Transport,
  table: string,
  snapshotId: string,
): Promise<void> {
  await transport.send('POST', `${ofTable(table)}/rollback`, {
    body: { snapshot_id: snapshotId },
  });
}

function policyPath(place: PolicyPlace): string {
  switch (place.kind) {
    case 'table':
      return `${ofTable(place.name)}/upkeep-policy`;
    case 'namespace':
      return `/tarn/v1/namespaces/${encodeURIComponent(place.name)}/upkeep-policy`;
    case 'tenant':
      return `${UPKEEP}/policy`;
  }
}

export function getPolicy(
  transport: Transport,
  place: PolicyPlace,
  signal?: AbortSignal,
): Promise<UpkeepPolicy> {
  return transport.json('GET', policyPath(place), abort(signal));
}

export function putPolicy(
  transport: Transport,
  place: PolicyPlace,
  policy: Record<string, PolicyValue>,
): Promise<UpkeepPolicy> {
  return transport.json('PUT', policyPath(place), { body: policy });
}
