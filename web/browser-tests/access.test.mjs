import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assertClean, assertNoViolations, openConsole, SHOTS, signIn } from './console.mjs';
import * as theFakes from './fake-server.mjs';

let tarn;
let viewer;
let auditor;
let manager;
before(async () => {
  tarn = await openConsole();
  const real = process.env.TARN_URL !== undefined;
  viewer = real ? await makeUser('Viewer') : theFakes.viewer;
  auditor = real ? await makeUser('Auditor') : theFakes.auditor;
  manager = real ? await makeUser('Manager') : theFakes.manager;
});
after(() => tarn.close());

async function open(path, options, who = tarn.credentials) {
  const page = await tarn.page(options);
  await signIn(page, who);
  await page.goto(path);
  return page;
}

/** Somebody with a role on a real server, with a key. */
async function makeUser(role) {
  const post = async (path, body) => {
    const response = await fetch(`${tarn.url}/tarn/v1/${path}`, {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${tarn.credentials.key}`,
        'Content-Type': 'application/json',
      },
      body: JSON.stringify(body),
    });
    assert.equal(response.status, 201, `POST ${path}`);
    return response.json();
  };
  const name = `${role.toLowerCase()}_${Date.now().toString(36)}`;
  await post('users', { name, roles: [role] });
  await post('grants', { to: name, verb: 'select', on: 'table:iceberg.shop.orders' });
  return post('keys', { name: 'console test', user: name });
}

const region = (page, name) => page.getByRole('region', { name, exact: true });

for (const [name, path, served, there] of [
  ['users', '/users', '/tarn/v1/users', (page) => region(page, 'Users')],
  ['roles', '/roles', '/tarn/v1/roles', (page) => region(page, 'Roles')],
  ['grants', '/grants', '/tarn/v1/grants', (page) => page.getByRole('heading', { name: 'Grants' })],
  [
    'why',
    '/access?verb=select&on=table:iceberg.shop.orders',
    '/tarn/v1/access',
    (page) => region(page, 'Answer'),
  ],
]) {
  test(`${name} is clean in both schemes and at 360 pixels`, async (t) => {
    if (!(await tarn.serves('get', served))) {
      return t.skip(`the server has no ${served}`);
    }
    await assertClean(name, (options) => open(path, options), there);
  });
}

test('a user is made, found, given roles and a password, and disabled', async (t) => {
  if (!(await tarn.serves('post', '/tarn/v1/users'))) {
    return t.skip('the server makes no users');
  }
  const page = await open('/users');
  const name = `user_${Date.now().toString(36)}`;
  await page.getByRole('button', { name: 'New user' }).click();
  await page.getByLabel('User name').fill(name);
  await page.getByLabel('E-mail').fill(`${name}@example.org`);
  await page.getByRole('checkbox', { name: 'Analyst' }).check();
  await assertNoViolations(page);
  await page.screenshot({ path: `${SHOTS}/user-new.png` });
  await page.getByRole('button', { name: 'Create user' }).click();
  const handed = page.getByRole('dialog', { name: 'Copy the password now' });
  const password = await handed.locator('pre').last().textContent();
  assert.match(password, /^[a-zA-Z2-9]{20}$/);
  await assertNoViolations(page);
  await handed.getByRole('button', { name: 'Done' }).click();
  await page.getByRole('searchbox', { name: 'Search' }).fill(name);
  const row = page.getByRole('row', { name: new RegExp(name) });
  await row.getByText('Analyst').waitFor();
  await row.getByRole('button', { name: `Roles of ${name}` }).click();
  await page.getByRole('checkbox', { name: 'Auditor' }).check();
  await page.getByRole('button', { name: 'Save' }).click();
  await row.getByText('Auditor').waitFor();
  const act = async (item) => {
    await row.getByRole('button', { name: `Actions of ${name}` }).click();
    await page.getByRole('menuitem', { name: item }).click();
  };
  await act('Set password…');
  await page.getByLabel('Type one').check();
  await page.getByLabel('The password').fill('a password of 25 letters!');
  await page.getByRole('button', { name: 'Set password' }).click();
  await page.getByRole('dialog', { name: `Password of ${name}` }).waitFor({ state: 'hidden' });
  await act('Disable…');
  await page.getByRole('button', { name: 'Disable', exact: true }).click();
  await row.getByText('disabled').waitFor();
  await act('Enable…');
  await page.getByRole('button', { name: 'Enable', exact: true }).click();
  await row.getByText('disabled').waitFor({ state: 'hidden' });
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});

test('a role is made, gets a member, loses it, and is deleted', async (t) => {
  if (!(await tarn.serves('post', '/tarn/v1/roles'))) {
    return t.skip('the server makes no roles');
  }
  const page = await open('/roles');
  const name = `Role${Date.now().toString(36)}`;
  await page.getByRole('button', { name: 'New role' }).click();
  await page.getByLabel('Name', { exact: true }).fill(name);
  await page.getByRole('button', { name: 'Create role' }).click();
  await page.getByRole('button', { name: `0 members of ${name}` }).click();
  await page.getByLabel('Add a user').fill(tarn.credentials.username);
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  const remove = page.getByRole('button', {
    name: `Remove ${tarn.credentials.username} from ${name}`,
  });
  await remove.waitFor();
  await assertNoViolations(page);
  await page.screenshot({ path: `${SHOTS}/role-members.png` });
  await remove.click();
  await page.getByText('Nobody has this role.').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: `Delete ${name}` }).click();
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  await page.getByRole('rowheader', { name }).waitFor({ state: 'hidden' });
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});

test('a grant of columns and rows is given on a table, explains itself, and is removed', async (t) => {
  if (!(await tarn.serves('post', '/tarn/v1/grants'))) {
    return t.skip('the server takes no grants');
  }
  const page = await open('/tables/iceberg.shop.orders?tab=access');
  await page.getByRole('button', { name: 'Grant…' }).click();
  const dialog = page.getByRole('dialog', { name: /^Grant on / });
  await dialog.getByLabel('To', { exact: true }).fill('Auditor');
  await dialog.getByLabel(/^Only these/).check();
  const [column] = await dialog
    .getByRole('group', { name: 'Columns that are granted' })
    .getByRole('checkbox')
    .all();
  await column.check();
  await dialog.getByLabel(/^Rows/).fill('current_user is not null');
  await assertNoViolations(page);
  await page.screenshot({ path: `${SHOTS}/grant-new.png` });
  await dialog.getByRole('button', { name: 'Grant', exact: true }).click();
  await dialog.waitFor({ state: 'hidden' });
  await page.getByText('rows where current_user is not null').waitFor();
  await page.getByRole('button', { name: 'Why?' }).click();
  await region(page, 'Answer')
    .getByText(/the role Admin/)
    .waitFor();
  await assertNoViolations(page);
  await page.getByRole('button', { name: /^Remove select on .* from Auditor$/ }).click();
  await page.getByRole('button', { name: 'Remove', exact: true }).click();
  await page.getByText('rows where current_user is not null').waitFor({ state: 'hidden' });
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});

test('a key with a role, a plan and limits is made and shown with them', async (t) => {
  if (!(await tarn.serves('get', '/tarn/v1/roles'))) {
    return t.skip('the server has no roles');
  }
  const page = await open('/keys');
  const name = `limited ${Date.now()}`;
  await page.getByRole('button', { name: 'New key' }).click();
  await page.getByLabel('Name', { exact: true }).first().fill(name);
  await page.getByLabel('Rights').selectOption('Analyst');
  await page.getByLabel('Rate plan').selectOption('free');
  await page.getByLabel(/^Only these/).check();
  assert.equal(await page.getByRole('button', { name: 'Create key' }).isDisabled(), true);
  await page.getByLabel('Name', { exact: true }).last().fill('iceberg.shop');
  await page.getByRole('button', { name: 'Add to what it reaches' }).click();
  await page.getByRole('button', { name: 'Remove namespace:iceberg.shop' }).waitFor();
  await assertNoViolations(page);
  await page.screenshot({ path: `${SHOTS}/key-new.png` });
  await page.getByRole('button', { name: 'Create key' }).click();
  await page.getByText(/as Analyst, on namespace:iceberg\.shop alone/).waitFor();
  await page.getByRole('button', { name: 'Done' }).click();
  const row = page.getByRole('row', { name: new RegExp(name) });
  await row.getByText('as Analyst alone').waitFor();
  await row.getByText('namespace:iceberg.shop').waitFor();
  await row.getByText('free plan').waitFor();
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});

test('who may little sees few pages, and a refusal says who can grant it', async () => {
  const page = await open('/users', {}, viewer);
  await page.getByText('Forbidden').waitFor();
  await page.getByText(`Who can grant it: ${tarn.credentials.username}`).waitFor();
  const pages = page.getByRole('navigation', { name: 'Manage' });
  assert.deepEqual(await pages.getByRole('link').allTextContents(), ['Why?', 'Usage']);
  await assertNoViolations(page);
  await page.screenshot({ path: `${SHOTS}/refused.png` });
  await page.getByRole('alert').getByRole('link', { name: 'Why?' }).click();
  await page.waitForURL(/\/access\?verb=describe&on=user/);
  await region(page, 'Answer').getByText('not allowed').waitFor();
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});

/** The addresses of calls that are refused from now on. */
function refusals(page) {
  const refused = [];
  page.on('response', (response) => {
    if (response.status() === 403) {
      refused.push(response.url());
    }
  });
  return refused;
}

test('an auditor sees everything that is set, and no button that would be refused', async () => {
  const page = await tarn.page();
  const refused = refusals(page);
  await signIn(page, auditor);
  await page.goto('/settings');
  await region(page, 'Identity providers').waitFor();
  await page.waitForLoadState('networkidle');
  assert.equal(await region(page, 'Stored secrets').count(), 0);
  await page.goto('/users');
  await region(page, 'Users').getByRole('link', { name: 'Grants' }).first().waitFor();
  await page.goto('/grants');
  await region(page, 'Grants').getByRole('row').nth(1).waitFor();
  await page.goto('/roles');
  await region(page, 'Roles').getByRole('link', { name: 'Grants' }).first().waitFor();
  for (const path of ['/settings', '/users', '/grants', '/roles', '/audit', '/tenants']) {
    if (path === '/tenants') {
      refused.length = 0;
    }
    await page.goto(path);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.waitForLoadState('networkidle');
    const writing = page.getByRole('button', {
      name: /^(Add…|Set|Change|Delete|Remove|Roles of|Actions of|New (user|role|tenant))/,
    });
    assert.deepEqual(await writing.allTextContents(), [], path);
    if (path === '/audit') {
      await page.getByRole('button', { name: 'Verify' }).waitFor();
      assert.deepEqual(refused, []);
    }
  }
  await page.context().close();
});

test('a manager makes users without roles of their choice, and is led to no grants', async () => {
  const page = await tarn.page();
  const refused = refusals(page);
  await signIn(page, manager);
  await page.goto('/users');
  await page.getByRole('button', { name: 'New user' }).click();
  await page.getByLabel('User name').waitFor();
  await page.waitForLoadState('networkidle');
  assert.equal(await page.getByRole('group', { name: /^Roles/ }).count(), 0);
  await page.keyboard.press('Escape');
  assert.equal(await page.getByRole('button', { name: /^Roles of/ }).count(), 0);
  assert.equal(await region(page, 'Users').getByRole('link', { name: 'Grants' }).count(), 0);
  await page.goto('/keys');
  await page.getByRole('button', { name: 'New key' }).click();
  await page.getByLabel('Rights').waitFor();
  await page.waitForLoadState('networkidle');
  assert.equal(await page.getByLabel('User', { exact: true }).count(), 0);
  assert.deepEqual(await page.getByLabel('Rights').locator('option').allTextContents(), [
    'all of the user',
    'as Manager alone',
  ]);
  assert.deepEqual(refused, []);
  await page.context().close();
});

test('who may little asks nothing that would be refused', async () => {
  const page = await tarn.page();
  const refused = refusals(page);
  await signIn(page, viewer);
  for (const path of ['/tables/iceberg.shop.orders?tab=access', '/access', '/usage', '/keys']) {
    await page.goto(path);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.waitForLoadState('networkidle');
  }
  await page.goto('/tables/iceberg.shop.orders');
  await page.getByRole('link', { name: 'Query' }).waitFor();
  await page.waitForLoadState('networkidle');
  assert.equal(await page.getByRole('link', { name: 'Load more rows' }).count(), 0);
  assert.equal(await page.getByRole('button', { name: /^Drop|Edit$|^Remove the tag/ }).count(), 0);
  assert.equal(await page.getByRole('textbox', { name: 'New tag' }).count(), 0);
  await page.goto('/tables/iceberg.shop.orders?tab=access');
  await page.getByText('They are shown to whoever can give some.').waitFor();
  await assertNoViolations(page);
  await page.screenshot({ path: `${SHOTS}/table-access-viewer.png` });
  assert.deepEqual(refused, []);
  await page.context().close();
});
