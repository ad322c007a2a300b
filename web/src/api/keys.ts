import { withQuery } from './query';
import type { Transport } from './transport';

export interface Key {
  id: string;
  name: string;
  prefix: string;
  user: { id: string; name: string };
  created_at: string;
  expires_at: string | null;
  last_used_at: string | null;
  revoked_at: string | null;
}

export interface CreatedKey extends Key {
  /** The secret, which no other answer shows. */
  key: string;
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
  return transport.json(
    'GET',
    withQuery(PATH, { limit: 200, cursor }),
    signal === undefined ? {} : { signal },
  );
}

export function createKey(
  transport: Transport,
  name: string,
  expiresAt: string | null,
): Promise<CreatedKey> {
  return transport.json('POST', PATH, { body: { name, expires_at: expiresAt } });
}

export async function revokeKey(transport: Transport, id: string): Promise<void> {
  await transport.send('DELETE', `${PATH}/${encodeURIComponent(id)}`);
}
