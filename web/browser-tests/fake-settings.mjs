// Tenants, workspaces, stored secrets, identity providers.
import { randomUUID } from 'node:crypto';
import { need } from './fake-access.mjs';
import { jsonOf, pageOf, sendJson, sendNothing } from './fake-http.mjs';

const tenants = [
  { id: 't1', name: 'Main' },
  { id: randomUUID(), name: 'Warehouse North' },
];
const workspaces = [
  { id: 'w1', name: 'default' },
  { id: randomUUID(), name: 'finance' },
];
const now = '2026-11-20T10:00:00Z';
const secrets = [{ name: 'smtp', created_at: now, updated_at: now, created_by: 'admin' }];
const providers = [
  {
    name: 'corporate',
    issuer: 'https://id.example.org',
    client_id: 'tarn',
    has_client_secret: true,
    audience: 'tarn',
    scopes: ['openid', 'profile', 'email'],
    roles_claim: 'groups',
    role_mapping: { data: 'Analyst' },
    default_roles: [],
    just_in_time: true,
    shown: true,
  },
];

/** What whoever is not signed in may ask, and the way back from an issuer that lets nobody in. */
export function handleSignIn({ method, path, response }) {
  if (method === 'GET' && path === '/sign-in') {
    return sendJson(response, 200, { providers: providers.map(({ name }) => ({ name })) });
  }
  if (method === 'GET' && path.startsWith('/sign-in/')) {
    response.writeHead(302, { Location: '/?sign_in_error=unauthenticated' }).end();
    return true;
  }
  return false;
}

export async function handleSettings(call) {
  const [, part, name] = /^\/([a-z-]+)(?:\/(.+))?$/.exec(call.path) ?? [];
  switch (part) {
    case 'tenants':
      return handleTenants(call);
    case 'workspaces':
      return handleWorkspaces(call);
    case 'secrets':
      return handleSecrets(call, name);
    case 'identity-providers':
      return handleProviders(call, name);
    case 'server':
      return sendJson(call.response, 200, {
        version: '0.1.0',
        database: 'sqlite',
        schema_version: '3',
        java: '25.0.3+9-LTS',
        disk: { free_bytes: 61_000_000_000, total_bytes: 120_000_000_000 },
        started_at: now,
        uptime_ms: 86_400_000,
        scope: 'server',
        statements: { running: 2, waiting: 1 },
        loads: { running: 1, waiting: 0 },
        workers: { busy: 3, idle: 1, maximum: 4 },
      });
    default:
      return false;
  }
}

async function handleTenants({ method, request, response, session }) {
  need(session, 'manage', 'tenant:*');
  if (method === 'GET') {
    return sendJson(response, 200, { tenants });
  }
  const { name, administrator } = await jsonOf(request);
  const tenant = { id: randomUUID(), name };
  tenants.push(tenant);
  const key = 'dlx_sk_v1_ofthenewtenantshownonce';
  return sendJson(response, 201, { tenant, username: administrator, password: 'once-only', key });
}

async function handleWorkspaces({ method, request, response }) {
  if (method === 'GET') {
    return sendJson(response, 200, { workspaces });
  }
  const workspace = { id: randomUUID(), name: (await jsonOf(request)).name };
  workspaces.push(workspace);
  return sendJson(response, 201, workspace);
}

async function handleSecrets({ method, url, request, response, session }, name) {
  need(session, method === 'GET' ? 'describe' : 'alter', 'secret:*');
  if (method === 'GET') {
    return sendJson(response, 200, pageOf(secrets, 'secrets', url));
  }
  const at = secrets.findIndex((one) => one.name === name);
  if (method === 'DELETE') {
    secrets.splice(at, 1);
  } else {
    await jsonOf(request);
    const updated = new Date().toISOString();
    if (at < 0) {
      secrets.push({ name, created_at: updated, updated_at: updated, created_by: 'admin' });
    } else {
      secrets[at].updated_at = updated;
    }
  }
  return sendNothing(response);
}

async function handleProviders({ method, request, response, session }, name) {
  need(session, method === 'GET' ? 'describe' : 'alter', 'setting:*');
  if (method === 'GET') {
    return sendJson(response, 200, { providers });
  }
  const at = providers.findIndex((one) => one.name === name);
  if (method === 'DELETE') {
    providers.splice(at, 1);
    return sendNothing(response);
  }
  const { client_secret: secret, ...wanted } = await jsonOf(request);
  const provider = { name, scopes: ['openid'], ...wanted, has_client_secret: secret !== undefined };
  providers.splice(at < 0 ? providers.length : at, at < 0 ? 0 : 1, provider);
  return sendJson(response, 200, provider);
}
