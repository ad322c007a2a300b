import { parseLossless } from './losslessJson';
import type { Parameters, ResultColumn, StatementResult } from './statements';
import type { Transport } from './transport';

export type SubmittedStatus = 'queued' | 'running' | 'completed' | 'failed' | 'cancelled';

/** A statement that runs without the page. */
export interface SubmittedStatement {
  id: string;
  statement: string;
  status: SubmittedStatus;
  /** How far it is, 0 to 1; null when nobody knows. */
  progress: number | null;
  submitted_at: string;
  finished_at: string | null;
  row_count: number | null;
  error: { code: string; detail: string } | null;
}

interface Page {
  columns: ResultColumn[];
  rows: unknown[][];
  row_count: number | null;
  elapsed_ms: number;
  bytes_scanned: number;
  next_cursor: string | null;
}

const PATH = '/tarn/v1/submitted-statements';

/** Under which the list is kept. */
export const SUBMITTED_KEY = ['submitted-statements'] as const;

/** The grid of the console shows no more of a result. */
export const MOST_ROWS_SHOWN = 100_000;

export function submitStatement(
  transport: Transport,
  statement: string,
  parameters: Parameters,
): Promise<{ id: string; status: SubmittedStatus }> {
  const given = Object.keys(parameters).length === 0 ? {} : { parameters };
  return transport.json('POST', PATH, { body: { statement, ...given } });
}

export function listSubmitted(
  transport: Transport,
  signal: AbortSignal,
): Promise<{ statements: SubmittedStatement[] }> {
  return transport.json('GET', PATH, { signal });
}

export async function cancelSubmitted(transport: Transport, id: string): Promise<void> {
  await transport.send('DELETE', `${PATH}/${encodeURIComponent(id)}`);
}

/** The kept rows, or the first of them, as a statement that was just run answers them. */
export async function readSubmitted(transport: Transport, id: string): Promise<StatementResult> {
  const path = `${PATH}/${encodeURIComponent(id)}`;
  const { value, marker } = parseLossless(await transport.text('GET', path));
  const first = value as Page;
  const rows = [...first.rows];
  let cursor = first.next_cursor;
  // A later page has a marker of its own, which could stand in this one's texts: then the rest is left out.
  while (cursor !== null && rows.length < MOST_ROWS_SHOWN) {
    const text = await transport.text('GET', `${path}?cursor=${cursor}`);
    const next = parseLossless(text);
    if (next.marker !== marker) {
      break;
    }
    const page = next.value as Page;
    rows.push(...page.rows);
    cursor = page.next_cursor;
  }
  return {
    id,
    status: 'completed',
    columns: first.columns,
    rows,
    row_count: rows.length,
    elapsed_ms: first.elapsed_ms,
    bytes_scanned: first.bytes_scanned,
    marker,
  };
}
