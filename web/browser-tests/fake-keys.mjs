// Keys and the password of the one user.
import { randomUUID } from 'node:crypto';
import { jsonOf, notFound, pageOf, sendJson, sendNothing } from './fake-http.mjs';
import { problem } from './fake-statements.mjs';

let password = 'correct horse battery staple';
const user = { id: 'u1', name: 'admin' };
const keys = [
  {
    id: randomUUID(),
    name: 'first start',
    prefix: 'dlx_sk_v1_fake',
    user,
    role: null,
    restricted_to: null,
    rate_plan: 'enterprise',
    created_at: '2026-11-20T10:00:00Z',
    expires_at: null,
    last_used_at: new Date(Date.now() - 3_600_000).toISOString(),
    revoked_at: null,
  },
];

export async function handleKeys({ method, path, url, request, response }) {
  if (method === 'POST' && path === '/session/password') {
    const { current_password: current, new_password: next } = await jsonOf(request);
    if (current !== password) {
      throw problem(403, 'forbidden', 'Forbidden', 'The current password is wrong.');
    }
    password = next;
    return sendNothing(response);
  }
  if (path === '/keys' && method === 'GET') {
    return sendJson(response, 200, pageOf(keys, 'keys', url));
  }
  if (path === '/keys' && method === 'POST') {
    const wanted = await jsonOf(request);
    const { name, expires_at, prefix = 'dlx_sk_v1_' } = wanted;
    const key = {
      id: randomUUID(),
      name,
      prefix: `${prefix}ab12`,
      user: wanted.user === undefined ? user : { id: wanted.user, name: wanted.user },
      role: wanted.role ?? null,
      restricted_to: wanted.restricted_to ?? null,
      rate_plan: wanted.rate_plan ?? 'enterprise',
      created_at: new Date().toISOString(),
      expires_at,
      last_used_at: null,
      revoked_at: null,
    };
    keys.unshift(key);
    return sendJson(response, 201, { ...key, key: `${prefix}ab12thesecretthatisshownonce` });
  }
  const id = /^\/keys\/(.+)$/.exec(path)?.[1];
  if (id === undefined || method !== 'DELETE') {
    return false;
  }
  const key = keys.find((one) => one.id === id);
  if (key === undefined) {
    throw notFound('such key');
  }
  key.revoked_at = new Date().toISOString();
  return sendNothing(response);
}
