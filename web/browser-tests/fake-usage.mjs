// What was used in a month, and how much may be.
import { need } from './fake-access.mjs';
import { jsonOf, sendJson } from './fake-http.mjs';

let quota = { storage_bytes: 50e9, scanned_bytes_day: null, scanned_bytes_month: 2e12 };
const USED = { storage_bytes: 31_400_000_000, scanned_bytes_day: 42e9, scanned_bytes_month: 640e9 };
const DAY_MS = 86_400_000;

function amounts(at) {
  return {
    calls: 900 + ((at * 379) % 700),
    statements: 120 + ((at * 53) % 90),
    bytes_scanned: 1e9 * (3 + ((at * 7) % 5)),
    bytes_loaded: 1e8 * at,
    job_seconds: 12.5 * at,
    model_tokens: 0,
    cost_usd: 0.25 * at,
  };
}

const day = (at) => new Date(Date.now() - at * DAY_MS).toISOString().slice(0, 10);
const GROUPS = {
  day: Array.from({ length: 29 }, (_, at) => day(28 - at)).filter((_, at) => at % 7 !== 3),
  hour: Array.from({ length: 24 }, (_, at) => `${day(0)}T${String(at).padStart(2, '0')}:00+01:00`),
  user: ['admin', 'mira', 'jo'],
  key: ['first start', 'notebook', 'console'],
  kind: ['call', 'statement', 'load'],
};

export async function handleUsage({ method, path, url, request, response, session }) {
  if (path === '/usage') {
    const rows = GROUPS[url.searchParams.get('by') ?? 'day'].map((group, at) => ({
      group,
      id: null,
      ...amounts(at),
    }));
    const total = {};
    for (const name of Object.keys(amounts(0))) {
      total[name] = rows.reduce((sum, row) => sum + row[name], 0);
    }
    const scope = session.roles.includes('Admin') ? 'tenant' : 'own';
    return sendJson(response, 200, { scope, rows, total: { group: 'total', ...total } });
  }
  if (path !== '/quotas') {
    return false;
  }
  need(session, 'select', 'usage:*');
  if (method === 'PUT') {
    const { tenant, ...wanted } = await jsonOf(request);
    quota = wanted;
  }
  return sendJson(response, 200, { tenant_id: 't1', ...quota, used: USED });
}
