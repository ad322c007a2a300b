import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  assertClean,
  assertNoViolations,
  editor,
  openConsole,
  run,
  SHOTS,
  signIn,
} from './console.mjs';

const FAKE = process.env.TARN_URL === undefined;
const SEARCH = 'Search tables, columns and saved statements';

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

const overflow = (page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

const PAGES = [
  ['keys', '/keys', (page) => page.getByRole('cell', { name: 'admin' }).first()],
  ['account', '/account', (page) => page.getByLabel('Current password').first()],
  ['activity', '/activity', (page) => page.getByRole('region', { name: 'Loads' })],
  [
    'activity-statements',
    '/activity?view=statements',
    (page) => page.getByRole('region', { name: 'Statements' }),
  ],
];

for (const [name, path, there] of PAGES) {
  test(`${name} is clean in both schemes and at 360 pixels`, async (t) => {
    if (name === 'activity-statements' && !(await tarn.serves('get', '/tarn/v1/statements'))) {
      return t.skip('the server has no history of statements');
    }
    await assertClean(name, (options) => open(path, options), there);
  });
}

test('a key is made, shown once, and revoked', async () => {
  const page = await open('/keys');
  const name = `notebook ${Date.now()}`;
  await page.getByRole('button', { name: 'New key' }).click();
  await page.getByLabel('Name', { exact: true }).fill(name);
  await page.getByLabel('Ends').selectOption('30');
  await assertNoViolations(page);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'New key' }).click();
  await page.getByLabel('Name', { exact: true }).fill(name);
  await page.getByRole('button', { name: 'Create key' }).click();
  const dialog = page.getByRole('dialog', { name: 'Copy the key now' });
  await dialog.getByText(/^dlx_sk_v1_\w+/).waitFor();
  await assertNoViolations(page);
  await page.screenshot({ path: `${SHOTS}/key-created.png` });
  await dialog.getByRole('button', { name: 'Done' }).click();
  await page.getByRole('button', { name: `Revoke ${name}` }).click();
  await page.getByRole('button', { name: 'Revoke', exact: true }).click();
  await page.getByRole('button', { name: `Revoke ${name}` }).waitFor({ state: 'hidden' });
  await page.getByLabel('Show revoked and expired ones too').check();
  await page.getByRole('rowheader', { name: `${name} revoked` }).waitFor();
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});

test('a password is checked before it is changed', async () => {
  const page = await open('/account');
  const fill = async (current, next, again) => {
    await page.getByLabel('Current password').first().fill(current);
    await page.getByLabel('New password', { exact: true }).first().fill(next);
    await page.getByLabel('New password again').first().fill(again);
    await page.getByRole('button', { name: 'Change password' }).click();
  };
  await fill('x', 'short', 'short');
  await page.getByText('A password has at least 8 characters.').waitFor();
  await fill('x', 'long enough 1', 'long enough 2');
  await page.getByText('The two new passwords differ.').waitFor();
  await assertNoViolations(page);
  await fill('wrong', 'long enough 1', 'long enough 1');
  await page.getByText('Forbidden').waitFor();
  const { password } = tarn.credentials;
  const changed = page.getByText('Changed. Your other sessions have ended.');
  await fill(password, `${password} 2`, `${password} 2`);
  await changed.waitFor();
  const answer = page.waitForResponse((response) => response.url().endsWith('/session/password'));
  await fill(`${password} 2`, password, password);
  assert.equal((await answer).status(), 204);
  await page.context().close();
});

test('the colour scheme is chosen on the account page', async () => {
  const page = await open('/account', { colorScheme: 'light' });
  await page.getByLabel('Dark', { exact: true }).check();
  await page.waitForFunction(() => document.documentElement.dataset.mantineColorScheme === 'dark');
  await page.context().close();
});

test('the search finds tables and columns with the keyboard alone', async (t) => {
  if (!(await tarn.serves('get', '/tarn/v1/search'))) {
    return t.skip('the server has no search');
  }
  const page = await open('/');
  await editor(page).waitFor();
  await page.keyboard.press('Control+k');
  const field = page.getByLabel(SEARCH);
  await field.waitFor();
  await assertNoViolations(page);
  await field.fill('shop customer_id');
  await field.fill('customer_id');
  await page.getByRole('option', { name: /customer_id.*shop\.orders/ }).waitFor();
  await assertNoViolations(page);
  await page.screenshot({ path: `${SHOTS}/search.png` });
  for (let step = 0; step < 30; step++) {
    const active = await field.getAttribute('aria-activedescendant');
    const text = await page.locator(`[id="${active}"]`).textContent();
    if (text.includes('customer_id') && text.includes('shop.orders')) {
      break;
    }
    await page.keyboard.press('ArrowDown');
  }
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'shop.orders' }).waitFor();
  assert.match(page.url(), /column=customer_id/);
  await page.keyboard.press('Control+k');
  await page.keyboard.type('activ');
  await page.getByRole('option', { name: /Activity/ }).waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Activity' }).waitFor();
  await page.keyboard.press('Control+k');
  await field.fill('zzzz nothing');
  await page.getByText('Nothing matches every word.').waitFor();
  await page.keyboard.press('Escape');
  await field.waitFor({ state: 'hidden' });
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});

test('the search fits 360 pixels', async (t) => {
  if (!(await tarn.serves('get', '/tarn/v1/search'))) {
    return t.skip('the server has no search');
  }
  const page = await open('/keys', { viewport: { width: 360, height: 720 } });
  await page.getByRole('button', { name: 'Search' }).click();
  await page.getByLabel(SEARCH).fill('orders');
  await page
    .getByRole('option', { name: /orders/ })
    .first()
    .waitFor();
  assert.equal(await overflow(page), 0);
  await page.screenshot({ path: `${SHOTS}/search-narrow.png` });
  await page.context().close();
});

test('the activity shows what ran, and refreshes by itself', async (t) => {
  if (!(await tarn.serves('get', '/tarn/v1/statements'))) {
    return t.skip('the server has no history of statements');
  }
  const page = await open('/');
  const mark = `activity ${Date.now()}`;
  if (!FAKE) {
    await run(page, `select '${mark}' as mark`);
    await page.getByText('1 row', { exact: true }).waitFor();
  }
  await page.goto('/activity?view=statements');
  const text = FAKE ? 'select nope from shop.orders' : mark;
  await page.getByText(text).first().waitFor();
  const again = page.waitForResponse(
    (response) => response.url().includes('/tarn/v1/statements?'),
    {
      timeout: 14_000,
    },
  );
  await again;
  await page.getByLabel('State', { exact: true }).selectOption('running');
  await page.getByText(text).first().waitFor({ state: 'hidden' });
  if (FAKE) {
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByText('No statement matches.').waitFor();
  }
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});
