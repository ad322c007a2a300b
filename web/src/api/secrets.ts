import { abort } from './abort';
import { withQuery } from './query';
import type { Transport } from './transport';

/** A value that the server keeps encrypted and gives to nobody. */
export interface Secret {
  name: string;
  created_at: string;
  updated_at: string;
  created_by: string | null;
}

const PATH = '/tarn/v1/secrets';

export interface SecretPage {
  secrets: Secret[];
  next_cursor?: string | null;
}

export function listSecrets(
  transport: Transport,
  cursor: string | null,
  signal?: AbortSignal,
): Promise<SecretPage> {
  return transport.json('GET', withQuery(PATH, { limit: 200, cursor }), abort(signal));
}

export async function putSecret(transport: Transport, name: string, value: string): Promise<void> {
  await transport.send('PUT', `${PATH}/${encodeURIComponent(name)}`, { body: { value } });
}

export async function deleteSecret(transport: Transport, name: string): Promise<void> {
  await transport.send('DELETE', `${PATH}/${encodeURIComponent(name)}`);
}
