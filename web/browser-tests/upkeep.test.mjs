import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assertClean, assertNoViolations, openConsole, SHOTS, signIn } from './console.mjs';
import { viewer } from './fake-server.mjs';

const FAKE = process.env.TARN_URL === undefined;

let tarn;
before(async () => {
  tarn = await openConsole();
});
after(() => tarn.close());

const skip = !FAKE && 'the sample has no small files';

async function open(path, options = {}, credentials = tarn.credentials) {
  const page = await tarn.page(options);
  await signIn(page, credentials);
  await page.goto(path);
  return page;
}

const region = (page, name) => page.getByRole('region', { name, exact: true });
const action = (page, name) => page.getByRole('button', { name, exact: true });

async function openHealth(table, options) {
  const page = await open(`/tables/iceberg.shop.${table}?tab=health`, options);
  await page.getByRole('heading', { name: 'Sizes of files' }).waitFor();
  return page;
}

async function finish(page) {
  assert.deepEqual(page.complaints, []);
  await page.context().close();
}

test('all tables are clean in both schemes and at 360 pixels', async () => {
  await assertClean(
    'health',
    (options) => open('/health', options),
    (page) => page.getByRole('link', { name: 'shop.orders' }),
  );
});

test('policies are clean in both schemes and at 360 pixels', async () => {
  await assertClean(
    'policies',
    (options) => open('/health?tab=policies', options),
    (page) => page.getByRole('rowheader', { name: 'Compact', exact: true }),
  );
});

test('the table that hurts most comes first, and a heading sorts by something else', async () => {
  const page = await open('/');
  await page.getByRole('link', { name: 'Health', exact: true }).click();
  const rows = region(page, 'Tables by health').getByRole('row');
  await page.getByRole('link', { name: 'shop.orders' }).waitFor();
  const hurts = page.getByRole('columnheader', { name: 'Hurts' });
  assert.equal(await hurts.getAttribute('aria-sort'), 'descending');
  if (FAKE) {
    assert.match(await rows.nth(1).textContent(), /^shop\.orders.*needs care/);
  }
  await action(page, 'Table').focus();
  await page.keyboard.press('Enter');
  const name = page.getByRole('columnheader', { name: 'Table', exact: true });
  assert.equal(await name.getAttribute('aria-sort'), 'ascending');
  await page.getByLabel('Filter tables').fill('shop orders');
  await page.waitForFunction(() => document.querySelectorAll('tbody tr').length === 1);
  await page.getByRole('link', { name: 'shop.orders' }).click();
  await page.getByRole('heading', { name: 'Sizes of files' }).waitFor();
  assert.match(page.url(), /tab=health/);
  await finish(page);
});

test('files and partitions are pictures with words', { skip }, async () => {
  const page = await openHealth('orders');
  await page.getByRole('img', { name: /^424 files: .*4 with deletes$/ }).waitFor();
  const partitions = page.getByRole('list', { name: 'Partitions by size' });
  await partitions.getByText('ordered_at_month=680').waitFor();
  await page.getByText('would leave 419 files fewer').first().waitFor();
  await assertNoViolations(page);
  await page.screenshot({ path: `${SHOTS}/health-pictures.png`, fullPage: true });
  await finish(page);
});

test('versions expire after it was seen which, by keyboard', async () => {
  const page = await openHealth('products');
  await action(page, 'Expire versions…').focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: /^Expire versions of / });
  await dialog.getByLabel('Keep the newest').fill('0');
  assert.equal(await action(dialog, 'Show what would go').isDisabled(), true);
  await dialog.getByLabel('Keep the newest').fill('3');
  await page.keyboard.press('Enter');
  if (!FAKE) {
    await dialog.getByText(/No version would go\.|would stay\./).waitFor();
    return finish(page);
  }
  await dialog.getByText('12 versions would go, 3 would stay.').waitFor();
  await dialog.getByText('9.0 MB freed').waitFor();
  await assertNoViolations(page);
  await page.screenshot({ path: `${SHOTS}/expire-preview.png` });
  await dialog.getByLabel('Keep the newest').fill('5');
  await action(dialog, 'Show what would go').waitFor();
  await page.keyboard.press('Enter');
  await action(dialog, 'Expire 10 versions').focus();
  await page.keyboard.press('Enter');
  await dialog.waitFor({ state: 'hidden' });
  await region(page, 'Under way').getByText('expiry of versions').first().waitFor();
  await region(page, 'Under way').waitFor({ state: 'hidden' });
  await page.getByRole('tab', { name: 'Upkeep' }).click();
  await page.getByText('10 versions gone, 5 stay, 30 files deleted, 9.0 MB freed').waitFor();
  await assertNoViolations(page);
  await page.screenshot({ path: `${SHOTS}/upkeep-log.png` });
  await finish(page);
});

test('orphan files are named before they go', { skip }, async () => {
  const page = await openHealth('customers', { viewport: { width: 360, height: 720 } });
  await action(page, 'Remove orphan files…').click();
  const dialog = page.getByRole('dialog', { name: /^Remove orphan files of / });
  await action(dialog, 'Show what would go').click();
  await dialog.getByText('shop/orders/data/a.parquet').waitFor();
  await assertNoViolations(page);
  await action(dialog, 'Remove 2 files').click();
  await region(page, 'Under way').waitFor();
  await region(page, 'Under way').waitFor({ state: 'hidden' });
  await finish(page);
});

test('a compaction shows how far it is, is cancelled, and done at the second try', {
  skip,
}, async () => {
  const page = await openHealth('orders', { colorScheme: 'dark' });
  await action(page, 'Compact…').click();
  const dialog = page.getByRole('dialog', { name: /^Compact / });
  await dialog.getByText('would leave 419 files fewer').waitFor();
  await dialog.getByLabel('In Z-order').check();
  await dialog.getByRole('textbox', { name: 'Columns' }).fill('customer_id, ordered_at');
  await dialog.getByLabel('Only rows where').fill('slow');
  await assertNoViolations(page);
  await page.screenshot({ path: `${SHOTS}/compact.png` });
  await action(dialog, 'Compact').click();
  await page.getByRole('progressbar', { name: 'Progress of the compaction' }).waitFor();
  assert.equal(await action(page, 'Compact…').isDisabled(), true);
  await assertNoViolations(page);
  await page.screenshot({ path: `${SHOTS}/compact-runs.png` });
  await action(page, 'Cancel').click();
  await region(page, 'Under way').waitFor({ state: 'hidden' });
  await action(page, 'Compact…').click();
  await action(dialog, 'Compact').click();
  await page.getByText('Nothing to do.').waitFor();
  await page.getByRole('tab', { name: 'Upkeep' }).click();
  const log = region(page, 'What was done');
  await log.getByText('420 files into 1, 7.2 MB rewritten').waitFor();
  await log.getByText('It was cancelled').waitFor();
  await finish(page);
});

test('what the server did by itself says why', { skip }, async () => {
  const page = await open('/tables/iceberg.shop.customers?tab=upkeep');
  const row = page.getByRole('row').filter({ hasText: 'and 1000 are to be at most' });
  await row.waitFor();
  assert.match(await row.textContent(), /tarn.*completed.*200 versions gone.*3\.00 s/);
  await finish(page);
});

test('a policy is said, refused in words, and taken away', async () => {
  const page = await open('/tables/iceberg.shop.order_items?tab=upkeep');
  const policy = region(page, 'Policy');
  await policy.getByRole('rowheader', { name: 'Quiet from' }).waitFor();
  await action(policy, 'Change…').click();
  const dialog = page.getByRole('dialog', { name: 'How this table is looked after' });
  await dialog.getByLabel('Compact from small files').fill('many');
  assert.equal(await action(dialog, 'Save').isDisabled(), true);
  await dialog.getByLabel('Compact from small files').fill('50');
  await dialog.getByLabel('Quiet from').fill('noon');
  await action(dialog, 'Save').click();
  await dialog.getByText(/quiet_from is a time of day, as 08:00/).waitFor();
  await dialog.getByLabel('Quiet from').fill('');
  await assertNoViolations(page);
  await page.screenshot({ path: `${SHOTS}/policy.png` });
  await action(dialog, 'Save').click();
  await dialog.waitFor({ state: 'hidden' });
  const small = policy.getByRole('row').filter({ hasText: 'Compact from small files' });
  await small.getByText('here', { exact: true }).waitFor();
  assert.match(await small.textContent(), /50/);
  await action(policy, 'Take away what is said here').click();
  await small.getByText('elsewhere').waitFor();
  await finish(page);
});

test('a version is queried, compared with the one before, and rolled back to', {
  skip,
}, async () => {
  const page = await open('/tables/iceberg.shop.customers?tab=history');
  const versions = page.getByRole('list', { name: 'Versions' }).getByRole('listitem');
  await versions.nth(2).waitFor();
  assert.match(await versions.nth(0).textContent(), /append.*current.*\+6,667 rows.*\+1 file/);
  await versions
    .nth(1)
    .getByRole('button', { name: /^Roll back to / })
    .click();
  const dialog = page.getByRole('dialog', { name: 'Roll shop.customers back?' });
  await assertNoViolations(page);
  await page.screenshot({ path: `${SHOTS}/roll-back.png` });
  await action(dialog, 'Roll back').click();
  await dialog.waitFor({ state: 'hidden' });
  await versions.nth(0).getByText('left aside').waitFor();
  await versions.nth(1).getByText('current').waitFor();
  await assertNoViolations(page);
  await versions.nth(1).getByRole('link', { name: 'Rows that came' }).click();
  await page.getByText('except all').first().waitFor();
  await page.context().close();
});

test('columns are added, renamed, widened and dropped in place', async () => {
  const page = await open('/tables/iceberg.shop.products');
  const name = `note_${Date.now().toString(36)}`;
  await action(page, 'Add a column…').click();
  const adding = page.getByRole('dialog', { name: 'Add a column' });
  await adding.getByLabel('Name').fill('price');
  await adding.getByText('There is a column price already.').waitFor();
  assert.equal(await action(adding, 'Add').isDisabled(), true);
  await adding.getByLabel('Name').fill(name);
  await adding.getByLabel('Type').selectOption('INT');
  await adding.getByText(`alter table shop.products add column ${name} INT`).waitFor();
  await assertNoViolations(page);
  await page.screenshot({ path: `${SHOTS}/column-add.png` });
  await page.keyboard.press('Tab');
  await action(adding, 'Add').click();
  await action(page, `A wider type for ${name}`).click();
  const widening = page.getByRole('dialog', { name: `A wider type for ${name}` });
  await action(widening, 'Change the type').click();
  await page
    .getByRole('row')
    .filter({ hasText: `${name}BIGINT` })
    .waitFor();
  await action(page, `Rename ${name}`).click();
  const renaming = page.getByRole('dialog', { name: `Rename ${name}` });
  await renaming.getByLabel('Name').fill(`${name}_2`);
  await page.keyboard.press('Enter');
  await action(page, `Drop ${name}_2`).click();
  const dropping = page.getByRole('dialog', { name: `Drop ${name}_2?` });
  await assertNoViolations(page);
  await action(dropping, 'Drop the column').click();
  await page.getByRole('rowheader', { name: `${name}_2` }).waitFor({ state: 'hidden' });
  await finish(page);
});

test('who does not look after a table sees its health and changes nothing', { skip }, async () => {
  const page = await open('/tables/iceberg.shop.orders?tab=health', {}, viewer);
  await page.getByRole('heading', { name: 'Sizes of files' }).waitFor();
  await page.waitForLoadState('networkidle');
  assert.equal(await page.getByRole('button', { name: 'Compact…' }).count(), 0);
  await page.getByRole('tab', { name: 'Upkeep' }).click();
  await page.getByRole('rowheader', { name: 'Compact', exact: true }).waitFor();
  await page.waitForLoadState('networkidle');
  assert.equal(await page.getByRole('button', { name: 'Change…' }).count(), 0);
  await finish(page);
});
