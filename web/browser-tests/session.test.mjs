import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assertNoViolations, editor, openConsole, run, SHOTS, signIn, write } from './console.mjs';

let tarn;
before(async () => {
  tarn = await openConsole();
});
after(() => tarn.close());

test('a key signs in, and stays out of every store of the browser', async () => {
  const page = await tarn.page();
  await signIn(page, tarn.credentials);
  const stored = await page.evaluate(() =>
    JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie]),
  );
  assert.ok(!stored.includes(tarn.credentials.key));
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});

test('user name and password sign in', async () => {
  const page = await tarn.page();
  await page.goto('/');
  await page.getByRole('radio', { name: 'Password' }).check();
  await page.getByLabel('User name').fill(tarn.credentials.username);
  await page.getByLabel('Password', { exact: true }).last().fill(tarn.credentials.password);
  await page.keyboard.press('Enter');
  await editor(page).waitFor();
  await page.context().close();
});

test('a wrong key is refused in words, and the field keeps it', async () => {
  const page = await tarn.page();
  await page.goto('/');
  const field = page.getByLabel('Key', { exact: true }).last();
  await field.fill('dlx_sk_v1_wrong');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('alert').waitFor();
  assert.equal(await field.inputValue(), 'dlx_sk_v1_wrong');
  await page.screenshot({ path: `${SHOTS}/sign-in-wrong.png` });
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});

test('a reload keeps the session and the text', async () => {
  const page = await tarn.page();
  await signIn(page, tarn.credentials);
  await write(page, 'select 1 as kept');
  await page.reload();
  await editor(page).getByText('select 1 as kept').waitFor();
  await run(page, 'select 1 as n');
  await page.getByText('1 row', { exact: true }).waitFor();
  await page.context().close();
});

test('an expired session asks again over the editor and loses nothing', async () => {
  const page = await tarn.page();
  await signIn(page, tarn.credentials);
  await write(page, 'select 1 as n');
  await page.context().clearCookies();
  await page.keyboard.press('Control+Enter');
  const dialog = page.getByRole('dialog', { name: 'Your session has ended' });
  await dialog.waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await assertNoViolations(page);
  await page.screenshot({ path: `${SHOTS}/expired.png` });
  await dialog.getByLabel('Key', { exact: true }).last().fill(tarn.credentials.key);
  await page.keyboard.press('Enter');
  await dialog.waitFor({ state: 'hidden' });
  await editor(page).getByText('select 1 as n').waitFor();
  assert.equal(await editor(page).evaluate((node) => node === document.activeElement), true);
  await page.keyboard.press('Control+Enter');
  await page.getByText('1 row', { exact: true }).waitFor();
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});

test('signing out ends the session and forgets the text', async () => {
  const page = await tarn.page();
  await signIn(page, tarn.credentials);
  await write(page, 'select 1 as secret');
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('heading', { name: 'Sign in to Tarn' }).waitFor();
  await page.reload();
  await page.getByRole('heading', { name: 'Sign in to Tarn' }).waitFor();
  await signIn(page, tarn.credentials);
  assert.equal(await editor(page).getByText('secret').count(), 0);
  await page.context().close();
});
