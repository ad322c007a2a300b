// One table: what is said about it, its snapshots, its profile; and the search over all.
import { droppedTables, namespaces, tables } from './fake-catalog.mjs';
import { jsonOf, pageOf, sendJson, sendNothing } from './fake-http.mjs';
import { problem } from './fake-statements.mjs';
import { rolledBackTo } from './fake-upkeep.mjs';

export async function handleTables({ method, path, url, request, response }) {
  if (method === 'GET' && path === '/search') {
    return sendJson(response, 200, { results: search(url.searchParams.get('q') ?? '') });
  }
  if (method === 'GET' && path === '/dropped-tables') {
    return sendJson(response, 200, pageOf(droppedTables, 'tables', url));
  }
  const dropped = /^\/dropped-tables\/([^/]+)\/restore$/.exec(path);
  if (method === 'POST' && dropped !== null) {
    return sendJson(response, 200, restored(dropped[1], (await jsonOf(request)).name));
  }
  const match = /^\/tables\/([^/]+)(?:\/(\w+))?$/.exec(path);
  if (match === null) {
    return false;
  }
  const table = tableOf(decodeURIComponent(match[1]));
  switch (`${method} ${match[2] ?? ''}`.trim()) {
    case 'GET':
      return sendJson(response, 200, detail(table));
    case 'PATCH':
      return sendJson(response, 200, change(table, await jsonOf(request)));
    case 'DELETE':
      tables.splice(tables.indexOf(table), 1);
      namespaces.find(({ name }) => name === table.namespace).table_count--;
      return sendNothing(response);
    case 'GET snapshots':
      return sendJson(response, 200, pageOf(snapshots(table), 'snapshots', url));
    case 'GET reports':
      return sendJson(response, 200, pageOf(reports(table), 'reports', url));
    case 'GET profile':
      return sendJson(response, 200, profile(table));
    default:
      return false;
  }
}

function restored(id, wanted) {
  const dropped = droppedTables.find((one) => one.id === id);
  if (dropped.table === 'taken' && wanted === null) {
    const detail = 'The table iceberg.shop.taken exists already.';
    throw problem(409, 'already_exists', 'Already exists', detail);
  }
  const name = wanted === null ? dropped.table : wanted.replace('shop.', '');
  const table = { ...tables.find((one) => one.table === 'products'), table: name };
  table.name = `iceberg.shop.${name}`;
  tables.push(table);
  namespaces.find((one) => one.name === 'shop').table_count++;
  droppedTables.splice(droppedTables.indexOf(dropped), 1);
  return detail(table);
}

function tableOf(name) {
  const table = tables.find((one) => one.name === name || one.name === `iceberg.${name}`);
  if (table === undefined) {
    const detail = `There is no table ${name}. SHOW TABLES lists the tables that exist.`;
    throw problem(404, 'unknown_table', 'Unknown table', detail);
  }
  return table;
}

const detail = (table) => ({ description: null, tags: [], ...table });

function change(table, { description, tags, columns = {} }) {
  if (description !== undefined) {
    table.description = description;
  }
  if (tags !== undefined) {
    table.tags = tags;
  }
  for (const [name, { description: comment }] of Object.entries(columns)) {
    const column = table.columns.find((one) => one.name === name);
    if (column === undefined) {
      throw problem(400, 'invalid_request', 'Invalid request', `There is no column ${name}.`);
    }
    column.comment = comment;
  }
  return detail(table);
}

/** A commit of Spark's, with an entry in the trail. */
export function commitOfSpark() {
  const table = tables.find((one) => one.name === 'iceberg.shop.orders');
  table.snapshot_id = String(BigInt(table.snapshot_id) + 1n);
  commits.push({ ...snapshots(table)[0], snapshot_id: table.snapshot_id, engine: 'spark 4.1.3' });
  return table;
}

const commits = [];

function snapshots(table) {
  const current = rolledBackTo(table);
  const first = firstSnapshots(table).map((one) =>
    current === undefined ? one : { ...one, current: one.snapshot_id === current },
  );
  if (table.name !== 'iceberg.shop.orders' || commits.length === 0) {
    return first;
  }
  return [...commits].reverse().concat(first.map((one) => ({ ...one, current: false })));
}

function firstSnapshots(table) {
  return [0, 1, 2].map((age) => ({
    snapshot_id: String(8123456789012345678n - BigInt(age)),
    parent_id: age === 2 ? null : String(8123456789012345677n - BigInt(age)),
    committed_at: new Date(Date.now() - age * 90_000_000).toISOString(),
    operation: 'append',
    current: age === 0,
    added_rows: Math.round(table.row_count / 3),
    deleted_rows: 0,
    added_files: 1,
    total_rows: Math.round((table.row_count * (3 - age)) / 3),
    total_bytes: Math.round((table.size_bytes * (3 - age)) / 3),
    engine: null,
  }));
}

function reports(table) {
  const none = {
    operation: null,
    filter: null,
    columns: null,
    files_planned: null,
    files_skipped: null,
    bytes_planned: null,
    files_added: null,
    files_removed: null,
    rows_added: null,
    rows_removed: null,
    attempts: null,
  };
  const of = (kind, at) => ({
    ...none,
    id: `01939e4c-0000-7000-8000-0000000001${at}`,
    kind,
    reported_at: new Date(Date.now() - at * 90_000).toISOString(),
    user: 'ann',
    engine: 'spark 4.1.3',
    snapshot_id: table.snapshot_id,
    duration_ms: 2.644 * at,
  });
  return [
    {
      ...of('scan', 10),
      filter: 'country = (hash-3d2f1a9b)',
      columns: 3,
      files_planned: 5,
      files_skipped: 95,
      bytes_planned: 4_194_304,
    },
    {
      ...of('commit', 11),
      operation: 'overwrite',
      files_added: 2,
      files_removed: 1,
      rows_added: 1200,
      rows_removed: 3,
      attempts: 1,
    },
  ];
}

function profile(table) {
  return {
    table: table.name,
    snapshot_id: table.snapshot_id,
    rows: table.row_count,
    profiled_rows: table.row_count,
    elapsed_ms: 321,
    columns: table.columns.map((column, index) => columnProfile(table, column, index)),
  };
}

function columnProfile(table, { name, type }, index) {
  const numeric = /INT|DECIMAL/.test(type);
  return {
    name,
    type,
    nulls: index === table.columns.length - 1 ? Math.round(table.row_count / 3) : 0,
    distinct: index === 0 ? table.row_count : 4 + index,
    min: numeric ? '1' : 'new',
    max: numeric ? String(table.row_count) : 'shipped',
    mean: numeric ? table.row_count / 2 : null,
    quantiles: numeric ? { p05: 15.5, p25: 75, p50: 150, p75: 225, p95: 285 } : null,
    histogram: numeric
      ? Array.from({ length: 20 }, (_, at) => ({
          from: at * 50,
          to: (at + 1) * 50,
          count: Math.round(1000 * Math.exp(-((at - 8) ** 2) / 18)),
        }))
      : null,
    top_values: ['paid', 'shipped', 'new', ''].map((value, at) => ({
      value: numeric ? String(at + 1) : value,
      count: Math.round(table.row_count / (at + 2)),
    })),
  };
}

function search(text) {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const matches = (...texts) => {
    const all = texts.join(' ').toLowerCase();
    return words.every((word) => all.includes(word));
  };
  const results = [];
  for (const table of tables) {
    if (matches(table.name, table.description ?? '', ...(table.tags ?? []))) {
      const description = table.description ?? null;
      results.push({ kind: 'table', table: table.name, name: table.name, description });
    }
    for (const { name, type, comment } of table.columns) {
      if (matches(name, comment ?? '')) {
        results.push({
          kind: 'column',
          table: table.name,
          column: name,
          name,
          type,
          description: comment,
        });
      }
    }
  }
  return results.slice(0, 30);
}
