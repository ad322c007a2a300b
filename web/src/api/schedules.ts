import type { Transport } from './transport';

export type TargetMode = 'create' | 'append' | 'replace';

/** A saved statement that runs by the clock. */
export interface Schedule {
  id: string;
  saved_statement_id: string;
  cron: string;
  zone: string;
  /** The table that takes the rows; null: they are kept for a day. */
  into: { table: string; mode: TargetMode } | null;
  timeout_ms: number;
  paused: boolean;
  next_at: string | null;
  created_at: string;
}

export interface ScheduleRun {
  local: string;
  at: string;
  manual: boolean;
  late: boolean;
  statement_id: string | null;
  state: 'queued' | 'running' | 'completed' | 'failed' | 'cancelled' | 'skipped';
  started_at: string | null;
  finished_at: string | null;
  error: { code: string; detail: string } | null;
}

export interface NewSchedule {
  saved_statement_id: string;
  cron: string;
  zone: string;
  into?: { table: string; mode: TargetMode };
}

const PATH = '/tarn/v1/schedules';

export async function listSchedules(
  transport: Transport,
  saved: string,
  signal: AbortSignal,
): Promise<Schedule[]> {
  const path = `${PATH}?saved_statement_id=${encodeURIComponent(saved)}`;
  return (await transport.json<{ schedules: Schedule[] }>('GET', path, { signal })).schedules;
}

export function createSchedule(transport: Transport, wanted: NewSchedule): Promise<Schedule> {
  return transport.json('POST', PATH, { body: wanted });
}

export async function listRuns(
  transport: Transport,
  id: string,
  signal: AbortSignal,
): Promise<ScheduleRun[]> {
  const path = `${PATH}/${encodeURIComponent(id)}/runs?limit=10`;
  return (await transport.json<{ runs: ScheduleRun[] }>('GET', path, { signal })).runs;
}

export async function tellSchedule(
  transport: Transport,
  id: string,
  what: 'pause' | 'resume' | 'run',
): Promise<void> {
  await transport.send('POST', `${PATH}/${encodeURIComponent(id)}/${what}`);
}

export async function deleteSchedule(transport: Transport, id: string): Promise<void> {
  await transport.send('DELETE', `${PATH}/${encodeURIComponent(id)}`);
}
