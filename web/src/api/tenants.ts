import { abort } from './abort';
import type { Transport } from './transport';

export interface Named {
  id: string;
  name: string;
}

/** What the operator hands over; no other answer shows the password and the key. */
export interface NewTenant {
  tenant: Named;
  username: string;
  password: string;
  key: string;
}

export async function listTenants(transport: Transport, signal?: AbortSignal): Promise<Named[]> {
  const { tenants } = await transport.json<{ tenants: Named[] }>(
    'GET',
    '/tarn/v1/tenants',
    abort(signal),
  );
  return tenants;
}

export function createTenant(
  transport: Transport,
  name: string,
  administrator: string,
): Promise<NewTenant> {
  return transport.json('POST', '/tarn/v1/tenants', { body: { name, administrator } });
}

export async function listWorkspaces(transport: Transport, signal?: AbortSignal): Promise<Named[]> {
  const { workspaces } = await transport.json<{ workspaces: Named[] }>(
    'GET',
    '/tarn/v1/workspaces',
    abort(signal),
  );
  return workspaces;
}

export function createWorkspace(transport: Transport, name: string): Promise<Named> {
  return transport.json('POST', '/tarn/v1/workspaces', { body: { name } });
}
