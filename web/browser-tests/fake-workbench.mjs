// What the workbench asks beside running: exports, plans, saved statements, the record of one statement.
import { randomUUID } from 'node:crypto';
import { jsonOf, notFound, pageOf, sendJson, sendNothing } from './fake-http.mjs';
import { answer, problem, runsLong } from './fake-statements.mjs';

const saved = new Map();
/** What ran, by id: the state and the answer's figures. */
export const records = new Map();
/** What runs until it is cancelled, by id: how it is ended with a problem. */
export const running = new Map();

export async function handleWorkbench({ method, path, url, request, response, session }) {
  if (method === 'POST' && path === '/statements/export') {
    return exportStatement(await jsonOf(request), response);
  }
  if (method === 'POST' && path === '/statements/explain') {
    const { id, statement, parameters = {} } = await jsonOf(request);
    checkParameters(statement, parameters);
    if (runsLong(statement)) {
      await new Promise((_, reject) => running.set(id, reject));
    }
    answer(statement);
    return sendJson(response, 200, {
      plan: 'PROJECTION\n  TABLE_SCAN iceberg.shop.orders\n    Filters: status = paid',
      tables: [
        {
          name: 'iceberg.shop.orders',
          files_total: 12,
          files_planned: 3,
          bytes_total: 7_200_000,
          bytes_planned: 1_800_000,
          rows_total: 300_000,
          rows_planned: 75_000,
        },
      ],
    });
  }
  const id = /^\/statements\/([^/]+)$/.exec(path)?.[1];
  if (method === 'GET' && id !== undefined) {
    const record = records.get(id);
    if (record === undefined) {
      throw notFound(`statement ${id}`);
    }
    return sendJson(response, 200, record);
  }
  return path.startsWith('/saved-statements')
    ? handleSaved({ method, path, url, request, response, session })
    : false;
}

/** As the server: every parameter has a value and every value a parameter. */
export function checkParameters(statement, parameters) {
  const names = new Set([...statement.matchAll(/(?<![\w:'"]):([a-z_]\w*)/gi)].map((one) => one[1]));
  for (const name of names) {
    if (!(name in parameters)) {
      throw problem(400, 'invalid_request', 'Invalid request', `:${name} has no value.`);
    }
  }
  for (const name of Object.keys(parameters)) {
    if (!names.has(name)) {
      throw problem(400, 'invalid_request', 'Invalid request', `There is no :${name}.`);
    }
  }
}

function exportStatement({ statement, format, table, parameters = {} }, response) {
  checkParameters(statement, parameters);
  const { columns, rows } = answer(statement);
  if (table !== undefined) {
    if (table === 'shop.orders') {
      const detail =
        'The table iceberg.shop.orders exists. Choose replace or append, or another name.';
      throw problem(409, 'already_exists', 'Already exists', detail);
    }
    return sendJson(response, 200, {
      id: randomUUID(),
      table: `iceberg.${table}`,
      rows: rows.length,
      snapshot_id: '1',
      elapsed_ms: 5,
      bytes_scanned: 0,
    });
  }
  response.writeHead(200, {
    'Content-Type': 'application/octet-stream',
    'Content-Disposition': `attachment; filename="result.${format}"`,
    'X-Tarn-Rows': rows.length,
  });
  response.end(`${columns.map(({ name }) => name).join(',')}\n${rows.join('\n')}\n`);
  return true;
}

async function handleSaved({ method, path, url, request, response, session }) {
  const id = path.slice('/saved-statements'.length + 1);
  if (id === '') {
    if (method === 'GET') {
      const q = (url.searchParams.get('q') ?? '').toLowerCase();
      const found = [...saved.values()].filter((one) =>
        `${one.name} ${one.description ?? ''}`.toLowerCase().includes(q),
      );
      return sendJson(response, 200, pageOf(found, 'saved_statements', url));
    }
    const body = await jsonOf(request);
    refuseTaken(body.name, null);
    const now = new Date().toISOString();
    const made = { ...body, id: randomUUID(), user: session.user, version: 1, created_at: now };
    saved.set(made.id, { ...made, updated_at: now });
    return sendJson(response, 201, saved.get(made.id));
  }
  const one = saved.get(id);
  if (one === undefined) {
    throw notFound(`saved statement ${id}`);
  }
  switch (method) {
    case 'GET':
      return sendJson(response, 200, one);
    case 'PUT': {
      const { version, ...body } = await jsonOf(request);
      if (version !== one.version) {
        const detail = `The saved statement ${one.name} is at version ${one.version}, not ${version}.`;
        throw problem(409, 'conflict', 'Conflict', detail);
      }
      refuseTaken(body.name, id);
      saved.set(id, {
        ...one,
        ...body,
        version: version + 1,
        updated_at: new Date().toISOString(),
      });
      return sendJson(response, 200, saved.get(id));
    }
    case 'DELETE':
      saved.delete(id);
      return sendNothing(response);
    default:
      return false;
  }
}

function refuseTaken(name, id) {
  if ([...saved.values()].some((one) => one.name === name && one.id !== id)) {
    const detail = `You have a saved statement of the name ${name}. Choose another name.`;
    throw problem(409, 'already_exists', 'Already exists', detail);
  }
}
