import { after, before, test } from 'node:test';
import { assertNoViolations, editor, grid, openConsole, SHOTS, signIn, write } from './console.mjs';

const LONG =
  'select count(*) from iceberg.shop.order_items a, iceberg.shop.order_items b where (a.order_id * b.product_id) % 7919 = 4242';

let tarn;
let page;
before(async () => {
  tarn = await openConsole();
  page = await tarn.page();
  await signIn(page, tarn.credentials);
});
after(() => tarn.close());

const button = (name) => page.getByRole('button', { name, exact: true });
const item = (name) => page.getByRole('menuitem', { name, exact: true });

async function inBackground(statement) {
  await write(page, statement);
  await button('More ▾').click();
  await item('Run in background').click();
  await page.getByText(/It runs in the background/).waitFor();
}

test('a statement runs in the background, and its result is opened later', async (context) => {
  if (!(await tarn.serves('post', '/tarn/v1/submitted-statements'))) {
    return context.skip('this server runs nothing in the background yet');
  }
  await inBackground('select 1');
  await page.reload();
  await editor(page).waitFor();
  await button('Background').click();
  const list = page.getByRole('list', { name: 'In the background' });
  const open = list.getByRole('button', { name: 'Open the result of select 1' }).first();
  await open.waitFor();
  await assertNoViolations(page);
  await open.click();
  await grid(page).waitFor();
  await page.getByRole('status').getByText('1 row').waitFor();

  await inBackground(LONG);
  await list.getByRole('progressbar').waitFor();
  await page.screenshot({ path: `${SHOTS}/background.png` });
  await list.getByRole('button', { name: /^Cancel select count/ }).click();
  await list
    .getByText(/cancelled/)
    .first()
    .waitFor();
});

test('a saved statement is scheduled, run by hand, paused and its schedule deleted', async (context) => {
  if (!(await tarn.serves('post', '/tarn/v1/schedules'))) {
    return context.skip('this server has no schedules yet');
  }
  const name = `Each morning ${Date.now()}`;
  await write(page, 'select 1');
  await page.keyboard.press('Control+s');
  const dialog = page.getByRole('dialog', { name: 'Save the statement' });
  await dialog.getByLabel('Name').fill(name);
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.waitFor({ state: 'detached' });
  await button('Saved').click();
  await page.getByRole('button', { name: `Actions of ${name}` }).click();
  await item('Schedules…').click();

  const schedules = page.getByRole('dialog', { name: `Schedules of ${name}` });
  await schedules.getByLabel('Times').fill('soon');
  await schedules.getByRole('button', { name: 'Add a schedule' }).click();
  await schedules.getByText(/no times that ever come/).waitFor();
  await schedules.getByLabel('Times').fill('30 6 * * MON-FRI');
  await schedules.getByLabel('Time zone').fill('Europe/Berlin');
  await schedules.getByRole('button', { name: 'Add a schedule' }).click();
  const one = schedules.getByRole('region', { name: 'Schedule 30 6 * * MON-FRI Europe/Berlin' });
  await one.getByText('It has not run yet.').waitFor();
  await assertNoViolations(page);
  await one.getByRole('button', { name: 'Run now' }).click();
  await one.getByText(/completed, by hand/).waitFor();
  await page.screenshot({ path: `${SHOTS}/schedules.png` });
  await one.getByRole('button', { name: 'Pause' }).click();
  await one.getByText('paused').waitFor();
  await one.getByRole('button', { name: 'Resume' }).click();
  await one.getByRole('button', { name: 'Pause' }).waitFor();
  await one.getByRole('button', { name: 'Delete' }).click();
  await one.waitFor({ state: 'detached' });
  await page.keyboard.press('Escape');
});
