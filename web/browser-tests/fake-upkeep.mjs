// Health of tables and what is done for them. A job is looked at twice while it runs, and is over the third time.
import { randomUUID } from 'node:crypto';
import { need } from './fake-access.mjs';
import { tables } from './fake-catalog.mjs';
import { jsonOf, notFound, sendJson } from './fake-http.mjs';
import { problem } from './fake-statements.mjs';

const MEGABYTE = 1_048_576;
const jobs = [];
const policies = new Map();
const compacted = new Set();

const SETTINGS = [
  ['enabled', true, 'whether anything is done by itself'],
  ['compact', true, 'whether small files are put together, and deletes applied'],
  ['compact_small_files', 20, 'so many small files are reason enough'],
  ['compact_delete_ratio', 0.3, 'so much of the rows being deleted is reason enough, 0 to 1'],
  ['expire_after_days', null, 'versions go after that many days'],
  ['quiet_from', null, 'from this time of day nothing is begun, as 08:00'],
  ['zone', 'UTC', 'the time zone of all of these times'],
  ['bytes_per_day', null, 'compactions rewrite no more than that in 24 hours'],
];

export async function handleUpkeep({ method, path, request, response, session }) {
  if (path === '/upkeep/tables') {
    return sendJson(response, 200, ranking());
  }
  const place = placeOf(path);
  if (place !== null) {
    if (method === 'PUT') {
      need(session, 'manage', place === 'tenant' ? 'catalog:iceberg' : `table:${place}`);
      policies.set(place, checked(await jsonOf(request)));
    }
    return sendJson(response, 200, policyOf(place));
  }
  const one = /^\/upkeep\/([^/]+)$/.exec(path);
  if (one !== null) {
    const job = jobs.find(({ id }) => id === one[1]);
    if (job === undefined) {
      throw notFound(`job ${one[1]}`);
    }
    if (method === 'DELETE') {
      end(job, 'cancelled', { code: 'statement_cancelled', detail: 'It was cancelled' });
    }
    return sendJson(response, 200, method === 'GET' ? looked(job) : shown(job));
  }
  const match = /^\/tables\/([^/]+)\/(health|upkeep|rollback)$/.exec(path);
  const table = match === null ? null : tables.find(named(decodeURIComponent(match[1])));
  if (table == null || table.kind === 'view') {
    return false;
  }
  if (method === 'GET') {
    const list = () => ({ jobs: jobs.filter((job) => job.table === table.name).map(looked) });
    return sendJson(response, 200, match[2] === 'health' ? health(table) : list());
  }
  need(session, 'manage', `table:${table.name}`);
  if (match[2] === 'rollback') {
    return rollBack(table, await jsonOf(request), response);
  }
  return sendJson(response, 202, started(table, await jsonOf(request), session));
}

const named = (name) => (table) => table.name === name || table.name === `iceberg.${name}`;

function placeOf(path) {
  if (path === '/upkeep/policy') {
    return 'tenant';
  }
  const match = /^\/(?:tables|namespaces)\/([^/]+)\/upkeep-policy$/.exec(path);
  return match === null ? null : decodeURIComponent(match[1]);
}

function checked(policy) {
  if (policy.quiet_from === 'noon') {
    const detail = 'quiet_from is a time of day, as 08:00: from this time of day nothing is begun';
    throw problem(400, 'invalid_request', 'Invalid request', detail);
  }
  return policy;
}

function policyOf(place) {
  const own = policies.get(place) ?? {};
  const wider = place === 'tenant' ? {} : (policies.get('tenant') ?? {});
  return {
    place,
    policy: own,
    holds: SETTINGS.map(([name, usual, description]) => ({
      name,
      description,
      value: own[name] ?? wider[name] ?? usual,
    })),
  };
}

/** The orders have many small files until they are compacted. */
function health(table) {
  const bad = table.table === 'orders' && !compacted.has(table.name);
  const count = bad ? 420 : 1;
  return {
    table: table.name,
    recommendation: bad
      ? 'Consider compaction: 400 of 420 data files are small, and 419 fewer would hold the same rows.'
      : 'Nothing to do.',
    snapshot_count: 15,
    target_file_bytes: 256 * MEGABYTE,
    files: {
      count,
      bytes: table.size_bytes,
      rows: table.row_count,
      small: bad ? 400 : 0,
      other_partitioning: 0,
      manifests: 3,
    },
    average_file_bytes: Math.round(table.size_bytes / count),
    deletes: { files: bad ? 4 : 0, equality_files: 0, positions: bad ? 900 : 0, ratio: 0.003 },
    partitions: { count: 3, largest_bytes: 4_000_000, median_bytes: 1_000_000, skew: 4 },
    sizes: [
      { below: MEGABYTE, files: bad ? 380 : 0, bytes: bad ? 3_000_000 : 0 },
      { below: 8 * MEGABYTE, files: bad ? 40 : 1, bytes: 4_000_000 },
      { below: null, files: 0, bytes: 0 },
    ],
    clustering_depth: null,
    columns: table.columns.map(({ name }) => ({
      name,
      bytes: 4096,
      values: table.row_count,
      nulls: 0,
      lower: '1',
      upper: '90000',
    })),
    growth: { files_per_day: 42, bytes_per_day: 1e6, rows_per_day: 9e4, commits_per_day: 15 },
    saving: bad
      ? { files: 419, rewritten_bytes: table.size_bytes, scan_share: 0.68 }
      : { files: 0, rewritten_bytes: 0, scan_share: 0 },
  };
}

function ranking() {
  const ranked = tables
    .filter(({ kind }) => kind === 'table')
    .map((table) => {
      const { recommendation, files, deletes, saving, snapshot_count } = health(table);
      return {
        table: table.name,
        recommendation,
        files: files.count,
        small_files: files.small,
        bytes: files.bytes,
        delete_ratio: deletes.ratio,
        snapshot_count,
        scan_share: saving.scan_share,
        hurts: files.bytes * saving.scan_share,
      };
    });
  return { tables: ranked.sort((one, other) => other.hurts - one.hurts), complete: true };
}

function started(table, wanted, session) {
  const open = jobs.find((job) => job.table === table.name && job.finished_at === null);
  if (open !== undefined) {
    const detail = `Something else is done for ${table.name} at this moment: ${open.operation}`;
    throw problem(409, 'conflict', 'Conflict', detail);
  }
  const now = new Date().toISOString();
  const job = {
    id: randomUUID(),
    table: table.name,
    operation: wanted.operation,
    by: session.user.name,
    why: null,
    state: 'queued',
    progress: null,
    created_at: now,
    started_at: null,
    finished_at: null,
    result: null,
    error: null,
    wanted,
    looks: 0,
  };
  jobs.unshift(job);
  return shown(job);
}

/** A compaction `where slow` never ends by itself. */
function looked(job) {
  if (job.finished_at === null) {
    job.looks++;
    job.started_at ??= new Date().toISOString();
    Object.assign(job, { state: 'running', progress: Math.min(0.9, job.looks / 10) });
    const quick = job.wanted.dry_run === true ? 1 : 3;
    if (job.looks > quick && job.wanted.options?.where !== 'slow') {
      end(job, 'completed', null);
    }
  }
  return shown(job);
}

function end(job, state, error) {
  if (job.finished_at !== null) {
    return;
  }
  const result = state === 'completed' ? resultOf(job.wanted) : null;
  const finished_at = new Date().toISOString();
  Object.assign(job, { state, error, result, progress: null, finished_at });
  if (state === 'completed' && job.operation === 'compact') {
    compacted.add(job.table);
  }
}

function resultOf({ operation, retain_last: keep, dry_run: dry = false }) {
  switch (operation) {
    case 'compact':
      return { rewritten_files: 420, new_files: 1, rewritten_bytes: 7_200_000 };
    case 'expire':
      return {
        expired_count: Math.max(0, 15 - keep),
        remaining_count: Math.min(15, keep),
        deleted_files: 30,
        freed_bytes: 9_000_000,
        dry_run: dry,
      };
    case 'remove_orphan_files':
      return {
        orphan_count: 2,
        orphan_bytes: 2048,
        removed_bytes: dry ? 0 : 2048,
        dry_run: dry,
        ...(dry ? { files: ['shop/orders/data/a.parquet', 'shop/orders/data/b.parquet'] } : {}),
      };
    default:
      return { manifests_before: 3, manifests_after: 1 };
  }
}

const shown = ({ wanted, looks, ...job }) => job;

const rolledBack = new Map();

/** The version that is current after a rollback; undefined for a table without one. */
export const rolledBackTo = (table) => rolledBack.get(table.name);

function rollBack(table, { snapshot_id: to }, response) {
  rolledBack.set(table.name, to);
  return sendJson(response, 200, { ...table, snapshot_id: to });
}

// What the server did by itself, as the log has it.
jobs.push({
  id: randomUUID(),
  table: 'iceberg.shop.customers',
  operation: 'expire',
  by: 'tarn',
  why: '1200 versions are kept, and 1000 are to be at most',
  state: 'completed',
  progress: null,
  created_at: '2026-11-27T10:00:00Z',
  started_at: '2026-11-27T10:00:01Z',
  finished_at: '2026-11-27T10:00:04Z',
  result: {
    expired_count: 200,
    remaining_count: 1000,
    deleted_files: 410,
    freed_bytes: 82_000_000,
  },
  error: null,
  wanted: {},
  looks: 0,
});
