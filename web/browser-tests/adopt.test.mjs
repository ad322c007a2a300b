import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assertClean, assertNoViolations, openConsole, SHOTS, signIn } from './console.mjs';

let tarn;
before(async () => {
  tarn = await openConsole();
});
after(() => tarn.close());

const skip = process.env.TARN_URL !== undefined && 'the sample has no lake beside it';

async function openPage(options = {}) {
  const page = await tarn.page(options);
  await signIn(page, tarn.credentials);
  await page.getByRole('link', { name: 'Adopt tables…' }).click();
  await page.getByRole('heading', { name: 'Adopt tables' }).waitFor();
  return page;
}

test('the page is clean in light and dark, and narrow', async () => {
  const open = async (options) => {
    const page = await tarn.page(options);
    await signIn(page, tarn.credentials);
    await page.goto('/adopt');
    return page;
  };
  await assertClean('adopt', open, (page) => page.getByLabel('Folder', { exact: true }));
});

test('a lake is looked at, chosen from and adopted, by keyboard', { skip }, async () => {
  const page = await openPage();
  await page.getByLabel('Folder', { exact: true }).fill('/srv/lake');
  await page.keyboard.press('Enter');
  await page.getByRole('status').filter({ hasText: 'Looking…' }).waitFor();
  await page.getByRole('progressbar', { name: 'Adoption' }).waitFor();
  await assertNoViolations(page);
  await page.getByText('2 can be registered, 1 here already, 1 name taken, 1 refused').waitFor();
  await assertNoViolations(page);
  await page.screenshot({ path: `${SHOTS}/adopt-found.png` });
  await page.getByText('Something else has the name iceberg.sales.taken').waitFor();
  await page.getByLabel('Register sales.returns').focus();
  await page.keyboard.press('Space');
  await page.getByRole('button', { name: 'Register 1 table' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('status').filter({ hasText: 'Registering…' }).waitFor();
  await page.getByRole('heading', { name: '1 registered', exact: true }).waitFor();
  await page.getByRole('link', { name: 'iceberg.sales.orders' }).waitFor();
  assert.equal(await page.getByText('sales.returns').count(), 0);
  await assertNoViolations(page);
  await page.reload();
  await page.getByRole('heading', { name: '1 registered', exact: true }).waitFor();
  await page.getByRole('rowheader', { name: 'Hadoop catalog /srv/lake' }).waitFor();
  await assertNoViolations(page);
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});

test('an adoption is cancelled', { skip }, async () => {
  const page = await openPage({ colorScheme: 'dark' });
  await page.getByLabel('Folder', { exact: true }).fill('/srv/slow');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByText('The adoption was cancelled').waitFor();
  await assertNoViolations(page);
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});

test('another server’s catalog takes an address and a secret that is not shown', async () => {
  const page = await openPage();
  await page.getByLabel('Another server’s Iceberg REST catalog').check();
  await page.getByLabel('Address').fill('http://10.255.255.1/iceberg');
  await page.getByLabel('It wants').selectOption('credential');
  assert.equal(await page.getByLabel('Credential').getAttribute('type'), 'password');
  await page.getByLabel('Credential').fill('id:secret');
  await assertNoViolations(page);
  await page.screenshot({ path: `${SHOTS}/adopt-rest.png` });
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});

test('a folder that was not granted is refused where it was asked', async () => {
  const page = await openPage();
  await page.getByLabel('Folder', { exact: true }).fill('/etc');
  await page.keyboard.press('Enter');
  await page.getByText('tarn.storage.roots').last().waitFor();
  await page.getByText('is no folder that was granted').waitFor();
  await assertNoViolations(page);
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});
