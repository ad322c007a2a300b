// Adoptions of a lake that is not there: each is looked at once while it runs, and is over the next time.
import { randomUUID } from 'node:crypto';
import { jsonOf, notFound, sendJson } from './fake-http.mjs';
import { problem } from './fake-statements.mjs';

const LAKE = [
  ['sales.orders', 'possible', null],
  ['sales.returns', 'possible', null],
  ['sales.here', 'already_here', null],
  ['sales.taken', 'name_taken', 'Something else has the name iceberg.sales.taken'],
  ['sales.broken', 'refused', 'This is no metadata file of a table, or it is cut off'],
];

const adoptions = new Map();

export async function handleAdoptions({ method, path, request, response }) {
  if (path === '/adoptions' && method === 'POST') {
    const wanted = await jsonOf(request);
    if (wanted.location === '/etc') {
      const detail =
        '/etc is no folder that was granted; the operator grants folders with the setting tarn.storage.roots';
      throw problem(400, 'invalid_request', 'Invalid request', detail);
    }
    const id = randomUUID();
    adoptions.set(id, { id, wanted, looked: 0, cancelled: false });
    return sendJson(response, 202, { id, status: 'queued' });
  }
  if (path === '/adoptions' && method === 'GET') {
    const all = [...adoptions.values()].reverse().map((one) => pageOf(one).adoption);
    return sendJson(response, 200, { adoptions: all });
  }
  const match = /^\/adoptions\/([^/]+)$/.exec(path);
  if (match === null) {
    return false;
  }
  const adoption = adoptions.get(match[1]);
  if (adoption === undefined) {
    throw notFound('adoption');
  }
  if (method === 'DELETE') {
    adoption.cancelled = true;
    return sendJson(response, 200, { id: adoption.id, status: 'running' });
  }
  adoption.looked++;
  return sendJson(response, 200, pageOf(adoption));
}

function pageOf({ id, wanted, looked, cancelled }) {
  const slow = wanted.location === '/srv/slow';
  const over = cancelled || (!slow && looked > 1);
  const status = cancelled ? 'cancelled' : over ? 'completed' : 'running';
  const tables = over && !cancelled ? tablesOf(wanted) : [];
  const counts = { possible: 0, registered: 0, already_here: 0, name_taken: 0, refused: 0 };
  for (const { outcome } of tables) {
    counts[outcome]++;
  }
  return {
    adoption: {
      id,
      kind: wanted.kind,
      location: wanted.location,
      dry_run: wanted.dry_run === true,
      status,
      progress: over ? null : 0.4,
      created_at: '2026-11-27T10:00:00Z',
      finished_at: over ? '2026-11-27T10:00:01Z' : null,
      counts,
      error: cancelled
        ? { code: 'statement_cancelled', detail: 'The adoption was cancelled' }
        : null,
    },
    tables,
    next_cursor: null,
  };
}

function tablesOf(wanted) {
  return LAKE.filter(([source]) => wanted.tables?.includes(source) ?? true).map(
    ([source, outcome, reason]) => ({
      source,
      name: outcome === 'refused' ? null : `iceberg.${source}`,
      metadata_location: `file:/srv/lake/${source.replace('.', '/')}/metadata/v3.metadata.json`,
      outcome: outcome === 'possible' && !wanted.dry_run ? 'registered' : outcome,
      reason,
    }),
  );
}
