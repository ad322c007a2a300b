import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { editor, grid, openConsole, run, SHOTS, signIn, write } from './console.mjs';

const LONG =
  'select count(*) from iceberg.shop.order_items a, iceberg.shop.order_items b where (a.order_id * b.product_id) % 7919 = 4242';

let tarn;
let page;
before(async () => {
  tarn = await openConsole();
  page = await tarn.page({ permissions: ['clipboard-read', 'clipboard-write'] });
  await signIn(page, tarn.credentials);
});
after(() => tarn.close());

test('every digit of 2^63-1 and of DECIMAL(38,10) is shown', async () => {
  await run(
    page,
    "select 9223372036854775807 as big, cast('1234567890123456789012345678.0123456789' as decimal(38,10)) as d",
  );
  await grid(page).getByText('9223372036854775807', { exact: true }).waitFor();
  await grid(page).getByText('1234567890123456789012345678.0123456789', { exact: true }).waitFor();
  await page.screenshot({ path: `${SHOTS}/digits.png` });
});

test('NULL, nested values and trailing zeros are shown as they are', async () => {
  await run(
    page,
    "select null as nothing, {'a': 9223372036854775807, 'b': [1, 2]} as nested, cast(1.5 as decimal(10,2)) as price",
  );
  await grid(page).getByRole('gridcell', { name: 'NULL' }).waitFor();
  await grid(page).getByText('{"a":9223372036854775807,"b":[1,2]}', { exact: true }).waitFor();
  await grid(page).getByText('1.50', { exact: true }).waitFor();
});

test('the catalog completes namespaces, tables and columns', async () => {
  await write(page, '');
  await page.keyboard.type('select * from sh');
  const options = page.locator('.cm-tooltip-autocomplete');
  await options.getByText('namespace').first().waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.type('op.ord');
  await options.getByText('order_items').waitFor();
  await page.screenshot({ path: `${SHOTS}/completion.png` });
  await page.keyboard.press('Escape');
  await page.keyboard.type('ers where ');
  await page.keyboard.type('sta');
  await options.getByText('status').waitFor();
  await page.waitForTimeout(150);
  await page.keyboard.press('Tab');
  await editor(page).getByText('select * from shop.orders where status').waitFor();
});

test('an error stands under its place, counted from the selection that ran', async () => {
  await write(page, 'select 1;\n\nselect nope\nfrom shop.orders');
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Control+Shift+End');
  await page.keyboard.press('Control+Enter');
  await page.getByRole('alert').waitFor();
  assert.match(await page.getByRole('alert').textContent(), /line 3, column 8/);
  assert.equal(await page.locator('.cm-problem').textContent(), 'nope');
  const mark = await page.locator('.cm-problem').boundingBox();
  const message = await page.locator('.cm-problem-message').boundingBox();
  assert.ok(message.y >= mark.y + mark.height - 4 && message.y < mark.y + 2.5 * mark.height);
  await page.screenshot({ path: `${SHOTS}/error.png` });
  await page.keyboard.press('End');
  await page.keyboard.type(' ');
  assert.equal(await page.locator('.cm-problem').count(), 0);
});

test('a long statement is cancelled', async () => {
  await run(page, LONG);
  await page.getByText('Running…').waitFor();
  await page.screenshot({ path: `${SHOTS}/running.png` });
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByText(/^Cancelled after/).waitFor();
  assert.equal(await page.getByRole('alert').count(), 0);
  await run(page, 'select 1 as n');
  await page.getByText('1 row', { exact: true }).waitFor();
});

test('a hundred thousand rows are walked with the keyboard and a cell is copied', async () => {
  await run(page, 'select a.i as n from range(100000) a(i)');
  await page.getByText('100,000 rows').waitFor();
  assert.equal(await grid(page).getAttribute('aria-rowcount'), '100001');
  await editor(page).press('Control+a');
  await grid(page).focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Control+c');
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), '2');
  await page.keyboard.press('Control+End');
  await grid(page).getByRole('gridcell', { name: '99999' }).waitFor();
  assert.ok((await grid(page).getByRole('row').count()) < 80);
  const active = await grid(page).getAttribute('aria-activedescendant');
  assert.equal(await page.locator(`[id="${active}"]`).textContent(), '99999');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').getByText('99999').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  assert.equal(await grid(page).evaluate((node) => node === document.activeElement), true);
});

test('nothing was written to the browser console', () => {
  assert.deepEqual(page.complaints, []);
});
