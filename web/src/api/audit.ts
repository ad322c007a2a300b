import { abort } from './abort';
import { type Query, withQuery } from './query';
import type { Transport } from './transport';

export interface AuditEntry {
  id: string;
  /** Its place in the chain; null until it is sealed. */
  sequence: number | null;
  at: string;
  who: { kind: string; id: string; name: string };
  verb: string;
  resource: string;
  outcome: 'done' | 'denied' | 'failed';
  request_id: string;
  address: string;
  details: Record<string, unknown>;
}

export interface AuditPage {
  entries: AuditEntry[];
  next_cursor: string | null;
}

export interface AuditReport {
  intact: boolean;
  entries: number;
  first_sequence: number;
  head: { sequence: number; hash: string; sealed_at: string | null } | null;
  /** Entries too young to be in the chain. */
  unsealed?: number;
  problems: { sequence?: number | null; entry_id?: string | null; text: string }[];
}

const PATH = '/tarn/v1/audit';

export function listAudit(
  transport: Transport,
  query: Query,
  signal?: AbortSignal,
): Promise<AuditPage> {
  return transport.json('GET', withQuery(PATH, query), abort(signal));
}

/** Every entry that matches, a line of JSON each. The browser keeps what is large on its disk. */
export async function exportAudit(transport: Transport, query: Query): Promise<Blob> {
  const response = await transport.send('GET', withQuery(PATH, query), {
    accept: 'application/x-ndjson',
  });
  return response.blob();
}

export function verifyAudit(transport: Transport): Promise<AuditReport> {
  return transport.json('POST', `${PATH}/verify`);
}
