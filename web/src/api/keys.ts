import { abort } from './abort';
import { withQuery } from './query';
import type { Transport } from './transport';

export interface Key {
  id: string;
  name: string;
  prefix: string;
  user: { id: string; name: string };
  /** The one role whose rights it has; null: those of its user. */
  role?: string | null;
  /** The resources that it reaches at most; null: all that its user reaches. */
  restricted_to?: string[] | null;
  rate_plan?: string | null;
  created_at: string;
  expires_at: string | null;
  last_used_at: string | null;
  revoked_at: string | null;
}

export interface CreatedKey extends Key {
  /** The secret, which no other answer shows. */
  key: string;
}

export interface WantedKey {
  name: string;
  expires_at: string | null;
  user?: string;
  role?: string;
  rate_plan?: string;
  restricted_to?: string[];
  prefix?: string;
}

export interface KeyPage {
  keys: Key[];
  next_cursor: string | null;
}

const PATH = '/tarn/v1/keys';

export function listKeys(
  transport: Transport,
  cursor: string | null,
  signal?: AbortSignal,
): Promise<KeyPage> {
  return transport.json('GET', withQuery(PATH, { limit: 200, cursor }), abort(signal));
}

export function createKey(transport: Transport, wanted: WantedKey): Promise<CreatedKey> {
  return transport.json('POST', PATH, { body: wanted });
}

export async function revokeKey(transport: Transport, id: string): Promise<void> {
  await transport.send('DELETE', `${PATH}/${encodeURIComponent(id)}`);
}
