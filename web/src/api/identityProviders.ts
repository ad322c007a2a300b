import { abort } from './abort';
import { withQuery } from './query';
import type { Transport } from './transport';

/** An OpenID Connect issuer whose users a tenant lets in. */
export interface IdentityProvider {
  /** Unique on the server; it stands in the address of the sign-in. */
  name: string;
  issuer: string;
  client_id: string;
  has_client_secret: boolean;
  /** What a bearer token must be for. */
  audience: string;
  scopes: string[];
  /** Where a token tells groups or roles; null: roles are given here. */
  roles_claim: string | null;
  /** Roles of the tenant by the words of that claim. */
  role_mapping: Record<string, string>;
  /** Of whoever's token maps to none; without any, such a user is refused. */
  default_roles: string[];
  /** Whether whoever signs in first becomes a user. */
  just_in_time: boolean;
  /** Whether the sign-in page offers it to everybody. */
  shown: boolean;
}

/** What is absent is the server's own choice; an absent secret stays. */
export interface WantedProvider {
  issuer: string;
  client_id: string;
  client_secret?: string;
  audience?: string;
  scopes?: string[];
  roles_claim?: string;
  role_mapping: Record<string, string>;
  default_roles: string[];
  just_in_time: boolean;
  shown: boolean;
}

const PATH = '/tarn/v1/identity-providers';
const path = (name: string) => `${PATH}/${encodeURIComponent(name)}`;

export async function listProviders(
  transport: Transport,
  signal?: AbortSignal,
): Promise<IdentityProvider[]> {
  const { providers } = await transport.json<{ providers: IdentityProvider[] }>(
    'GET',
    PATH,
    abort(signal),
  );
  return providers;
}

export async function putProvider(
  transport: Transport,
  name: string,
  provider: WantedProvider,
): Promise<void> {
  await transport.send('PUT', path(name), { body: provider });
}

export async function deleteProvider(transport: Transport, name: string): Promise<void> {
  await transport.send('DELETE', path(name));
}

/** Names of those that the sign-in page offers; whoever asks need not be signed in. */
export async function offeredProviders(
  transport: Transport,
  signal?: AbortSignal,
): Promise<string[]> {
  const { providers } = await transport.json<{ providers: { name: string }[] }>(
    'GET',
    '/tarn/v1/sign-in',
    abort(signal),
  );
  return providers.map(({ name }) => name);
}

/** Where the browser goes to sign in; it comes back to `returnTo`. */
export function signInPath(name: string, returnTo: string): string {
  return withQuery(`/tarn/v1/sign-in/${encodeURIComponent(name)}`, { return_to: returnTo });
}
