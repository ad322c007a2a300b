import { beforeEach, describe, expect, test } from 'vitest';
import { Problem } from './problem';
import { resumeSession, signIn, signOut } from './session';
import { cancelStatement, runStatement } from './statements';
import { Transport } from './transport';

interface Sent {
  path: string;
  method: string;
  headers: Record<string, string>;
  body: unknown;
}

const SESSION = {
  user: { id: 'u', name: 'admin' },
  tenant: { id: 't', name: 'Main' },
  workspace: { id: 'w', name: 'default' },
  roles: ['Admin'],
  csrf_token: 'token-1',
};

let sent: Sent[];
let answers: Response[];
let transport: Transport;

beforeEach(() => {
  sent = [];
  answers = [];
  transport = new Transport(async (path, init) => {
    sent.push({
      path,
      method: init.method ?? '',
      headers: init.headers as Record<string, string>,
      body: init.body === undefined ? null : JSON.parse(String(init.body)),
    });
    const answer = answers.shift();
    if (answer === undefined) {
      throw new TypeError('Failed to fetch');
    }
    return answer;
  });
});

const json = (body: unknown, status = 200) =>
  new Response(JSON.stringify(body), { status, headers: { 'X-Request-Id': 'r-1' } });
const refusal = (code: string, status: number) => json({ code, title: code, detail: code }, status);

describe('the CSRF token', () => {
  test('goes with every write after signing in, and with no read', async () => {
    answers = [json(SESSION), json(SESSION), new Response(null, { status: 204 })];
    await signIn(transport, { key: 'k' });
    await resumeSession(transport);
    await signOut(transport);
    expect(sent.map(({ method, headers }) => [method, headers['X-CSRF-Token']])).toEqual([
      ['POST', undefined],
      ['GET', undefined],
      ['DELETE', 'token-1'],
    ]);
    expect(sent[0]?.body).toEqual({ key: 'k' });
    expect(transport.csrfToken).toBeNull();
  });

  test('is renewed once when another tab signed in again', async () => {
    transport.csrfToken = 'stale';
    transport.renewToken = async () => {
      transport.csrfToken = 'fresh';
      return true;
    };
    answers = [refusal('forbidden', 403), new Response(null, { status: 204 })];
    await signOut(transport);
    expect(sent.map(({ headers }) => headers['X-CSRF-Token'])).toEqual(['stale', 'fresh']);
  });
});

describe('a failure', () => {
  test('is a Problem with code, place and request id', async () => {
    const position = { line: 1, column: 8, offset: 7, length: 4 };
    answers = [
      json({ code: 'binding_error', title: 'Unknown', detail: 'No nope.', position }, 400),
    ];
    const problem = await runStatement(transport, 'id', 'select nope').catch(Problem.from);
    expect(problem).toMatchObject({
      code: 'binding_error',
      status: 400,
      message: 'No nope.',
      position,
      requestId: 'r-1',
    });
  });

  test('of 401 ends the session, except when signing in', async () => {
    let ended = 0;
    transport.onUnauthenticated = () => ended++;
    answers = [refusal('unauthenticated', 401), refusal('unauthenticated', 401)];
    await expect(signIn(transport, { key: 'wrong' })).rejects.toBeInstanceOf(Problem);
    expect(ended).toBe(0);
    await expect(runStatement(transport, 'id', 'select 1')).rejects.toBeInstanceOf(Problem);
    expect(ended).toBe(1);
  });

  test('of the network says that the server was not reached', async () => {
    await expect(resumeSession(transport)).rejects.toMatchObject({
      code: 'unreachable',
      status: 0,
    });
  });

  test('without a JSON body still has its status', async () => {
    answers = [new Response('<html>', { status: 502 })];
    await expect(resumeSession(transport)).rejects.toMatchObject({ status: 502 });
  });
});

test('cancelling says whether something was cancelled', async () => {
  answers = [new Response(null, { status: 204 }), refusal('not_found', 404)];
  expect(await cancelStatement(transport, 'a')).toBe(true);
  expect(await cancelStatement(transport, 'a')).toBe(false);
  expect(sent[0]?.path).toBe('/tarn/v1/statements/a');
});
