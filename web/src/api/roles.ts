import { abort } from './abort';
import type { Transport } from './transport';

export interface Role {
  name: string;
  built_in: boolean;
  description: string;
  members: number;
  /** Of a built-in role: what it may, by kind of thing; what another one may are its grants. */
  verbs?: Record<string, string[]>;
}

const PATH = '/tarn/v1/roles';

export async function listRoles(transport: Transport, signal?: AbortSignal): Promise<Role[]> {
  return (await transport.json<{ roles: Role[] }>('GET', PATH, abort(signal))).roles;
}

export function createRole(transport: Transport, name: string): Promise<Role> {
  return transport.json('POST', PATH, { body: { name } });
}

export async function deleteRole(transport: Transport, name: string): Promise<void> {
  await transport.send('DELETE', `${PATH}/${encodeURIComponent(name)}`);
}
