import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { assertClean, assertNoViolations, openConsole, SHOTS, signIn } from './console.mjs';

const FAKE = process.env.TARN_URL === undefined;

let tarn;
before(async () => {
  tarn = await openConsole();
});
after(() => tarn.close());

async function open(path, options) {
  const page = await tarn.page(options);
  await signIn(page, tarn.credentials);
  await page.goto(path);
  return page;
}

const region = (page, name) => page.getByRole('region', { name, exact: true });
const needs = async (t, method, path) => {
  const there = await tarn.serves(method, path);
  if (!there) {
    t.skip(`the server has no ${path}`);
  }
  return there;
};

for (const [name, path, served, there] of [
  ['audit', '/audit', '/tarn/v1/audit', (page) => region(page, 'Entries')],
  ['usage', '/usage', '/tarn/v1/usage', (page) => region(page, 'Figures')],
  ['tenants', '/tenants', '/tarn/v1/tenants', (page) => region(page, 'Tenants')],
  [
    'settings',
    '/settings',
    '/tarn/v1/secrets',
    (page) =>
      region(page, 'Stored secrets')
        .getByText(/No secret is stored|^by admin$/)
        .first(),
  ],
]) {
  test(`${name} is clean in both schemes and at 360 pixels`, async (t) => {
    if (await needs(t, 'get', served)) {
      await assertClean(name, (options) => open(path, options), there);
    }
  });
}

test('the settings tell what the server does', async (t) => {
  if (!(await needs(t, 'get', '/tarn/v1/server'))) {
    return;
  }
  const page = await open('/settings');
  const server = region(page, 'Server');
  await server.getByText(/^\d+ of \d+ busy, \d+ idle$/).waitFor();
  assert.equal(await server.getByText(/^\d+ running, \d+ waiting$/).count(), 2);
  await server.getByText(/free of/).waitFor();
  await server.screenshot({ path: `${SHOTS}/server.png` });
});

test('the audit trail is filtered, opened, exported and verified', async (t) => {
  if (!(await needs(t, 'get', '/tarn/v1/audit'))) {
    return;
  }
  const page = await open('/audit');
  const entries = region(page, 'Entries');
  await entries.waitFor();
  if (FAKE) {
    await page.getByRole('button', { name: 'Show older ones' }).click();
    await page.getByText('200 entries shown').waitFor();
    await page.getByLabel('Who').fill('mira');
    await page.getByLabel('Outcome').selectOption('denied');
    await page.getByText(/^\d\d entries shown$/).waitFor();
    assert.equal(await entries.getByText('admin').count(), 0);
  }
  await entries
    .getByRole('button', { name: /details of/ })
    .first()
    .click();
  const details = page.getByRole('dialog');
  await details.getByText('Request', { exact: true }).waitFor();
  await assertNoViolations(page);
  await page.screenshot({ path: `${SHOTS}/audit-entry.png` });
  await page.keyboard.press('Escape');
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export NDJSON' }).click();
  const lines = readFileSync(await (await download).path(), 'utf8')
    .trim()
    .split('\n');
  assert.ok(lines.map((line) => JSON.parse(line)).every(({ who }) => !FAKE || who.name === 'mira'));
  await page.getByRole('button', { name: 'Verify' }).click();
  await page.getByText('intact', { exact: true }).waitFor();
  await assertNoViolations(page);
  await page.screenshot({ path: `${SHOTS}/audit-verified.png` });
  await page.getByRole('button', { name: 'Close' }).last().click();
  await page.getByRole('button', { name: 'Clear' }).click();
  await page.getByLabel('Text').fill('nothing has this text');
  await page.getByText('No entry matches.').waitFor();
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});

test('usage is grouped, charted and limited', async (t) => {
  if (!(await needs(t, 'get', '/tarn/v1/usage'))) {
    return;
  }
  const page = await open('/usage');
  await page.getByRole('img', { name: /^Bar chart of calls by day/ }).waitFor();
  await page.getByLabel('By', { exact: true }).selectOption('user');
  await page.getByLabel('Chart of', { exact: true }).selectOption('statements');
  await page.getByRole('img', { name: /^Bar chart of statements by user/ }).waitFor();
  await region(page, 'Figures').getByRole('rowheader', { name: 'admin' }).waitFor();
  await page.screenshot({ path: `${SHOTS}/usage-user.png` });
  if (await tarn.serves('put', '/tarn/v1/quotas')) {
    await page.getByRole('button', { name: 'Set…' }).click();
    const field = page.getByRole('dialog').getByLabel('Storage');
    await field.fill('much');
    assert.equal(await page.getByRole('button', { name: 'Save' }).isDisabled(), true);
    await field.fill('900 TB');
    await assertNoViolations(page);
    await page.getByRole('button', { name: 'Save' }).click();
    await region(page, 'Quotas').getByText('of 900 TB').waitFor();
    await page.getByRole('button', { name: 'Set…' }).click();
    await field.fill('');
    await page.getByRole('button', { name: 'Save' }).click();
    await region(page, 'Quotas').getByText('of 900 TB').waitFor({ state: 'hidden' });
  }
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});

test('a tenant is made, and handed over once', async (t) => {
  if (!(await needs(t, 'post', '/tarn/v1/tenants'))) {
    return;
  }
  const page = await open('/tenants');
  const name = `Tenant ${Date.now()}`;
  await page.getByRole('button', { name: 'New tenant' }).click();
  await page.getByLabel('Name', { exact: true }).fill(name);
  await page.getByLabel('First administrator').fill(`boss_${Date.now().toString(36)}`);
  await page.getByRole('button', { name: 'Create tenant' }).click();
  const handed = page.getByRole('dialog', { name: `Hand over ${name}` });
  await handed.getByText(/^dlx_sk_v1_/).waitFor();
  await assertNoViolations(page);
  await handed.getByRole('button', { name: 'Done' }).click();
  if (await tarn.serves('get', '/tarn/v1/quotas')) {
    await page.getByRole('button', { name: `Quotas of ${name}` }).click();
    await region(page, 'Quotas').getByText('Storage:').waitFor();
    await assertNoViolations(page);
    await page.screenshot({ path: `${SHOTS}/tenant-quotas.png` });
  }
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});

test('a secret is stored and never shown, and a workspace is added', async (t) => {
  if (!(await needs(t, 'put', '/tarn/v1/secrets/{name}'))) {
    return;
  }
  const page = await open('/settings');
  const name = `secret-${Date.now().toString(36)}`;
  await region(page, 'Stored secrets').getByRole('button', { name: 'Set…' }).click();
  await page.getByLabel('Name', { exact: true }).fill(name);
  await page.getByLabel('Value', { exact: true }).fill('hunter2 hunter2');
  await assertNoViolations(page);
  await page.getByRole('button', { name: 'Set', exact: true }).last().click();
  await page.getByRole('rowheader', { name }).waitFor();
  assert.ok(!(await page.content()).includes('hunter2'));
  await page.getByRole('button', { name: `Delete ${name}` }).click();
  await page.getByRole('button', { name: 'Delete', exact: true }).last().click();
  await page.getByRole('rowheader', { name }).waitFor({ state: 'hidden' });
  const workspace = `ws-${Date.now().toString(36)}`;
  await region(page, 'Workspaces').getByRole('button', { name: 'Add…' }).click();
  await page.getByLabel('Name', { exact: true }).fill(workspace);
  await page.getByRole('button', { name: 'Create workspace' }).click();
  await region(page, 'Workspaces').getByText(workspace).waitFor();
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});

test('an identity provider is set, offered for signing in, and deleted', async (t) => {
  if (!(await needs(t, 'put', '/tarn/v1/identity-providers/{name}'))) {
    return;
  }
  const page = await open('/settings');
  const name = `idp-${Date.now().toString(36)}`;
  await region(page, 'Identity providers').getByRole('button', { name: 'Add…' }).click();
  await page.getByLabel('Name', { exact: true }).fill(name);
  await page.getByLabel('Issuer').fill('https://id.example.org/a');
  await page.getByLabel('Client id').fill('console');
  await page.getByLabel('Claim with roles').fill('groups');
  await page.getByLabel('Roles by those words').fill('data = Analyst');
  await assertNoViolations(page);
  await page.screenshot({ path: `${SHOTS}/provider-new.png` });
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('rowheader', { name }).waitFor();
  const other = await tarn.page();
  await other.goto('/');
  await other.getByRole('link', { name: `Sign in with ${name}` }).waitFor();
  await assertNoViolations(other);
  await other.screenshot({ path: `${SHOTS}/sign-in-providers.png` });
  if (FAKE) {
    await other.getByRole('link', { name: `Sign in with ${name}` }).click();
    await other.getByText(/identity provider did not succeed/).waitFor();
    assert.equal(new URL(other.url()).search, '');
  }
  await other.context().close();
  await page.getByRole('button', { name: `Delete ${name}` }).click();
  await page.getByRole('button', { name: 'Delete', exact: true }).last().click();
  await page.getByRole('rowheader', { name }).waitFor({ state: 'hidden' });
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});
