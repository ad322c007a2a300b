import { abort } from './abort';
import type { Transport } from './transport';

/** What has a place, and what waits for one. */
export interface Work {
  running: number;
  waiting: number;
}

export interface ServerStatus {
  version: string;
  database: 'sqlite' | 'postgresql';
  schema_version: string;
  java: string;
  disk: { free_bytes: number; total_bytes: number };
  started_at: string;
  uptime_ms: number;
  /** Whose statements and loads are counted. */
  scope: 'server' | 'tenant';
  statements: Work;
  loads: Work;
  /** Null for all but the operator. */
  workers: { busy: number; idle: number; maximum: number } | null;
}

export function getServer(transport: Transport, signal?: AbortSignal): Promise<ServerStatus> {
  return transport.json('GET', '/tarn/v1/server', abort(signal));
}
