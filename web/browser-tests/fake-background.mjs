// Statements in the background and schedules, as the console asks for them.
import { randomUUID } from 'node:crypto';
import { jsonOf, notFound, sendJson, sendNothing } from './fake-http.mjs';
import { answer, problem, runsLong } from './fake-statements.mjs';

const submitted = new Map();
const schedules = new Map();

export async function handleBackground({ method, path, url, request, response }) {
  if (path.startsWith('/submitted-statements')) {
    const id = path.slice('/submitted-statements'.length + 1);
    return handleSubmitted({ method, id, request, response });
  }
  if (path.startsWith('/schedules')) {
    return handleSchedules({ method, path, url, request, response });
  }
  return false;
}

function submit(statement) {
  const long = runsLong(statement);
  const rows = long ? null : answer(statement);
  const one = {
    id: randomUUID(),
    statement,
    status: long ? 'running' : 'completed',
    progress: long ? 0.25 : null,
    submitted_at: new Date().toISOString(),
    finished_at: long ? null : new Date().toISOString(),
    row_count: rows?.rows.length ?? null,
    error: null,
  };
  submitted.set(one.id, { one, rows });
  return one.id;
}

async function handleSubmitted({ method, id, request, response }) {
  if (id === '' && method === 'POST') {
    const made = submit((await jsonOf(request)).statement);
    return sendJson(response, 202, { id: made, status: 'queued' });
  }
  if (id === '') {
    const statements = [...submitted.values()].map(({ one }) => one).reverse();
    return sendJson(response, 200, { statements });
  }
  const found = submitted.get(id);
  if (found === undefined) {
    throw notFound(`submitted statement ${id}`);
  }
  const { one, rows } = found;
  if (method === 'DELETE') {
    one.status = one.status === 'running' ? 'cancelled' : one.status;
    one.progress = null;
    one.finished_at = new Date().toISOString();
    return sendJson(response, 200, { id, status: one.status });
  }
  const page = {
    id,
    status: one.status,
    progress: one.progress,
    columns: rows?.columns ?? [],
    rows: (rows?.rows ?? []).map((row) => JSON.parse(row)),
    row_count: one.row_count,
    elapsed_ms: 12,
    bytes_scanned: 0,
    error: one.error,
    next_cursor: null,
  };
  return sendJson(response, 200, page);
}

async function handleSchedules({ method, path, url, request, response }) {
  const [, , id = '', what = ''] = path.split('/');
  if (id === '' && method === 'POST') {
    const body = await jsonOf(request);
    if (body.cron.split(' ').length !== 5 && !body.cron.startsWith('@')) {
      const detail = `${body.cron} are no times that ever come.`;
      throw problem(400, 'invalid_request', 'Invalid request', detail);
    }
    const made = {
      into: null,
      timeout_ms: 3_600_000,
      paused: false,
      next_at: new Date(Date.now() + 3_600_000).toISOString(),
      created_at: new Date().toISOString(),
      ...body,
      id: randomUUID(),
    };
    schedules.set(made.id, { made, runs: [] });
    return sendJson(response, 201, made);
  }
  if (id === '') {
    const saved = url.searchParams.get('saved_statement_id');
    const all = [...schedules.values()].map(({ made }) => made);
    const found = all.filter((one) => one.saved_statement_id === saved);
    return sendJson(response, 200, { schedules: found });
  }
  const schedule = schedules.get(id);
  if (schedule === undefined) {
    throw notFound(`schedule ${id}`);
  }
  if (method === 'DELETE') {
    schedules.delete(id);
    return sendNothing(response);
  }
  if (what === 'runs') {
    return sendJson(response, 200, { runs: schedule.runs, next_cursor: null });
  }
  if (what === 'run') {
    const now = new Date().toISOString();
    const run = {
      local: now,
      at: now,
      manual: true,
      late: false,
      statement_id: submit('select 1'),
      state: 'completed',
      started_at: now,
      finished_at: now,
      error: null,
    };
    schedule.runs.unshift(run);
    return sendJson(response, 202, { ...run, state: 'queued' });
  }
  schedule.made.paused = what === 'pause';
  return sendJson(response, 200, schedule.made);
}
