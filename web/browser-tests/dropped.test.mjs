import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assertNoViolations, openConsole, SHOTS, signIn, tree } from './console.mjs';

let tarn;
before(async () => {
  tarn = await openConsole();
});
after(() => tarn.close());

const skip = process.env.TARN_URL !== undefined && 'the sample has no view and no dropped table';

test('a dropped table is restored, under another name when its own is taken', {
  skip,
}, async () => {
  const page = await tarn.page();
  await signIn(page, tarn.credentials);
  await page.getByRole('button', { name: 'Dropped tables…' }).click();
  await page.getByRole('rowheader', { name: 'shop.lost' }).waitFor();
  await assertNoViolations(page);
  await page.screenshot({ path: `${SHOTS}/dropped-tables.png` });
  await page.getByRole('button', { name: 'Restore shop.lost' }).click();
  await page.getByRole('rowheader', { name: 'shop.lost' }).waitFor({ state: 'hidden' });
  await page.getByRole('button', { name: 'Restore shop.taken' }).click();
  await page.getByText('exists already').waitFor();
  await assertNoViolations(page);
  await page.getByLabel('Restore shop.taken as').fill('shop.free');
  await page.keyboard.press('Enter');
  await page.getByText('No dropped table that you could bring back.').waitFor();
  await page.keyboard.press('Escape');
  await page.getByLabel('Filter tables').fill('free');
  await tree(page)
    .getByRole('treeitem', { name: /^free, table/ })
    .waitFor();
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});

test('the page of a view has its definition and nothing that a view cannot do', {
  skip,
}, async () => {
  const page = await tarn.page();
  await signIn(page, tarn.credentials);
  await page.goto('/tables/iceberg.reports.paid');
  await page.getByRole('rowheader', { name: 'amount' }).waitFor();
  assert.deepEqual(await page.getByRole('tab').allInnerTexts(), [
    'Overview',
    'Definition',
    'Sample',
    'Access',
    'Use it',
  ]);
  assert.equal(await page.getByRole('link', { name: 'Load more rows' }).count(), 0);
  assert.equal(await page.getByRole('button', { name: 'Drop…' }).count(), 0);
  assert.equal(await page.getByText('Data files').count(), 0);
  await page.getByRole('tab', { name: 'Definition' }).click();
  await page.getByText('CREATE VIEW iceberg.reports.paid AS').waitFor();
  await assertNoViolations(page);
  await page.screenshot({ path: `${SHOTS}/view-definition.png` });
  await page.getByRole('tab', { name: 'Use it' }).click();
  await page.getByRole('heading', { name: 'Read it' }).waitFor();
  assert.equal(await page.getByRole('heading', { name: 'Add rows to it' }).count(), 0);
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});
