// Uploads and loads. A CSV is cut at its commas and typed by a glance; a name tells what else is to happen:
//   slow*    the load runs until it is cancelled, or for `slowMs`
//   bad*     the load fails at line 3 unless rows are skipped, or the column is text
import { randomUUID } from 'node:crypto';
import { namespaces, tables } from './fake-catalog.mjs';
import { jsonOf, notFound, pageOf, sendJson, sendNothing, textOf } from './fake-http.mjs';
import { problem } from './fake-statements.mjs';

const uploads = new Map();
const loads = new Map();
const running = new Map();

export async function handleLoads(call) {
  const { method, path, request, response, url } = call;
  const [, kind, id, part] = path.split('/');
  if (kind === 'uploads') {
    return handleUploads(call, id);
  }
  if (kind !== 'loads') {
    return false;
  }
  if (method === 'POST' && id === 'preview') {
    return sendJson(response, 200, preview(await jsonOf(request)));
  }
  if (method === 'POST' && id === undefined) {
    return sendJson(response, 200, await load(await jsonOf(request), call.session));
  }
  if (method === 'GET' && id === undefined) {
    return sendJson(response, 200, pageOf(matching(url), 'loads', url));
  }
  if (method === 'DELETE') {
    const stop = running.get(id);
    if (stop === undefined) {
      throw notFound('such load that runs');
    }
    stop();
    return sendNothing(response);
  }
  const found = loads.get(id);
  if (found === undefined) {
    throw notFound('such load');
  }
  if (part === 'rejects') {
    response.writeHead(200, {
      'Content-Type': 'text/csv',
      'Content-Disposition': 'attachment; filename="rejects.csv"',
    });
    response.end('file,line,column,value,reason\nbad.csv,3,amount,"n/a, ""none""",not a BIGINT\n');
    return true;
  }
  return sendJson(response, 200, found);
}

async function handleUploads({ method, request, response, url }, id) {
  if (method === 'POST') {
    const name = url.searchParams.get('filename');
    const body = await textOf(request);
    const files = name === null ? formFiles(body) : [{ name, text: body }];
    const upload = {
      id: randomUUID(),
      files: files.map((file) => ({ name: file.name, bytes: file.text.length })),
      bytes: files.reduce((sum, { text }) => sum + text.length, 0),
      sha256: '0'.repeat(64),
      created_at: new Date().toISOString(),
      expires_at: new Date(Date.now() + 86_400_000).toISOString(),
    };
    uploads.set(upload.id, { upload, files });
    return sendJson(response, 201, upload);
  }
  const found = uploads.get(id);
  if (found === undefined) {
    throw notFound('such upload');
  }
  if (method === 'DELETE') {
    uploads.delete(id);
    return sendNothing(response);
  }
  return sendJson(response, 200, found.upload);
}

function formFiles(body) {
  return [
    ...body.matchAll(/filename="([^"]*)"[^\r\n]*\r\n(?:[^\r\n]+\r\n)*\r\n([\s\S]*?)\r\n--/g),
  ].map(([, name, text]) => ({ name, text }));
}

const filesOf = (id) => {
  const found = uploads.get(id);
  if (found === undefined) {
    throw notFound('such upload');
  }
  return found.files;
};

function preview({ upload, options = {}, columns, rows = 100 }) {
  const files = filesOf(upload);
  const lines = files[0].text.split(/\r?\n/).filter(Boolean);
  const counted = [',', ';', '\t', '|'].map((one) => [lines[0].split(one).length, one]);
  const delimiter = options.delimiter ?? counted.sort((a, b) => b[0] - a[0])[0][1];
  const cells = lines.map((line) => line.split(delimiter));
  const header = options.header ?? true;
  const names = cells[0].map((cell, index) => (header ? cell : `column_${index + 1}`));
  const body = header ? cells.slice(1) : cells;
  const found = names.map((source, index) => ({
    source,
    name: source,
    type: typeOf(body.map((row) => row[index])),
  }));
  for (const { source, type } of columns ?? []) {
    const column = found.find((one) => one.source === source);
    if (column === undefined) {
      throw problem(400, 'invalid_request', 'Invalid request', `The file has no column ${source}.`);
    }
    if (type === 'BIGINT' && column.type === 'STRING') {
      throw badRow(files[0].name, source, body[1]?.[names.indexOf(source)] ?? '', 3);
    }
    column.type = type ?? column.type;
  }
  return {
    options: { format: 'csv', encoding: 'UTF-8', delimiter, quote: '"', header, decimal: '.' },
    files: files.map(({ name }) => name),
    columns: found,
    rows: body.slice(0, rows).map((row) =>
      found.map(({ type }, index) => {
        const cell = row[index] ?? '';
        if (cell === '') {
          return null;
        }
        return type === 'BIGINT' ? Number(cell) : cell;
      }),
    ),
    warnings: body.some((row) => row.length !== names.length)
      ? [`Line 3 has ${body[1].length} cells, the first line has ${names.length}.`]
      : [],
  };
}

function typeOf(values) {
  const present = values.filter((value) => value !== undefined && value !== '');
  if (present.length > 0 && present.every((value) => /^-?\d+$/.test(value))) {
    return 'BIGINT';
  }
  return present.length > 0 && present.every((value) => /^\d{4}-\d\d-\d\d$/.test(value))
    ? 'DATE'
    : 'STRING';
}

function badRow(file, column, value, line) {
  const detail = `Line ${line} of ${file}: '${value}' in column ${column} is not a BIGINT. Nothing was loaded.`;
  return problem(400, 'bad_row', 'Bad row', detail, { file, line, column, value });
}

async function load(request, session) {
  const files = filesOf(request.upload);
  const { columns, rows } = preview({ ...request, columns: undefined });
  const name = request.table.replace(/^(iceberg\.)?/, 'iceberg.');
  const [, namespace, table] = name.split('.');
  const existing = tables.find((one) => one.name === name);
  if (existing !== undefined && request.mode === 'create') {
    const detail = `The table ${name} exists already. Use mode append or replace, or another name.`;
    throw problem(409, 'already_exists', 'Already exists', detail);
  }
  const taken = (request.columns ?? columns).map(({ source, name: named, type }) => {
    const column = columns.find((one) => one.source === source);
    return { name: named ?? column.name, type: type ?? column.type };
  });
  const record = newLoad(request, files, name, session);
  loads.set(record.id, record);
  if (files[0].name.startsWith('slow')) {
    await runSlowly(record);
  }
  if (files[0].name.startsWith('bad')) {
    if (request.on_error !== 'skip') {
      const failure = badRow(files[0].name, 'amount', 'n/a', 3);
      Object.assign(record, ended('failed'), { error: failure.body });
      throw failure;
    }
    record.rejected_rows = 1;
  }
  Object.assign(record, ended('completed'), {
    rows: rows.length - record.rejected_rows,
    files: 1,
    fraction: 1,
    bytes_written: 1234,
    columns: taken,
    snapshot_id: '8123456789012345679',
  });
  if (existing === undefined) {
    addTable(namespace, table, name, record, taken);
  }
  uploads.delete(request.upload);
  return record;
}

function addTable(namespace, table, name, record, columns) {
  tables.push({
    name,
    namespace,
    table,
    kind: 'table',
    format: 'iceberg',
    row_count: record.rows,
    size_bytes: record.bytes_written,
    file_count: 1,
    snapshot_id: record.snapshot_id,
    updated_at: record.finished_at,
    columns: columns.map((column) => ({ ...column, nullable: true, comment: null })),
  });
  const known = namespaces.find((one) => one.name === namespace);
  if (known === undefined) {
    namespaces.push({ name: namespace, table_count: 1 });
  } else {
    known.table_count++;
  }
}

function newLoad(request, files, table, session) {
  return {
    id: request.id ?? randomUUID(),
    state: 'running',
    table,
    mode: request.mode ?? 'create',
    file_name: files.map(({ name }) => name).join(', '),
    user: session.user,
    started_at: new Date().toISOString(),
    finished_at: null,
    rows: 0,
    rejected_rows: 0,
    files: 0,
    bytes_total: 1000,
    bytes_read: 400,
    bytes_written: 0,
    fraction: 0.4,
    columns: [],
    snapshot_id: null,
    elapsed_ms: 1200,
    options: request.options ?? {},
    warnings: [],
    repeated: false,
    error: null,
  };
}

const ended = (state) => ({ state, finished_at: new Date().toISOString() });

async function runSlowly(record) {
  record.rows = 12_000;
  const cancelled = await new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), Number(process.env.FAKE_SLOW_MS ?? 60_000));
    running.set(record.id, () => {
      clearTimeout(timer);
      resolve(true);
    });
  });
  running.delete(record.id);
  if (cancelled) {
    Object.assign(record, ended('cancelled'));
    throw problem(409, 'load_cancelled', 'Load cancelled', 'The load was cancelled.');
  }
}

const PAST = [
  ['completed', 'iceberg.shop.orders', 'orders.csv', 300_000, null],
  [
    'failed',
    'iceberg.shop.refunds',
    'refunds.csv',
    0,
    { code: 'bad_row', detail: "Line 17 of refunds.csv: 'n/a' in column total is not a BIGINT." },
  ],
  ['completed', 'iceberg.shop.products', 'products.xlsx', 1_000, null],
].map(([state, table, file, rows, error], index) => ({
  ...newLoad({ id: randomUUID() }, [{ name: file }], table, { user: { id: 'u1', name: 'admin' } }),
  state,
  rows,
  error,
  rejected_rows: index === 2 ? 3 : 0,
  started_at: new Date(Date.now() - (index + 1) * 5_400_000).toISOString(),
  finished_at: new Date(Date.now() - (index + 1) * 5_390_000).toISOString(),
}));
for (const past of PAST) {
  loads.set(past.id, past);
}

function matching(url) {
  const state = url.searchParams.get('state');
  const table = url.searchParams.get('table');
  return [...loads.values()]
    .filter((one) => state === null || one.state === state)
    .filter((one) => table === null || one.table.endsWith(table))
    .sort((a, b) => b.started_at.localeCompare(a.started_at));
}
