import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assertNoViolations, editor, openConsole, run, SHOTS } from './console.mjs';
import { startIssuer } from './issuer.mjs';

// The fake server signs nobody in; this needs a real one, which may call this machine (scripts/browser-tests.sh).
const real = process.env.TARN_URL !== undefined;
const client = { clientId: 'tarn-console', clientSecret: 's3cret-of-the-client' };

let tarn;
let issuer;
before(async () => {
  tarn = await openConsole();
  if (real) {
    issuer = await startIssuer({
      ...client,
      person: { sub: 'anna-1', preferred_username: 'anna' },
    });
  }
});
after(async () => {
  issuer?.close();
  await tarn.close();
});

const provider = (method, body) =>
  fetch(`${tarn.url}/tarn/v1/identity-providers/company`, {
    method,
    headers: {
      Authorization: `Bearer ${tarn.credentials.key}`,
      'Content-Type': 'application/json',
    },
    body: body === undefined ? undefined : JSON.stringify(body),
  });

test('whoever signs in at a provider comes back signed in, and can sign out', {
  skip: real ? false : 'needs a real server',
}, async () => {
  const made = await provider('PUT', {
    issuer: issuer.issuer,
    client_id: client.clientId,
    client_secret: client.clientSecret,
    just_in_time: true,
    default_roles: ['Analyst'],
    shown: true,
  });
  assert.equal(made.status, 200, await made.text());
  const page = await tarn.page();
  await page.goto('/keys');
  const button = page.getByRole('link', { name: 'Sign in with company' });
  await button.waitFor();
  await assertNoViolations(page);
  await page.screenshot({ path: `${SHOTS}/sign-in-provider.png` });
  await button.click();
  await page.getByRole('button', { name: 'Continue' }).click();

  // Back where one was, signed in, across a redirect from another site; and still so after a reload.
  await page.waitForURL(`${tarn.url}/keys`);
  await page.getByRole('button', { name: 'Sign out' }).waitFor();
  await page.reload();
  await page.goto('/');
  await editor(page).waitFor();
  await run(page, 'select current_user as me');
  await page.getByText('anna', { exact: true }).first().waitFor();
  const cookies = await page.context().cookies(tarn.url);
  assert.deepEqual(
    cookies.map(({ name, httpOnly, sameSite }) => ({ name, httpOnly, sameSite })),
    [{ name: 'tarn_session', httpOnly: true, sameSite: 'Strict' }],
  );
  assert.ok(!(await page.evaluate(() => location.href)).includes('code='));

  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('heading', { name: 'Sign in to Tarn' }).waitFor();
  await page.reload();
  await page.getByRole('heading', { name: 'Sign in to Tarn' }).waitFor();
  const gone = await fetch(`${tarn.url}/tarn/v1/session`, {
    headers: { Cookie: `tarn_session=${cookies[0].value}` },
  });
  assert.equal(gone.status, 401);
  assert.deepEqual(page.complaints, []);
  await page.context().close();
  assert.equal((await provider('DELETE')).status, 204);
});

test('a sign-in that the provider refuses comes back in words', {
  skip: real ? false : 'needs a real server',
}, async () => {
  const made = await provider('PUT', {
    issuer: issuer.issuer,
    client_id: client.clientId,
    client_secret: 'another secret than the issuer knows',
    just_in_time: true,
    shown: true,
  });
  assert.equal(made.status, 200, await made.text());
  const page = await tarn.page();
  await page.goto('/');
  await page.getByRole('link', { name: 'Sign in with company' }).click();
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('alert').waitFor();
  await page.getByRole('heading', { name: 'Sign in to Tarn' }).waitFor();
  await page.screenshot({ path: `${SHOTS}/sign-in-provider-refused.png` });
  await page.context().close();
  assert.equal((await provider('DELETE')).status, 204);
});
