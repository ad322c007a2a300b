// Speaks the part of /tarn/v1 which the console uses and serves dist/, so that the browser tests run
// without a Tarn server. Run alone: node browser-tests/fake-server.mjs [port]
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { recordCommit } from './fake-audit.mjs';
import { namespaces, tables } from './fake-catalog.mjs';
import { handlePages } from './fake-pages.mjs';
import { handleSignIn } from './fake-settings.mjs';
import { answer, problem, runsLong } from './fake-statements.mjs';
import { commitOfSpark } from './fake-tables.mjs';
import { checkParameters, records, running } from './fake-workbench.mjs';

export const credentials = {
  username: 'admin',
  password: 'correct horse battery staple',
  key: 'dlx_sk_v1_fakefakefakefakefake',
};

/** Of somebody who may little. */
export const viewer = { key: 'dlx_sk_v1_fakefakefakefakeview' };
export const auditor = { key: 'dlx_sk_v1_fakefakefakefakeaudi' };
export const manager = { key: 'dlx_sk_v1_fakefakefakefakemana' };
const OTHERS = new Map([
  [viewer.key, { user: { id: 'u2', name: 'mira' }, roles: ['Viewer'] }],
  [auditor.key, { user: { id: 'u3', name: 'audrey' }, roles: ['Auditor'] }],
  [manager.key, { user: { id: 'u4', name: 'manny' }, roles: ['Manager'] }],
]);

const DIST = new URL('../dist/', import.meta.url);
const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
};
const CONTENT_SECURITY_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; " +
  "font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

const sessions = new Map();

export function startFakeServer(port = 0) {
  const server = createServer((request, response) => {
    const requestId = randomUUID();
    response.setHeader('X-Request-Id', requestId);
    handle(request, response).catch((failure) => {
      const body = failure.body ?? {
        ...problem(500, 'internal', 'Internal error', 'The fake failed.').body,
      };
      if (failure.body === undefined) {
        console.error(failure);
      }
      send(response, body.status, { ...body, request_id: requestId }, 'application/problem+json');
    });
  });
  return new Promise((resolve) => {
    server.listen(port, '127.0.0.1', () =>
      resolve({
        url: `http://127.0.0.1:${server.address().port}`,
        close: () => server.closeAllConnections() ?? server.close(),
      }),
    );
  });
}

async function handle(request, response) {
  const url = new URL(request.url, 'http://fake');
  if (url.pathname === '/fake/commit') {
    recordCommit(commitOfSpark());
    return response.writeHead(204).end();
  }
  if (!url.pathname.startsWith('/tarn/v1/')) {
    return serveFile(url.pathname, response);
  }
  const path = url.pathname.slice('/tarn/v1'.length);
  const call = `${request.method} ${path.startsWith('/statements/') ? '/statements/{id}' : path}`;
  if (call === 'POST /session') {
    return signIn(await json(request), response);
  }
  if (handleSignIn({ method: request.method, path, response })) {
    return;
  }
  const [token, session] = sessionOf(request);
  if (request.method !== 'GET' && request.headers['x-csrf-token'] !== session.csrf_token) {
    throw problem(403, 'forbidden', 'Forbidden', 'The X-CSRF-Token header is missing or wrong.');
  }
  const { method } = request;
  if (await handlePages({ method, path, url, request, response, session })) {
    return;
  }
  switch (call) {
    case 'GET /session':
      return send(response, 200, session);
    case 'DELETE /session':
      sessions.delete(token);
      return response.writeHead(204).end();
    case 'GET /namespaces':
      return send(response, 200, page(namespaces, 'namespaces', url));
    case 'GET /tables':
      return listTables(url, response);
    case 'POST /statements':
      return runStatement(await json(request), response);
    case 'DELETE /statements/{id}':
      return cancel(path.slice('/statements/'.length), response);
    default:
      throw problem(404, 'not_found', 'Not found', `There is no ${call}.`);
  }
}

function signIn(body, response) {
  const other = OTHERS.get(body.key);
  const known =
    other !== undefined ||
    body.key === credentials.key ||
    (body.username === credentials.username && body.password === credentials.password);
  if (!known) {
    const detail = 'The key, or the user name and password, is wrong.';
    throw problem(401, 'unauthenticated', 'Not signed in', detail);
  }
  const token = randomUUID();
  const session = {
    tenant: { id: 't1', name: 'Main' },
    workspace: { id: 'w1', name: 'default' },
    ...(other ?? { user: { id: 'u1', name: 'admin' }, roles: ['Admin'] }),
    csrf_token: randomUUID(),
  };
  sessions.set(token, session);
  response.setHeader('Set-Cookie', `tarn_session=${token}; HttpOnly; SameSite=Strict; Path=/`);
  send(response, 200, session);
}

function sessionOf(request) {
  const token = /tarn_session=([^;]+)/.exec(request.headers.cookie ?? '')?.[1];
  const session = sessions.get(token);
  if (session === undefined) {
    throw problem(401, 'unauthenticated', 'Not signed in', 'Sign in first.');
  }
  return [token, session];
}

function listTables(url, response) {
  const namespace = url.searchParams.get('namespace');
  const withColumns = url.searchParams.get('include') === 'columns';
  const found = tables
    .filter((table) => namespace === null || table.namespace === namespace)
    .map(({ columns, ...table }) => (withColumns ? { ...table, columns } : table));
  send(response, 200, page(found, 'tables', url));
}

function page(items, name, url) {
  const limit = Math.min(Number(url.searchParams.get('limit') ?? 50), 1000);
  const start = Number(url.searchParams.get('cursor') ?? 0);
  const end = start + limit;
  return { [name]: items.slice(start, end), next_cursor: end < items.length ? String(end) : null };
}

async function runStatement({ id = randomUUID(), statement, parameters = {} }, response) {
  const started = performance.now();
  checkParameters(statement, parameters);
  const record = {
    id,
    statement,
    state: 'running',
    user: { id: 'u1', name: 'admin' },
    workspace: 'default',
    contract: 'tarn',
    started_at: new Date().toISOString(),
    finished_at: null,
    elapsed_ms: 1200,
    row_count: null,
    bytes_scanned: null,
    error: null,
  };
  records.set(id, record);
  if (runsLong(statement)) {
    // As the server: a client that goes away has cancelled.
    response.on('close', () => stop(id));
    await new Promise((_, reject) => running.set(id, reject));
  }
  const { columns, rows } = answer(statement);
  Object.assign(record, { state: 'completed', row_count: rows.length });
  const elapsed = Math.round(performance.now() - started);
  const head = JSON.stringify({ id, status: 'completed', columns }).slice(0, -1);
  const tail = `"row_count":${rows.length},"elapsed_ms":${elapsed},"bytes_scanned":${rows.length * 8}`;
  sendText(response, 200, `${head},"rows":[${rows.join(',')}],${tail}}`, 'application/json');
}

function cancel(id, response) {
  if (!stop(id)) {
    throw problem(404, 'not_found', 'Not found', 'No such statement runs.');
  }
  response.writeHead(204).end();
}

function stop(id) {
  const reject = running.get(id);
  if (reject === undefined) {
    return false;
  }
  running.delete(id);
  Object.assign(records.get(id) ?? {}, { state: 'cancelled' });
  reject(problem(409, 'statement_cancelled', 'Cancelled', 'The statement was cancelled.'));
  return true;
}

async function serveFile(path, response) {
  const name = path.startsWith('/assets/') ? path.slice(1) : 'index.html';
  const body = await readFile(new URL(name, DIST));
  response.setHeader('Content-Security-Policy', CONTENT_SECURITY_POLICY);
  response.writeHead(200, { 'Content-Type': TYPES[extname(name)] ?? 'application/octet-stream' });
  response.end(body);
}

async function json(request) {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) {
    text += chunk;
  }
  try {
    return JSON.parse(text);
  } catch {
    throw problem(400, 'invalid_json', 'Invalid JSON', 'The body is not JSON.');
  }
}

function send(response, status, body, type = 'application/json') {
  sendText(response, status, JSON.stringify(body), type);
}

function sendText(response, status, text, type) {
  response.writeHead(status, { 'Content-Type': type }).end(text);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { url } = await startFakeServer(Number(process.argv[2] ?? 8090));
  console.log(`${url}  key ${credentials.key}  password ${credentials.password}`);
}
