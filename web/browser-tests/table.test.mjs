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
    await page.getByRole('heading', { name: 'Sizes of files' }).waitFor();
    await assertNoViolations(page);
    await page.screenshot({ path: `${SHOTS}/table-health-${colorScheme}.png` });
    await tab(page, 'Health').focus();
    await page.keyboard.press('ArrowRight');
    await page.getByRole('rowheader', { name: 'Compact', exact: true }).waitFor();
    await assertNoViolations(page);
    await page.screenshot({ path: `${SHOTS}/table-upkeep-${colorScheme}.png` });
    await tab(page, 'Upkeep').focus();
    await page.keyboard.press('ArrowRight');
    await page.getByText('current').waitFor();
    await assertNoViolations(page);
    await page.screenshot({ path: `${SHOTS}/table-history-${colorScheme}.png` });
    await tab(page, 'History').focus();
    await page.keyboard.press('ArrowRight');
    await page.getByText('all else is the engine’s word').waitFor();
    await page
      .getByText(/^(Reading…|No engine has reported.*|By)$/)
      .first()
      .waitFor();
    await assertNoViolations(page);
    await page.screenshot({ path: `${SHOTS}/table-engines-${colorScheme}.png` });
    await tab(page, 'Engines').focus();
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
    await tab(page, 'Use it').focus();
    await page.keyboard.press('ArrowRight');
    await page.getByRole('heading', { name: 'Spark', exact: true }).waitFor();
    await assertNoViolations(page);
    await page.screenshot({ path: `${SHOTS}/table-attach-${colorScheme}.png` });
    assert.match(page.url(), /tab=attach/);
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

test('engines are attached with a key that is made on the spot, by keyboard', async () => {
  const page = await openTable('?tab=attach', {
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  const copied = () => page.evaluate(() => navigator.clipboard.readText());
  const copy = (label) => page.getByRole('button', { name: `Copy: ${label}`, exact: true });
  await copy('Attach: Spark').click();
  assert.match(await copied(), /token=\$TARN_KEY/);
  assert.match(await copied(), new RegExp(`uri=${tarn.url}/iceberg `));
  await page.getByLabel('Name of the key').fill('a test of engines');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.getByText('This is the only time it is shown').waitFor();
  await assertNoViolations(page);
  await copy('Key a test of engines').click();
  const key = await copied();
  assert.match(key, /^dlx_sk_v1_/);
  for (const engine of ['Spark', 'PyIceberg']) {
    await copy(`Attach: ${engine}`).click();
    assert.ok((await copied()).includes(key), engine);
  }
  await copy('Then read: Spark').click();
  assert.equal(await copied(), 'SELECT * FROM tarn.shop.orders LIMIT 100;');
  if (process.env.TARN_URL !== undefined) {
    const answer = await fetch(`${tarn.url}/iceberg/v1/iceberg/namespaces/shop/tables/orders`, {
      headers: { Authorization: `Bearer ${key}` },
    });
    assert.equal(answer.status, 200);
  }
  await page.getByRole('tab', { name: 'Use it' }).click();
  await page.getByRole('tab', { name: 'Attach' }).click();
  await page.getByRole('button', { name: 'Make a key' }).waitFor();
  assert.equal(await page.getByText(key).count(), 0, 'shown once');
  await page.goto('/keys');
  await page.getByText('a test of engines').first().waitFor();
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});

test('a commit of another engine shows while the history is looked at', async () => {
  const page = await openTable('?tab=history');
  await page.getByText('current').waitFor();
  const versions = page.getByRole('list', { name: 'Versions' }).getByRole('listitem');
  const before = await versions.count();
  await otherEngineCommits();
  await versions.nth(before).waitFor();
  const newest = versions.nth(0);
  await newest.getByText('by admin').waitFor();
  assert.match(await newest.textContent(), /append/);
  assert.match(await newest.textContent(), /spark 4\.1\.3/);
  assert.match(await newest.textContent(), /admin/);
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});

/** Commits an empty snapshot as Spark would; the fake commits when it is told to. */
async function otherEngineCommits() {
  const { key } = tarn.credentials;
  if (process.env.TARN_URL === undefined) {
    await fetch(`${tarn.url}/fake/commit`, { method: 'POST' });
    return;
  }
  const path = `${tarn.url}/iceberg/v1/iceberg/namespaces/shop/tables/orders`;
  const headers = { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' };
  const answer = await fetch(path, {
    method: 'POST',
    headers,
    body: sparksCommit(await (await fetch(path, { headers })).text()),
  });
  assert.equal(answer.status, 200, await answer.text());
}

/** Of the table's metadata as text: a snapshot's id is longer than a number of JavaScript's. */
function sparksCommit(metadata) {
  const current = /"current-snapshot-id":(\d+)/.exec(metadata)[1];
  const sequence = Number(/"last-sequence-number":(\d+)/.exec(metadata)[1]) + 1;
  const snapshot = metadata.slice(metadata.indexOf(`{"sequence-number"`));
  const one = snapshot
    .split('{"sequence-number"')
    .find((text) => text.includes(`"snapshot-id":${current},`));
  const summary = JSON.parse(/"summary":(\{[^}]*\})/.exec(one)[1]);
  const list = /"manifest-list":("[^"]*")/.exec(one)[1];
  const engine = { operation: 'append', 'engine-name': 'spark', 'engine-version': '4.1.3' };
  const id = Date.now();
  return `{"requirements": [{"type": "assert-ref-snapshot-id", "ref": "main", "snapshot-id": ${current}}],
    "updates": [
      {"action": "add-snapshot", "snapshot": {"snapshot-id": ${id}, "parent-snapshot-id": ${current},
        "sequence-number": ${sequence}, "timestamp-ms": ${id}, "manifest-list": ${list}, "schema-id": 0,
        "summary": ${JSON.stringify({ ...summary, ...engine })}}},
      {"action": "set-snapshot-ref", "ref-name": "main", "type": "branch", "snapshot-id": ${id}}]}`;
}

test('scans and commits of engines are shown as they were reported', async () => {
  const page = await openTable('?tab=reports');
  if (process.env.TARN_URL !== undefined) {
    await engineReports();
    await page.reload();
  }
  const scan = page.getByRole('row').filter({ hasText: '5 planned · 95 skipped' }).first();
  await scan.waitFor();
  assert.match(await scan.textContent(), /scan.*spark 4\.1\.3/);
  await assertNoViolations(page);
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});

/** Reports a scan as Spark does. */
async function engineReports() {
  const counted = (value) => ({ unit: 'count', value });
  const answer = await fetch(
    `${tarn.url}/iceberg/v1/iceberg/namespaces/shop/tables/orders/metrics`,
    {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${tarn.credentials.key}`,
        'Content-Type': 'application/json',
      },
      body: JSON.stringify({
        'report-type': 'scan-report',
        'table-name': 'tarn.shop.orders',
        'snapshot-id': 1,
        filter: true,
        'schema-id': 0,
        'projected-field-ids': [1],
        'projected-field-names': ['id'],
        metrics: {
          'total-planning-duration': {
            count: 1,
            'time-unit': 'nanoseconds',
            'total-duration': 2_644_000,
          },
          'result-data-files': counted(5),
          'skipped-data-files': counted(95),
        },
        metadata: { 'engine-name': 'spark', 'engine-version': '4.1.3' },
      }),
    },
  );
  assert.equal(answer.status, 204, await answer.text());
}

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
  for (const name of [
    'Overview',
    'Sample',
    'Profile',
    'Health',
    'Upkeep',
    'History',
    'Engines',
    'Access',
    'Use it',
    'Attach',
  ]) {
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
