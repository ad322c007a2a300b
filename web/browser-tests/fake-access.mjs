// Users, roles, grants, and the answer to "why?", for an Admin and for a Viewer.
import { randomUUID } from 'node:crypto';
import { jsonOf, notFound, pageOf, sendJson, sendNothing } from './fake-http.mjs';
import { problem } from './fake-statements.mjs';

const ALL = ['describe', 'select', 'insert', 'update', 'create', 'alter', 'drop'];
const BUILT_IN = [
  ['Viewer', 'Reads what was granted, and nothing else', { agent: ['describe'] }],
  [
    'Analyst',
    'Reads all tables, asks agents, predicts with models',
    { catalog: ['describe', 'select'], agent: ['describe', 'use'] },
  ],
  [
    'Manager',
    'What an Analyst may, and looks after users and agents',
    { catalog: ['describe', 'select'], user: ['describe', 'create', 'alter'], role: ['describe'] },
  ],
  [
    'Auditor',
    'Sees what there is and who did what, and no row',
    {
      catalog: ['describe'],
      user: ['describe'],
      role: ['describe'],
      grant: ['describe'],
      setting: ['describe'],
      audit: ['describe', 'select'],
      usage: ['select'],
    },
  ],
  ['Admin', 'Everything in the tenant', { catalog: ALL, user: ALL, role: ALL }],
];

const IDS = { admin: 'u1', mira: 'u2', audrey: 'u3', manny: 'u4' };
const made = (name, roles, more = {}) => ({
  id: IDS[name] ?? randomUUID(),
  number: 1,
  name,
  email: `${name}@example.org`,
  first_name: null,
  last_name: null,
  roles,
  active: true,
  operator: false,
  issuer: null,
  created_at: '2026-11-20T10:00:00Z',
  ...more,
});

const users = [
  made('admin', ['Admin'], { operator: true, email: null }),
  made('mira', ['Viewer'], { first_name: 'Mira', last_name: 'Okafor' }),
  made('jo', ['Analyst', 'Shop'], { issuer: 'https://id.example.org' }),
  made('audrey', ['Auditor']),
  made('manny', ['Manager']),
  made('gone', ['Analyst'], { active: false }),
  ...Array.from({ length: 60 }, (_, at) =>
    made(`clerk_${String(at).padStart(2, '0')}`, ['Viewer']),
  ),
];
const custom = ['Shop'];
const grants = [
  ['role', 'Shop', 'select', 'namespace:iceberg.shop', null, null],
  ['user', 'mira', 'select', 'table:iceberg.shop.orders', ['id', 'status'], "status <> 'new'"],
  ['user', 'jo', '*', 'table:iceberg.shop.products', null, null],
].map(([kind, name, verb, on, columns, rows], at) => ({
  id: randomUUID(),
  to: { kind, name },
  verb,
  on,
  columns,
  rows,
  created_at: new Date(Date.now() - at * 90_000_000).toISOString(),
  created_by: 'admin',
}));

export const deny = (session, verb, on) => {
  const body = problem(
    403,
    'forbidden',
    'Forbidden',
    `${session.user.name} may not ${verb} ${on}; an administrator or its owner can grant it`,
    { verb, resource: on },
  );
  return body;
};

/** What a call needs, of the session. */
export function need(session, verb, on) {
  if (decision(session.user.name, verb, on).allowed === 'no') {
    throw deny(session, verb, on);
  }
}

export async function handleAccess(call) {
  const [, part, name, field] = /^\/(users|roles|grants|access)(?:\/([^/]+))?(?:\/(\w+))?$/.exec(
    call.path,
  ) ?? ['', ''];
  const named = name === undefined ? undefined : decodeURIComponent(name);
  switch (part) {
    case 'users':
      return handleUsers(call, named, field);
    case 'roles':
      return handleRoles(call, named);
    case 'grants':
      return handleGrants(call, named);
    case 'access':
      return handleWhy(call);
    default:
      return false;
  }
}

async function handleUsers({ method, url, request, response, session }, name, field) {
  need(session, method === 'GET' ? 'describe' : 'alter', 'user:*');
  if (name === undefined && method === 'GET') {
    const q = (url.searchParams.get('q') ?? '').toLowerCase();
    const found = users.filter((one) => `${one.name} ${one.email}`.toLowerCase().includes(q));
    return sendJson(response, 200, pageOf(found, 'users', url));
  }
  if (name === undefined) {
    const { password, ...wanted } = await jsonOf(request);
    if (users.some((one) => one.name === wanted.name)) {
      throw problem(409, 'already_exists', 'Exists already', `There is a user ${wanted.name}.`);
    }
    const user = made(wanted.name, wanted.roles ?? [], { email: null, ...wanted });
    user.created_at = new Date().toISOString();
    users.unshift(user);
    return sendJson(response, 201, user);
  }
  const user = users.find((one) => one.id === name || one.name === name);
  if (user === undefined) {
    throw notFound(`user ${name}`);
  }
  if (method === 'PATCH') {
    Object.assign(user, await jsonOf(request));
  } else if (field === 'roles') {
    user.roles = (await jsonOf(request)).roles;
  } else if (field === 'password') {
    await jsonOf(request);
    return sendNothing(response);
  }
  return sendJson(response, 200, user);
}

function shownRoles() {
  const members = (name) => users.filter((one) => one.roles.includes(name)).length;
  return [
    ...BUILT_IN.map(([name, description, verbs]) => ({
      name,
      built_in: true,
      description,
      members: members(name),
      verbs,
    })),
    ...custom.map((name) => ({
      name,
      built_in: false,
      description: 'What was granted to it',
      members: members(name),
      verbs: {},
    })),
  ];
}

async function handleRoles({ method, request, response, session }, name) {
  need(session, method === 'GET' ? 'describe' : 'create', 'role:*');
  if (method === 'GET') {
    return sendJson(response, 200, { roles: shownRoles() });
  }
  if (method === 'POST') {
    const { name: wanted } = await jsonOf(request);
    custom.push(wanted);
    return sendJson(
      response,
      201,
      shownRoles().find((one) => one.name === wanted),
    );
  }
  custom.splice(custom.indexOf(name), 1);
  for (const user of users) {
    user.roles = user.roles.filter((one) => one !== name);
  }
  return sendNothing(response);
}

async function handleGrants({ method, url, request, response, session }, id) {
  need(session, method === 'GET' ? 'describe' : 'grant', 'grant:*');
  if (method === 'GET') {
    const to = url.searchParams.get('to');
    const on = url.searchParams.get('on');
    const found = grants.filter(
      (one) => (to === null || one.to.name === to) && (on === null || one.on === on),
    );
    return sendJson(response, 200, pageOf(found, 'grants', url));
  }
  if (method === 'POST') {
    const { to, verb, on, columns = null, rows = null } = await jsonOf(request);
    const name = to.replace(/^(role|user):/, '');
    const kind = shownRoles().some((one) => one.name === name) ? 'role' : 'user';
    if (kind === 'user' && !users.some((one) => one.name === name)) {
      const detail = `There is no role and no user ${name}; list both`;
      throw problem(400, 'invalid_request', 'Invalid request', detail);
    }
    const grant = {
      id: randomUUID(),
      to: { kind, name },
      verb,
      on,
      columns,
      rows,
      created_at: new Date().toISOString(),
      created_by: session.user.name,
    };
    grants.unshift(grant);
    return sendJson(response, 201, grant);
  }
  grants.splice(
    grants.findIndex((one) => one.id === id),
    1,
  );
  return sendNothing(response);
}

function handleWhy({ url, response, session }) {
  const { verb, on, user = session.user.name } = Object.fromEntries(url.searchParams);
  if (!users.some((one) => one.name === user)) {
    throw notFound(`user ${user}`);
  }
  return sendJson(response, 200, decision(user, verb, on));
}

function decision(name, verb, on) {
  const roles = users.find((one) => one.name === name)?.roles ?? [];
  const because = [];
  const [kind] = on.split(':');
  const held = ['table', 'namespace'].includes(kind) ? 'catalog' : kind;
  for (const role of roles) {
    const verbs = BUILT_IN.find(([known]) => known === role)?.[2] ?? {};
    if (role === 'Admin' || verbs[held]?.includes(verb)) {
      because.push({ role, text: `the role ${role}` });
    }
  }
  for (const grant of grants) {
    const holds = grant.on === on || on.startsWith(`table:${grant.on.split(':')[1]}.`);
    const to = grant.to.name === name || roles.includes(grant.to.name);
    if (to && holds && (grant.verb === verb || grant.verb === '*')) {
      because.push({ grant, text: `${grant.verb} on ${grant.on} to ${grant.to.name}` });
    }
  }
  const limited = because.every(({ grant }) => grant !== undefined && grant.columns !== null);
  const allowed = because.length === 0 ? 'no' : limited ? 'partly' : 'yes';
  const what = `${verb} ${on}`;
  const text =
    allowed === 'no'
      ? `${name} may not ${what}: no role and no grant of ${name} allows it`
      : `${name} may ${what}${allowed === 'partly' ? ' in part' : ''}`;
  return { allowed, text, because, granters: ['admin'] };
}
