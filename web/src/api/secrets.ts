import { abort } from './abort';
import type { Transport } from './transport';

/** A value that the server keeps encrypted and gives to nobody. */
export interface Secret {
  name: string;
  created_at: string;
  updated_at: string;
  created_by: string | null;
}

const PATH = '/tarn/v1/secrets';

export async function listSecrets(transport: Transport, signal?: AbortSignal): Promise<Secret[]> {
  return (await transport.json<{ secrets: Secret[] }>('GET', PATH, abort(signal))).secrets;
}

export async function putSecret(transport: Transport, name: string, value: string): Promise<void> {
  await transport.send('PUT', `${PATH}/${encodeURIComponent(name)}`, { body: { value } });
}

export async function deleteSecret(transport: Transport, name: string): Promise<void> {
  await transport.send('DELETE', `${PATH}/${encodeURIComponent(name)}`);
}
