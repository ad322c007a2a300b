import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assertNoViolations, editor, openConsole, SHOTS, signIn } from './console.mjs';

const FAKE = process.env.TARN_URL === undefined;
const fakeOnly = { skip: !FAKE && 'the fake server plays this' };

const csv = (name, text) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });
const PEOPLE = 'id,name,joined\n1,Ada,2024-01-02\n2,Grace,2024-02-03\n3,,2024-03-04\n';
/** New for each run: a real server keeps the tables of the run before. */
const unique = (name) => `${name}_${Date.now().toString(36)}`;

let tarn;
before(async () => {
  tarn = await openConsole();
});
after(() => tarn.close());

async function openLoad(options) {
  const page = await tarn.page(options);
  await signIn(page, tarn.credentials);
  await page.goto('/load');
  await page.getByRole('button', { name: 'Choose files' }).waitFor();
  return page;
}

const choose = (page, ...files) => page.getByLabel('Files to load').setInputFiles(files);
const table = (page) => page.getByRole('combobox', { name: 'Table', exact: true });
const load = (page) => page.getByRole('button', { name: 'Load', exact: true });
const overflow = (page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

for (const colorScheme of ['light', 'dark']) {
  test(`a file is dropped, shaped, loaded and queried in ${colorScheme} mode`, async () => {
    const page = await openLoad({ colorScheme });
    await assertNoViolations(page);
    await page.screenshot({ path: `${SHOTS}/load-${colorScheme}.png` });
    const name = unique(`people_${colorScheme}`);
    await choose(page, csv(`${name.replaceAll('_', ' ')}.csv`, PEOPLE));
    await page.getByRole('grid', { name: 'Result' }).getByText('Grace').waitFor();
    assert.equal(await table(page).inputValue(), name);
    assert.equal(await page.getByLabel('Type of joined').inputValue(), 'DATE');
    await page.getByText('How the file is read').click();
    await page.getByLabel('Delimiter').waitFor();
    await assertNoViolations(page);
    await page.screenshot({ path: `${SHOTS}/load-shape-${colorScheme}.png`, fullPage: true });
    await page.getByLabel('Take joined').uncheck();
    await page.getByLabel('Name of name').fill('first_name');
    await load(page).click();
    await page.getByText(/^Loaded into iceberg\./).waitFor();
    await assertNoViolations(page);
    await page.screenshot({ path: `${SHOTS}/load-done-${colorScheme}.png` });
    await page.getByRole('link', { name: 'Open the table' }).click();
    await page.getByRole('heading', { name: new RegExp(name) }).waitFor();
    await page.getByRole('rowheader', { name: 'first_name' }).waitFor();
    assert.equal(await page.getByRole('rowheader', { name: 'joined' }).count(), 0);
    assert.deepEqual(page.complaints, []);
    await page.context().close();
  });
}

test('another delimiter reads the file again without sending it again', async () => {
  const page = await openLoad();
  const sent = [];
  page.on('request', (request) => {
    if (request.method() === 'POST' && request.url().includes('/uploads')) {
      sent.push(request.url());
    }
  });
  await choose(page, csv('odd.csv', 'a;b\n1;2,5\n'));
  await page.getByLabel('Name of a', { exact: true }).waitFor();
  await page.getByText('How the file is read').click();
  await page.getByLabel('Delimiter').selectOption('|');
  await page.getByLabel('Name of a;b').waitFor();
  await page.getByLabel('Delimiter').selectOption('');
  await page.getByLabel('Name of b', { exact: true }).waitFor();
  assert.equal(sent.length, 1);
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});

test('files dropped on the editor come to the page that loads them', async () => {
  const page = await tarn.page();
  await signIn(page, tarn.credentials);
  const transfer = await page.evaluateHandle(() => {
    const files = new DataTransfer();
    files.items.add(new File(['a,b\n1,2\n'], 'dropped one.csv', { type: 'text/csv' }));
    return files;
  });
  await editor(page).dispatchEvent('dragenter', { dataTransfer: transfer });
  await page.getByText('Drop to load into a table').waitFor();
  await editor(page).dispatchEvent('drop', { dataTransfer: transfer });
  await page.getByLabel('Name of a', { exact: true }).waitFor();
  assert.equal(await table(page).inputValue(), 'dropped_one');
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});

test('a row that does not fit is named, and can be skipped', fakeOnly, async () => {
  const page = await openLoad();
  await choose(page, csv('bad.csv', 'id,amount\n1,2\n2,n/a\n'));
  await load(page).click();
  const alert = page.getByRole('alert');
  await alert.waitFor();
  assert.match(await alert.textContent(), /Line 3 of bad\.csv/);
  await page.getByText('The file need not be sent again').waitFor();
  await assertNoViolations(page);
  await page.screenshot({ path: `${SHOTS}/load-bad-row.png`, fullPage: true });
  await page.getByRole('button', { name: /^Skip rows that do not fit/ }).click();
  await table(page).fill(unique('bad'));
  await load(page).click();
  await page.getByText('1 row did not fit').waitFor();
  await page.getByRole('cell', { name: 'n/a, "none"' }).waitFor();
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Download all as CSV' }).click();
  assert.match((await download).suggestedFilename(), /\.csv$/);
  await assertNoViolations(page);
  await page.screenshot({ path: `${SHOTS}/load-rejects.png` });
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});

test('a type that does not fit says so in the preview', fakeOnly, async () => {
  const page = await openLoad();
  await choose(page, csv('words.csv', 'id,word\n1,one\n2,two\n'));
  await page.getByLabel('Type of word').selectOption('BIGINT');
  await page.getByRole('alert').waitFor();
  assert.match(await page.getByRole('alert').textContent(), /word is not a BIGINT/);
  await page.getByLabel('Type of word').selectOption('STRING');
  await page.getByRole('alert').waitFor({ state: 'hidden' });
  await page.context().close();
});

test('a table that exists is not made again; its rows can be appended to', async () => {
  const page = await openLoad();
  await choose(page, csv('orders.csv', 'order_id\n1\n'));
  await page.getByLabel('Namespace').fill('shop');
  await page.getByText('exists already with').waitFor();
  await page.getByText(/^The table exists already: append/).waitFor();
  await page.getByLabel('Append the rows to the table').check();
  await page.getByLabel('Add columns that the table does not have yet').waitFor();
  await page.getByText('into shop.orders').waitFor();
  await page.context().close();
});

test('an upload that breaks can be sent again', async () => {
  const page = await openLoad();
  await page.route('**/tarn/v1/uploads?*', (route) => route.abort(), { times: 1 });
  await choose(page, csv('torn.csv', 'a\n1\n'));
  await page.getByRole('alert').waitFor();
  await page.getByRole('button', { name: 'Send again' }).click();
  await page.getByLabel('Name of a', { exact: true }).waitFor();
  await page.context().close();
});

test('a session that ended is signed in again, and the load goes on', async () => {
  const page = await openLoad();
  await choose(page, csv('kept.csv', 'a,b\n1,2\n'));
  await table(page).fill(unique('kept'));
  await page.getByLabel('Name of b', { exact: true }).fill('second');
  await page.waitForLoadState('networkidle');
  await page.context().clearCookies();
  await load(page).click();
  const dialog = page.getByRole('dialog', { name: 'Your session has ended' });
  await dialog.waitFor();
  await dialog.getByLabel('Key', { exact: true }).last().fill(tarn.credentials.key);
  await page.keyboard.press('Enter');
  await page.getByText(/^Loaded into iceberg\./).waitFor();
  await page.context().close();
});

test('a session that ended before the upload is signed in again, and the upload goes on', async () => {
  const page = await openLoad();
  await page.context().clearCookies();
  await choose(page, csv('kept.csv', 'a,b\n1,2\n'));
  const dialog = page.getByRole('dialog', { name: 'Your session has ended' });
  await dialog.waitFor();
  await dialog.getByLabel('Key', { exact: true }).last().fill(tarn.credentials.key);
  await page.keyboard.press('Enter');
  await page.getByLabel('Name of b', { exact: true }).waitFor();
  await page.context().close();
});

test(
  'a load shows its progress, is found in the activity, and is cancelled',
  fakeOnly,
  async () => {
    const page = await openLoad();
    await choose(page, csv('slow.csv', 'a\n1\n'));
    await table(page).fill(unique('slow'));
    await load(page).click();
    await page.getByText('12,000 rows').waitFor();
    assert.equal(await page.getByRole('progressbar').getAttribute('aria-valuenow'), '40');
    await assertNoViolations(page);
    await page.screenshot({ path: `${SHOTS}/load-progress.png` });
    await page.getByRole('link', { name: 'Activity' }).last().click();
    const cancel = page.getByRole('button', { name: /^Cancel the load into iceberg\.\w+\.slow_/ });
    await cancel.waitFor();
    await page.goBack();
    await page.getByRole('button', { name: 'Cancel', exact: true }).click();
    await page.getByText('Cancelled; nothing was loaded').waitFor();
    assert.equal(await page.getByRole('alert').count(), 0);
    assert.deepEqual(page.complaints, []);
    await page.context().close();
  },
);

test('leaving in the middle of an upload asks first', fakeOnly, async () => {
  const page = await openLoad();
  await page.route('**/tarn/v1/uploads?*', () => {});
  await choose(page, csv('long.csv', 'a\n1\n'));
  await page.getByText('Uploading long.csv').waitFor();
  await assertNoViolations(page);
  await page.screenshot({ path: `${SHOTS}/load-upload.png` });
  const leave = async () => {
    await page.keyboard.press('Control+k');
    await page.getByLabel('Search tables, columns and saved statements').fill('sql');
    await page.keyboard.press('Enter');
  };
  await leave();
  const dialog = page.getByRole('dialog', { name: 'Leave in the middle of the upload?' });
  await dialog.waitFor();
  await dialog.getByRole('button', { name: 'Stay' }).click();
  await page.getByText('Uploading long.csv').waitFor();
  await leave();
  await dialog.getByRole('button', { name: 'Leave' }).click();
  await editor(page).waitFor();
  await page.context().close();
});

test('a reload of the page need not send the file again', async () => {
  const page = await openLoad();
  await choose(page, csv('kept.csv', 'a,b\n1,2\n'));
  await page.getByLabel('Name of b', { exact: true }).waitFor();
  await page.reload();
  await page.getByLabel('Name of b', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Choose other files' }).click();
  await page.getByRole('button', { name: 'Choose files' }).waitFor();
  await page.reload();
  await page.getByRole('button', { name: 'Choose files' }).waitFor();
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});

test('several files become one table', async () => {
  const page = await openLoad();
  await choose(page, csv('one.csv', 'a,b\n1,2\n'), csv('two.csv', 'a,b\n3,4\n'));
  await page.getByRole('heading', { name: /^2 files/ }).waitFor();
  await page.getByLabel('Name of a', { exact: true }).waitFor();
  await page.context().close();
});

test('loading works at 360 pixels, with the keyboard alone', async () => {
  const page = await openLoad({ viewport: { width: 360, height: 720 } });
  assert.equal(await overflow(page), 0);
  await page.screenshot({ path: `${SHOTS}/load-narrow.png` });
  await choose(page, csv('narrow.csv', PEOPLE));
  await page.getByLabel('Name of joined').waitFor();
  await table(page).focus();
  await page.keyboard.press('Control+a');
  await page.keyboard.type(unique('narrow'));
  assert.equal(await overflow(page), 0);
  await assertNoViolations(page);
  await page.screenshot({ path: `${SHOTS}/load-shape-narrow.png`, fullPage: true });
  await load(page).focus();
  await page.keyboard.press('Enter');
  await page.getByText(/^Loaded into iceberg\./).waitFor();
  assert.equal(await overflow(page), 0);
  await page.screenshot({ path: `${SHOTS}/load-done-narrow.png` });
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});
