// A trail of some hundred entries, newest first.
import { randomUUID } from 'node:crypto';
import { need } from './fake-access.mjs';
import { pageOf, sendJson } from './fake-http.mjs';

const KINDS = [
  ['select', 'table:iceberg.shop.orders', 'done', { statement: 'select * from shop.orders' }],
  ['grant', 'table:iceberg.shop.orders', 'done', { grant: 'select to mira' }],
  ['select', 'table:iceberg.shop.customers', 'denied', {}],
  ['sign-in', 'user:u2', 'failed', { reason: 'wrong password' }],
];
const NAMES = ['admin', 'mira', 'jo'];
const COUNT = 260;

const entries = Array.from({ length: COUNT }, (_, at) => {
  const [verb, resource, outcome, details] = KINDS[at % KINDS.length];
  const name = NAMES[at % NAMES.length];
  return {
    id: randomUUID(),
    sequence: at === 0 ? null : COUNT - at,
    at: new Date(Date.now() - at * 400_000).toISOString(),
    who: { kind: at % 5 === 0 ? 'key' : 'person', id: `u${at % 3}`, name },
    verb,
    resource,
    outcome,
    request_id: randomUUID(),
    address: '127.0.0.1',
    details,
  };
});

/** What the trail says of a commit. */
export function recordCommit(table) {
  entries.unshift({
    ...entries[0],
    id: randomUUID(),
    who: { kind: 'key', id: 'u1', name: 'admin' },
    verb: 'insert',
    resource: `table:${table.name}`,
    outcome: 'done',
    details: { operation: 'append', snapshot_id: table.snapshot_id },
  });
}

export function handleAudit({ method, path, url, request, response, session }) {
  if (path === '/audit/verify' && method === 'POST') {
    need(session, 'select', 'audit:*');
    return sendJson(response, 200, {
      intact: true,
      entries: COUNT - 1,
      first_sequence: 1,
      head: { sequence: COUNT - 1, hash: 'ab'.repeat(32), sealed_at: entries[1].at },
      unsealed: 1,
      problems: [],
    });
  }
  if (path !== '/audit') {
    return false;
  }
  need(session, 'select', 'audit:*');
  const { who, verb, outcome, q, resource, from } = Object.fromEntries(url.searchParams);
  const found = entries.filter(
    (one) =>
      (who === undefined || one.who.name === who) &&
      (verb === undefined || one.verb === verb) &&
      (outcome === undefined || one.outcome === outcome) &&
      (resource === undefined || one.resource === resource) &&
      (from === undefined || one.at >= from) &&
      (q === undefined || JSON.stringify(one).includes(q)),
  );
  if (request.headers.accept === 'application/x-ndjson') {
    response.writeHead(200, { 'Content-Type': 'application/x-ndjson' });
    response.end(found.map((one) => `${JSON.stringify(one)}\n`).join(''));
    return true;
  }
  return sendJson(response, 200, pageOf(found, 'entries', url));
}
