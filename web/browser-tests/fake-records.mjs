// The history of statements, as the activity page shows it.
import { randomUUID } from 'node:crypto';
import { pageOf, sendJson, sendNothing } from './fake-http.mjs';

const RECORDS = [
  ['running', 'select count(*) from shop.order_items a, shop.order_items b', 'mira', null],
  [
    'completed',
    "select status, count(*)\nfrom shop.orders\nwhere status <> 'new'\ngroup by 1",
    'admin',
    null,
  ],
  ['failed', 'select nope from shop.orders', 'admin', 'There is no column nope.'],
  ['cancelled', 'select * from shop.order_items', 'mira', null],
].map(([state, statement, name, detail], index) => ({
  id: randomUUID(),
  statement,
  state,
  user: { id: name, name },
  workspace: 'default',
  contract: 'tarn',
  started_at: new Date(Date.now() - index * 400_000 - 5_000).toISOString(),
  finished_at: state === 'running' ? null : new Date(Date.now() - index * 400_000).toISOString(),
  elapsed_ms: 5_000 - index * 800,
  row_count: state === 'completed' ? 3 : null,
  bytes_scanned: state === 'completed' ? 1_234_567 : null,
  tables:
    state === 'completed'
      ? [
          {
            name: 'iceberg.shop.orders',
            files_planned: 1,
            files_total: 1_000,
            conditions: ['day = 2026-11-27'],
          },
        ]
      : [],
  error: detail === null ? null : { code: 'binding_error', detail },
}));

export function handleRecords({ method, path, url, response }) {
  const id = /^\/statements\/([^/]+)$/.exec(path)?.[1];
  const record = RECORDS.find((one) => one.id === id);
  if (method === 'DELETE' && record !== undefined) {
    record.state = 'cancelled';
    return sendNothing(response);
  }
  if (method !== 'GET' || path !== '/statements') {
    return false;
  }
  const { state, user, q } = Object.fromEntries(url.searchParams);
  const found = RECORDS.filter(
    (one) =>
      (state === undefined || one.state === state) &&
      (user === 'all' || one.user.name === 'admin') &&
      (q === undefined || one.statement.includes(q)),
  );
  return sendJson(response, 200, pageOf(found, 'statements', url));
}
