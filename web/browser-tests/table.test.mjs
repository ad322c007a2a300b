import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assertNoViolations, grid, openConsole, SHOTS, signIn } from './console.mjs';

let tarn;
before(async () => {
  tarn = await openConsole();
});
after(() => tarn.close());

const ORDERS = '/tables/iceberg.shop.orders';

async function openTable(search = '', options = {}) {
  const page = await tarn.page(options);
  await signIn(page, tarn.credentials);
  await page.goto(`${ORDERS}${search}`);
  await page.getByRole('heading', { name: 'shop.orders' }).waitFor();
  return page;
}

const tab = (page, name) => page.getByRole('tab', { name });

for (const colorScheme of ['light', 'dark']) {
  test(`every tab of a table is clean in ${colorScheme} mode`, async () => {
    const page = await openTable('', { colorScheme });
    await page.getByRole('rowheader', { name: 'customer_id' }).waitFor();
    await assertNoViolations(page);
    await page.screenshot({ path: `${SHOTS}/table-overview-${colorScheme}.png` });
    await tab(page, 'Overview').focus();
    await page.keyboard.press('ArrowRight');
    await grid(page).getByRole('gridcell').first().waitFor();
    await assertNoViolations(page);
    await page.screenshot({ path: `${SHOTS}/table-sample-${colorScheme}.png` });
    await tab(page, 'Sample').focus();
    await page.keyboard.press('ArrowRight');
    await page.getByRole('heading', { name: 'customer_id' }).waitFor();
    await page
      .getByRole('img', { name: /^Histogram of/ })
      .first()
      .waitFor();
    await assertNoViolations(page);
    await page.screenshot({ path: `${SHOTS}/table-profile-${colorScheme}.png` });
    await tab(page, 'Profile').focus();
    await page.keyboard.press('ArrowRight');
    await page.getByText('current').waitFor();
    await assertNoViolations(page);
    await page.screenshot({ path: `${SHOTS}/table-history-${colorScheme}.png` });
    await tab(page, 'History').focus();
    await page.keyboard.press('ArrowRight');
    await page.getByRole('heading', { name: 'Roles that reach every table' }).waitFor();
    await page
      .getByText(/^Nothing was granted|^by admin$|granted/i)
      .first()
      .waitFor();
    await assertNoViolations(page);
    await page.screenshot({ path: `${SHOTS}/table-access-${colorScheme}.png` });
    await tab(page, 'Access').focus();
    await page.keyboard.press('ArrowRight');
    await page.getByText("tarn sql 'select * from shop.orders limit 100'").waitFor();
    await assertNoViolations(page);
    await page.screenshot({ path: `${SHOTS}/table-use-${colorScheme}.png` });
    assert.match(page.url(), /tab=use/);
    assert.deepEqual(page.complaints, []);
    await page.context().close();
  });
}

test('descriptions and tags are edited in place, and stay', async () => {
  const page = await openTable();
  const words = `Orders since ${Date.now()}`;
  await page.getByRole('button', { name: /^Description: / }).click();
  await page.getByRole('textbox', { name: 'Description', exact: true }).fill(words);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: `Description: ${words}. Edit` }).waitFor();
  await page.getByRole('button', { name: /^Description of customer_id: / }).click();
  await page.getByRole('textbox', { name: 'Description of customer_id' }).fill('Who ordered');
  await assertNoViolations(page);
  await page.keyboard.press('Enter');
  await page
    .getByRole('button', { name: 'Description of customer_id: Who ordered. Edit' })
    .waitFor();
  const tag = `t${Date.now()}`;
  await page.getByLabel('New tag').fill(tag);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: `Remove the tag ${tag}` }).waitFor();
  await page.reload();
  await page.getByText(words).waitFor();
  await page.getByText('Who ordered').waitFor();
  await page.getByRole('button', { name: `Remove the tag ${tag}` }).click();
  await page.getByRole('button', { name: `Remove the tag ${tag}` }).waitFor({ state: 'hidden' });
  await page.getByRole('button', { name: /^Description: / }).click();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: `Description: ${words}. Edit` }).waitFor();
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});

test('a way to read the table is copied', async () => {
  const page = await openTable('?tab=use', { permissions: ['clipboard-read', 'clipboard-write'] });
  await page.getByRole('button', { name: 'Copy: Command line', exact: true }).click();
  assert.equal(
    await page.evaluate(() => navigator.clipboard.readText()),
    "tarn sql 'select * from shop.orders limit 100'",
  );
  await page.context().close();
});

test('more rows are loaded into it', async () => {
  const page = await openTable();
  await page.getByRole('link', { name: 'Load more rows' }).click();
  await page
    .getByLabel('Files to load')
    .setInputFiles([
      { name: 'more.csv', mimeType: 'text/csv', buffer: Buffer.from('order_id\n1\n') },
    ]);
  await page.getByText('into shop.orders').waitFor();
  assert.equal(await page.getByLabel('Append the rows to the table').isChecked(), true);
  await page.context().close();
});

test('dropping asks for the name, and the table is gone', async () => {
  const page = await openTable();
  await page.goto('/load');
  const name = `gone_${Date.now().toString(36)}`;
  await page
    .getByLabel('Files to load')
    .setInputFiles([{ name: `${name}.csv`, mimeType: 'text/csv', buffer: Buffer.from('a\n1\n') }]);
  await page.getByLabel('Name of a', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Load', exact: true }).click();
  await page.getByRole('link', { name: 'Open the table' }).click();
  await page.getByRole('button', { name: 'Drop…' }).click();
  const dialog = page.getByRole('dialog', { name: /^Drop / });
  assert.equal(await dialog.getByRole('button', { name: 'Drop the table' }).isDisabled(), true);
  await assertNoViolations(page);
  await page.screenshot({ path: `${SHOTS}/table-drop.png` });
  await dialog.getByLabel(`Type ${name} to confirm`).fill(name);
  const address = page.url();
  await dialog.getByRole('button', { name: 'Drop the table' }).click();
  await page.waitForURL((url) => url.pathname === '/');
  await page.goto(address);
  await page.getByText('Unknown table').waitFor();
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});

test('an unknown table says so', async () => {
  const page = await tarn.page();
  await signIn(page, tarn.credentials);
  await page.goto('/tables/iceberg.shop.nothing');
  await page.getByText('Unknown table').waitFor();
  await assertNoViolations(page);
  await page.context().close();
});

test('a table works at 360 pixels', async () => {
  const page = await openTable('', { viewport: { width: 360, height: 720 } });
  for (const name of ['Overview', 'Sample', 'Profile', 'History', 'Access', 'Use it']) {
    await tab(page, name).click();
    await page.getByRole('tabpanel', { name }).waitFor();
    await page.waitForLoadState('networkidle');
    assert.equal(
      await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      ),
      0,
      name,
    );
    await assertNoViolations(page);
    await page.screenshot({
      path: `${SHOTS}/table-${name.toLowerCase().replace(' ', '-')}-narrow.png`,
    });
  }
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});
