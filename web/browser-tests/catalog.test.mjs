import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { editor, grid, openConsole, SHOTS, signIn, tree } from './console.mjs';

let tarn;
let page;
before(async () => {
  tarn = await openConsole();
  page = await tarn.page();
  await signIn(page, tarn.credentials);
});
after(() => tarn.close());

const item = (name) => tree(page).getByRole('treeitem', { name });

test('the tree shows tables with their rows and columns with their types', async () => {
  await page.getByLabel('Filter tables').fill('orders');
  await item(/^orders, table, 300,000 rows$/).click();
  await item(/^(order_)?id, column, BIGINT$/).waitFor();
  await page.screenshot({ path: `${SHOTS}/tree.png` });
  await item(/^orders, table/).click();
  await item(/^(order_)?id, column/).waitFor({ state: 'hidden' });
});

test('the tree is walked with the arrow keys, and Enter queries a table', async () => {
  await tree(page).focus();
  await page.keyboard.press('Home');
  for (let step = 0; step < 20; step++) {
    const active = await tree(page).getAttribute('aria-activedescendant');
    const label = await page.locator(`[id="${active}"]`).getAttribute('aria-label');
    if (label.startsWith('orders, table')) {
      break;
    }
    await page.keyboard.press('ArrowDown');
  }
  await page.keyboard.press('ArrowRight');
  await item(/^(order_)?id, column/).waitFor();
  await page.keyboard.press('ArrowLeft');
  await item(/^(order_)?id, column/).waitFor({ state: 'hidden' });
  await page.keyboard.press('Enter');
  await page.getByText('100 rows').waitFor();
  await grid(page).getByRole('columnheader').nth(1).waitFor();
  await editor(page).getByText('select * from shop.orders limit 100').waitFor();
  await page.screenshot({ path: `${SHOTS}/orders.png` });
});

test('the button of a table queries it beside what was typed', async () => {
  await page.getByLabel('Filter tables').fill('products');
  await item(/^products, table/).hover();
  await page.getByRole('button', { name: 'Query shop.products' }).click();
  await editor(page).getByText('select * from shop.products limit 100').waitFor();
  await page.getByText('100 rows').waitFor();
  assert.deepEqual(page.complaints, []);
});

test('hundreds of tables are in the tree and few of them in the page', {
  skip: process.env.TARN_URL !== undefined && 'the sample has four tables',
}, async () => {
  await page.getByLabel('Filter tables').fill('');
  await tree(page).focus();
  await page.keyboard.press('Home');
  await item(/^archive, namespace, 420 tables/).waitFor();
  await page.keyboard.press('ArrowRight');
  await item(/^events_000/).waitFor();
  assert.equal(await item(/^events_000/).getAttribute('aria-setsize'), '420');
  await page.keyboard.press('End');
  await item(/^products, table/).waitFor();
  assert.ok((await tree(page).getByRole('treeitem').count()) < 80);
});
