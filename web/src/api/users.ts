import { abort } from './abort';
import { withQuery } from './query';
import type { Transport } from './transport';

export interface User {
  id: string;
  number: number;
  name: string;
  email: string | null;
  first_name: string | null;
  last_name: string | null;
  roles: string[];
  active: boolean;
  /** Looks after the server: tenants and settings. */
  operator: boolean;
  /** The identity provider that the user came from; null for one of our own. */
  issuer?: string | null;
  created_at: string;
}

export interface UserPage {
  users: User[];
  next_cursor: string | null;
}

export interface NewUser {
  name: string;
  password?: string;
  email?: string;
  first_name?: string;
  last_name?: string;
  roles?: string[];
}

/** An empty text removes; what is absent stays. */
export interface UserChange {
  email?: string;
  first_name?: string;
  last_name?: string;
  active?: boolean;
}

const PATH = '/tarn/v1/users';
const path = (user: string) => `${PATH}/${encodeURIComponent(user)}`;

export function listUsers(
  transport: Transport,
  text: string,
  cursor: string | null,
  signal?: AbortSignal,
  limit = 50,
): Promise<UserPage> {
  return transport.json('GET', withQuery(PATH, { q: text, limit, cursor }), abort(signal));
}

/** By id or by name. */
export function getUser(transport: Transport, user: string, signal?: AbortSignal): Promise<User> {
  return transport.json('GET', path(user), abort(signal));
}

export function createUser(transport: Transport, user: NewUser): Promise<User> {
  return transport.json('POST', PATH, { body: user });
}

export function changeUser(transport: Transport, id: string, change: UserChange): Promise<User> {
  return transport.json('PATCH', path(id), { body: change });
}

export function setRoles(transport: Transport, id: string, roles: string[]): Promise<User> {
  return transport.json('PUT', `${path(id)}/roles`, { body: { roles } });
}

export async function setPassword(
  transport: Transport,
  id: string,
  password: string,
): Promise<void> {
  await transport.send('PUT', `${path(id)}/password`, { body: { password } });
}
