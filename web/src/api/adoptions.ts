import { abort } from './abort';
import { withQuery } from './query';
import type { Transport } from './transport';

export type AdoptionKind = 'metadata_file' | 'hadoop' | 'rest';
export type Outcome = 'possible' | 'registered' | 'already_here' | 'name_taken' | 'refused';

export interface WantedAdoption {
  kind: AdoptionKind;
  location: string;
  name?: string;
  warehouse?: string;
  token?: string;
  credential?: string;
  namespaces?: string[];
  tables?: string[];
  into?: string;
  dry_run: boolean;
}

export interface Adoption {
  id: string;
  kind: AdoptionKind;
  location: string;
  dry_run: boolean;
  status: 'queued' | 'running' | 'completed' | 'failed' | 'cancelled';
  progress: number | null;
  created_at: string;
  finished_at: string | null;
  counts: Record<Outcome, number>;
  error: { code: string; detail: string } | null;
}

export interface AdoptedTable {
  /** Its name there. */
  source: string;
  /** Its name here; null when it can have none. */
  name: string | null;
  metadata_location: string | null;
  outcome: Outcome;
  reason: string | null;
}

export interface AdoptionPage {
  adoption: Adoption;
  tables: AdoptedTable[];
  next_cursor: string | null;
}

const PATH = '/tarn/v1/adoptions';

export function startAdoption(
  transport: Transport,
  wanted: WantedAdoption,
): Promise<{ id: string }> {
  return transport.json('POST', PATH, { body: wanted });
}

export function getAdoption(
  transport: Transport,
  id: string,
  cursor: string | null,
  signal?: AbortSignal,
): Promise<AdoptionPage> {
  const path = `${PATH}/${encodeURIComponent(id)}`;
  return transport.json('GET', withQuery(path, { cursor }), abort(signal));
}

export async function listAdoptions(
  transport: Transport,
  signal?: AbortSignal,
): Promise<Adoption[]> {
  return (await transport.json<{ adoptions: Adoption[] }>('GET', PATH, abort(signal))).adoptions;
}

export async function cancelAdoption(transport: Transport, id: string): Promise<void> {
  await transport.send('DELETE', `${PATH}/${encodeURIComponent(id)}`);
}
