import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import {
  assertNoViolations,
  editor,
  grid,
  openConsole,
  run,
  SHOTS,
  signIn,
  write,
} from './console.mjs';

// The fake knows no SQL but these; a real server takes them as well.
const BY_DAY =
  "select date '2026-01-01' + cast(i as int) as day, cast(i * 10 + 5 as decimal(12,2)) as amount, case when i % 2 = 0 then 'paid' else 'new' end as status /* as paid_by_day */ from range(30) a(i)";
const BY_COUNTRY =
  "select 'C' || i as country, (i * 7919) % 1000 as orders /* as by_country */ from range(40) a(i)";
const POINTS =
  'select cast(i as double) as a, cast((i * 31) % 977 as double) as b /* as many_points */ from range(120000) a(i)';
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

const tab = (name) => page.getByRole('tab', { name });
const button = (name) => page.getByRole('button', { name, exact: true });
const item = (name) => page.getByRole('menuitem', { name, exact: true });

async function newTab() {
  await button('New tab').click();
  await editor(page).click();
}

test('tabs are added, named, moved, closed and reopened, and a reload keeps them', async () => {
  await write(page, 'select 1 as first');
  await page.keyboard.press('Alt+n');
  await editor(page).click();
  await page.keyboard.insertText('select 1 as second');
  await tab('Query 2').click();
  await page.keyboard.press('F2');
  await page.getByLabel('Name of the tab').fill('Sales');
  await page.keyboard.press('Enter');
  await tab('Sales').waitFor();
  await tab('Sales').focus();
  await page.keyboard.press('Control+Shift+ArrowLeft');
  const names = () => page.locator('[data-tab]').allTextContents();
  await page.waitForFunction(() => document.querySelector('[data-tab]').textContent === 'Sales');
  assert.deepEqual(await names(), ['Sales', 'Query 1']);
  await page.reload();
  await editor(page).getByText('select 1 as second').waitFor();
  assert.deepEqual(await names(), ['Sales', 'Query 1']);
  await tab('Sales').focus();
  await page.keyboard.press('Delete');
  await editor(page).getByText('select 1 as first').waitFor();
  await button('Reopen Sales').click();
  await editor(page).getByText('select 1 as second').waitFor();
  await assertNoViolations(page);
  await page.screenshot({ path: `${SHOTS}/tabs.png` });
});

test('each tab has its own statement and result', async () => {
  await newTab();
  await run(page, 'select a.i as n from range(5) a(i)');
  await page.getByText('5 rows', { exact: true }).waitFor();
  await newTab();
  await run(page, LONG);
  await page.getByText('Running…').waitFor();
  await page.keyboard.press('Alt+PageUp');
  await page.getByText('5 rows', { exact: true }).waitFor();
  await page.keyboard.press('Alt+PageDown');
  await page.getByText('Running…').waitFor();
});

test('a reload during a statement says what became of it', async () => {
  await page.reload();
  await page.getByText('The page was reloaded while a statement ran').waitFor();
  await page.screenshot({ path: `${SHOTS}/reloaded.png` });
  // The client of it has gone, so the server has ended it.
  await page.getByText(/^It was cancelled after/).waitFor();
  await button('Run again').waitFor();
  await assertNoViolations(page);
  await button('Close tab').click();
});

for (const colorScheme of ['light', 'dark']) {
  for (const width of [1280, 360]) {
    test(`charts at ${width} px, ${colorScheme}`, async () => {
      const other = await tarn.page({ colorScheme, viewport: { width, height: 800 } });
      await signIn(other, tarn.credentials);
      await run(other, BY_DAY);
      await other.getByRole('button', { name: 'Chart', exact: true }).click();
      await other.getByRole('img', { name: /^Line chart of amount by day/ }).waitFor();
      await other.locator('svg text').first().waitFor();
      await assertNoViolations(other);
      await other.screenshot({ path: `${SHOTS}/chart-line-${width}-${colorScheme}.png` });
      for (const kind of ['bar', 'area', 'scatter', 'pie', 'table']) {
        await other.getByRole('combobox', { name: 'Chart', exact: true }).selectOption(kind);
        await other.waitForTimeout(80);
        await other.screenshot({ path: `${SHOTS}/chart-${kind}-${width}-${colorScheme}.png` });
      }
      await assertNoViolations(other);
      assert.equal(
        await other.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        ),
        0,
      );
      assert.deepEqual(other.complaints, []);
      await other.context().close();
    });
  }
}

test('a category makes bars; top-N sums the rest; the choice stays with the tab', async () => {
  await newTab();
  await run(page, BY_COUNTRY);
  await button('Chart').click();
  await page.getByRole('img', { name: /^Bar chart of orders by country/ }).waitFor();
  await page.getByLabel('Top').fill('5');
  await page.getByRole('img', { name: /largest 5 are shown/ }).waitFor();
  await page.getByLabel('Sort').selectOption('value');
  await page.reload();
  await run(page, BY_COUNTRY);
  await page.getByRole('img', { name: /largest 5 are shown/ }).waitFor();
  assert.equal(await page.getByLabel('Top').inputValue(), '5');
});

test('pictures are saved as PNG and SVG', async () => {
  for (const [kind, start] of [
    ['PNG', Buffer.from([0x89, 0x50, 0x4e, 0x47])],
    ['SVG', Buffer.from('<svg')],
  ]) {
    await button('Picture ▾').click();
    const [download] = await Promise.all([page.waitForEvent('download'), item(kind).click()]);
    const bytes = await readFile(await download.path());
    assert.deepEqual(bytes.subarray(0, 4), start);
  }
});

test('many points are sampled, and the page says so', async () => {
  await newTab();
  await run(page, POINTS);
  await button('Chart').click();
  await page.getByText(/^Sampled: every 3th of 120,000/).waitFor();
});

test('a result is exported, copied and kept as a table', async (context) => {
  await newTab();
  await run(page, 'select a.i as n from range(3) a(i)');
  await page.getByText('3 rows', { exact: true }).waitFor();
  await button('Copy ▾').click();
  await item('as Markdown').click();
  await page.getByText('3 rows copied').waitFor();
  assert.equal(
    await page.evaluate(() => navigator.clipboard.readText()),
    '| n |\n| --- |\n| 0 |\n| 1 |\n| 2 |',
  );
  if (!(await tarn.serves('post', '/tarn/v1/statements/export'))) {
    return context.skip('this server has no exports yet');
  }
  for (const [name, ending] of [
    ['CSV', 'csv'],
    ['Parquet', 'parquet'],
    ['Excel (XLSX)', 'xlsx'],
    ['NDJSON', 'ndjson'],
    ['Arrow', 'arrow'],
  ]) {
    await button('Export ▾').click();
    const [download] = await Promise.all([page.waitForEvent('download'), item(name).click()]);
    assert.match(download.suggestedFilename(), new RegExp(`\\.${ending}$`));
    await page.getByText(new RegExp(`\\.${ending}, `)).waitFor();
  }
  await button('Export ▾').click();
  await assertNoViolations(page);
  await item('Save as a table…').click();
  const dialog = page.getByRole('dialog', { name: 'Save as a table' });
  await dialog.getByLabel('Table').fill('shop.orders');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.getByRole('alert').waitFor();
  await assertNoViolations(page);
  await dialog.getByLabel('Table').fill(`shop.kept_${Date.now()}`);
  await dialog.getByRole('button', { name: 'Save' }).click();
  await page.getByText(/3 rows written/).waitFor();
});

test('parameters have a field each and are sent with their types', async (context) => {
  if (!(await tarn.serves('post', '/tarn/v1/statements/export'))) {
    return context.skip('this server has no parameters yet');
  }
  await newTab();
  await write(page, "select 1 as n where date '2024-01-01' >= :day and 1 < :n and ':no' <> '::no'");
  await page.getByLabel('Type of day').selectOption('date');
  await page.keyboard.press('Control+Enter');
  await editor(page).press('Control+Enter');
  await page.getByText('A parameter has no value').waitFor();
  await page.getByLabel('Value of day').fill('2023-01-01');
  await page.getByLabel('Type of n', { exact: true }).selectOption('number');
  await page.getByLabel('Value of n', { exact: true }).fill('12');
  assert.equal(await page.getByLabel('Value of no').count(), 0);
  const [request] = await Promise.all([
    page.waitForRequest((one) => one.url().endsWith('/statements')),
    page.getByLabel('Value of n', { exact: true }).press('Enter'),
  ]);
  assert.deepEqual(request.postDataJSON().parameters, {
    day: { type: 'DATE', value: '2023-01-01' },
    n: 12,
  });
  await page.getByText(/^[12] rows?$/).waitFor();
  await assertNoViolations(page);
  await page.screenshot({ path: `${SHOTS}/parameters.png` });
  await page.reload();
  assert.equal(await page.getByLabel('Value of day').inputValue(), '2023-01-01');
});

test('a text is formatted and explained, and the keys are listed', async (context) => {
  await newTab();
  await write(page, 'select id,status from shop.orders where id>:n');
  await page.keyboard.press('Shift+Alt+f');
  await editor(page).getByText('shop.orders', { exact: true }).waitFor();
  assert.ok((await page.locator('.cm-line').count()) > 3);
  await write(page, 'select * from shop.orders');
  if (await tarn.serves('post', '/tarn/v1/statements/explain')) {
    await page.keyboard.press('Alt+e');
    await page.getByRole('dialog', { name: 'Explain' }).getByText('Skipped by partition').waitFor();
    await assertNoViolations(page);
    await page.screenshot({ path: `${SHOTS}/explain.png` });
    await page.keyboard.press('Escape');
    // Constants are computed for the plan, so this takes a minute.
    await write(page, "select levenshtein(repeat('a', 200000), repeat('b', 200000)) as n");
    const [asked] = await Promise.all([
      page.waitForRequest((one) => one.url().endsWith('/statements/explain')),
      page.keyboard.press('Alt+e'),
    ]);
    const cancel = page
      .getByRole('dialog', { name: 'Explain' })
      .getByRole('button', { name: 'Cancel' });
    await cancel.waitFor();
    const id = asked.postDataJSON().id;
    await Promise.all([
      page.waitForResponse(
        (one) => one.url().endsWith(`/statements/${id}`) && one.status() === 204,
      ),
      cancel.click(),
    ]);
    await asked.response().then((answer) => assert.equal(answer.status(), 409));
  } else {
    context.diagnostic('this server has no explain yet');
  }
  await page.keyboard.press('Alt+k');
  await page.getByRole('dialog', { name: 'Keyboard' }).waitFor();
  await assertNoViolations(page);
  await page.screenshot({ path: `${SHOTS}/keyboard.png` });
  await page.keyboard.press('Escape');
});

test('a statement is saved, shared by a link, renamed, and a conflict is told', async (context) => {
  if (!(await tarn.serves('post', '/tarn/v1/saved-statements'))) {
    return context.skip('this server has no saved statements yet');
  }
  const name = `Orders ${Date.now()}`;
  await newTab();
  await write(page, 'select * from shop.orders limit 7');
  await page.keyboard.press('Control+s');
  const dialog = page.getByRole('dialog', { name: 'Save the statement' });
  await dialog.getByLabel('Name').fill(name);
  await dialog.getByLabel('Description').fill('The first seven');
  await dialog.getByRole('checkbox').check();
  await assertNoViolations(page);
  await dialog.getByRole('button', { name: 'Save' }).click();
  await tab(name).waitFor();
  await button('Saved').click();
  const list = page.getByRole('list', { name: 'Saved statements' });
  await list.getByText(name).waitFor();
  await assertNoViolations(page);
  await page.screenshot({ path: `${SHOTS}/saved.png` });
  await page.getByRole('button', { name: `Actions of ${name}` }).click();
  await item('Copy link').click();
  await page.getByText('Link copied').waitFor();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  assert.match(link, /\/s\/[0-9a-f-]+$/);

  const other = await tarn.page();
  await signIn(other, tarn.credentials);
  await other.goto(link);
  await editor(other).getByText('select * from shop.orders limit 7').waitFor();
  await write(other, 'select * from shop.orders limit 8');
  await other.keyboard.press('Control+s');
  await other.getByText(`${name} saved`).waitFor();
  await other.context().close();

  await write(page, 'select * from shop.orders limit 9');
  await page.keyboard.press('Control+s');
  const conflict = page.getByRole('dialog', { name: 'Saved statement' });
  await conflict.getByText(/was changed elsewhere/).waitFor();
  await assertNoViolations(page);
  await page.screenshot({ path: `${SHOTS}/conflict.png` });
  await conflict.getByRole('button', { name: 'Take that version' }).click();
  await editor(page).getByText('select * from shop.orders limit 8').waitFor();

  await page.getByRole('button', { name: `Actions of ${name}` }).click();
  await item('Delete…').click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await list.getByText(name).waitFor({ state: 'detached' });
});

test('the history is searched, and opens in a tab', async (context) => {
  if (!(await tarn.serves('get', '/tarn/v1/statements'))) {
    return context.skip('this server has no history yet');
  }
  await button('History').click();
  const list = page.getByRole('list', { name: 'History' });
  await list.getByRole('listitem').first().waitFor();
  await assertNoViolations(page);
  await page.screenshot({ path: `${SHOTS}/history.png` });
  await page.getByLabel('Search your statements').fill('nope');
  await page.waitForTimeout(600);
  const first = list.getByRole('listitem').filter({ hasText: 'nope' }).first();
  if ((await first.count()) > 0) {
    await first.getByRole('button').first().click();
    await editor(page).getByText('nope').waitFor();
  }
  await button('Tables').click();
});

test('the grid is sorted, searched, and tells figures of a column', async () => {
  await newTab();
  await run(page, 'select a.i as n from range(1000) a(i)');
  await page.getByText('1,000 rows', { exact: true }).waitFor();
  await grid(page).focus();
  await page.keyboard.press('s');
  await page.keyboard.press('s');
  await page.waitForFunction(
    () => document.querySelector('[role=gridcell]')?.textContent === '999',
  );
  await page.keyboard.press('i');
  await page.getByRole('dialog', { name: 'Figures of n' }).getByText('499.5').first().waitFor();
  await assertNoViolations(page);
  await page.screenshot({ path: `${SHOTS}/figures.png` });
  await page.keyboard.press('Escape');
  await page.keyboard.press('/');
  await page.getByLabel('Find in the result').fill('123');
  await page.getByText('1 of 1', { exact: true }).waitFor();
  await grid(page).getByRole('gridcell', { name: '123', exact: true }).waitFor();
  await assertNoViolations(page);
  await page.screenshot({ path: `${SHOTS}/find.png` });
  await page.keyboard.press('Escape');
});

test('a session that ends while one types loses nothing', async () => {
  await newTab();
  await write(page, 'select 1 as typed');
  await page.context().clearCookies();
  await page.keyboard.type(' -- and more');
  await page.keyboard.press('Control+Enter');
  await page.getByRole('dialog', { name: 'Your session has ended' }).waitFor();
  await page.reload();
  await page.getByLabel('Key', { exact: true }).last().fill(tarn.credentials.key);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await editor(page).getByText('select 1 as typed -- and more').waitFor();
});

test('nothing was written to the browser console', () => {
  assert.deepEqual(page.complaints, []);
});
