import { abort } from './abort';
import { withQuery } from './query';
import type { Transport } from './transport';

export interface Grant {
  id: string;
  to: { kind: 'role' | 'user'; name: string };
  /** A verb, or `*` for all of them. */
  verb: string;
  /** `kind:name`, or `*` for everything. */
  on: string;
  columns: string[] | null;
  /** A condition that a row has to meet. */
  rows: string | null;
  created_at: string;
  created_by: string | null;
}

export interface GrantPage {
  grants: Grant[];
  next_cursor: string | null;
}

export interface NewGrant {
  to: string;
  verb: string;
  on: string;
  columns?: string[];
  rows?: string;
}

/** Whether somebody may, why, and who can change it. */
export interface Decision {
  allowed: 'yes' | 'partly' | 'no';
  text: string;
  because: { role?: string | null; grant?: Grant | null; text: string }[];
  columns?: string[] | null;
  rows?: string | null;
  /** Names of users who can grant it. */
  granters: string[];
}

const PATH = '/tarn/v1/grants';

export function listGrants(
  transport: Transport,
  filter: { to?: string; on?: string },
  cursor: string | null,
  signal?: AbortSignal,
): Promise<GrantPage> {
  return transport.json('GET', withQuery(PATH, { ...filter, limit: 50, cursor }), abort(signal));
}

export function createGrant(transport: Transport, grant: NewGrant): Promise<Grant> {
  return transport.json('POST', PATH, { body: grant });
}

export async function deleteGrant(transport: Transport, id: string): Promise<void> {
  await transport.send('DELETE', `${PATH}/${encodeURIComponent(id)}`);
}

/** Of oneself, unless a user is named. */
export function why(
  transport: Transport,
  question: { verb: string; on: string; user?: string },
  signal?: AbortSignal,
): Promise<Decision> {
  return transport.json('GET', withQuery('/tarn/v1/access', question), abort(signal));
}
