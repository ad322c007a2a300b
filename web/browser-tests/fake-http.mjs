import { problem } from './fake-statements.mjs';

export async function textOf(request) {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) {
    text += chunk;
  }
  return text;
}

export async function jsonOf(request) {
  const text = await textOf(request);
  try {
    return JSON.parse(text);
  } catch {
    throw problem(400, 'invalid_json', 'Invalid JSON', 'The body is not JSON.');
  }
}

export function sendJson(response, status, body) {
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
  return true;
}

export function sendNothing(response) {
  response.writeHead(204).end();
  return true;
}

export function pageOf(items, name, url) {
  const limit = Math.min(Number(url.searchParams.get('limit') ?? 50), 1000);
  const start = Number(url.searchParams.get('cursor') ?? 0);
  const end = start + limit;
  return { [name]: items.slice(start, end), next_cursor: end < items.length ? String(end) : null };
}

export const notFound = (what) => problem(404, 'not_found', 'Not found', `There is no ${what}.`);
