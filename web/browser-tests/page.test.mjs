import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import {
  assertNoViolations,
  editor,
  grid,
  openConsole,
  run,
  SHOTS,
  signIn,
  tree,
} from './console.mjs';

const LIMIT_BYTES = 300_000;

let tarn;
before(async () => {
  tarn = await openConsole();
});
after(() => tarn.close());

for (const colorScheme of ['light', 'dark']) {
  test(`axe finds nothing in ${colorScheme} mode`, async () => {
    const page = await tarn.page({ colorScheme });
    await page.goto('/');
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    await assertNoViolations(page);
    await page.screenshot({ path: `${SHOTS}/sign-in-${colorScheme}.png` });
    await signIn(page, tarn.credentials);
    await tree(page)
      .getByRole('treeitem', { name: /namespace/ })
      .first()
      .waitFor();
    await assertNoViolations(page);
    await run(page, 'select * from shop.orders limit 500');
    await page.getByText('500 rows').waitFor();
    await grid(page).getByRole('gridcell').first().waitFor();
    await assertNoViolations(page);
    await page.screenshot({ path: `${SHOTS}/main-${colorScheme}.png` });
    await grid(page).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    await assertNoViolations(page);
    await page.keyboard.press('Escape');
    await run(page, 'select nope from shop.orders');
    await page.getByRole('alert').waitFor();
    await assertNoViolations(page);
    assert.deepEqual(page.complaints, []);
    await page.context().close();
  });
}

test('the colour scheme follows the system until the button is pressed', async () => {
  const page = await tarn.page({ colorScheme: 'dark' });
  await signIn(page, tarn.credentials);
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const dark = await background();
  await page.emulateMedia({ colorScheme: 'light' });
  await page.waitForFunction(
    (old) => getComputedStyle(document.body).backgroundColor !== old,
    dark,
  );
  await page.getByRole('button', { name: 'Dark mode' }).click();
  assert.equal(await background(), dark);
  await page.reload();
  await editor(page).waitFor();
  assert.equal(await background(), dark);
  await page.context().close();
});

test('at 360 pixels nothing is cut off and everything can be reached', async () => {
  const page = await tarn.page({ viewport: { width: 360, height: 720 } });
  await signIn(page, tarn.credentials);
  const overflow = () =>
    page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
  assert.equal(await overflow(), 0);
  await page.getByRole('button', { name: 'Catalog', exact: true }).click();
  await tree(page)
    .getByRole('treeitem', { name: /namespace/ })
    .first()
    .waitFor();
  await assertNoViolations(page);
  await page.screenshot({ path: `${SHOTS}/narrow-catalog.png` });
  await page.keyboard.press('Escape');
  await tree(page).waitFor({ state: 'hidden' });
  await run(page, 'select * from shop.orders limit 500');
  await grid(page).getByRole('gridcell').first().waitFor();
  assert.equal(await overflow(), 0);
  await assertNoViolations(page);
  await page.screenshot({ path: `${SHOTS}/narrow.png` });
  await page.context().close();
});

test('an unknown address leads to the editor', async () => {
  const page = await tarn.page();
  await signIn(page, tarn.credentials);
  await page.goto('/no/such/page');
  await editor(page).waitFor();
  assert.equal(new URL(page.url()).pathname, '/');
  await page.context().close();
});

test('what is fetched until the editor takes a key is at most 300 kB gzip', async () => {
  const page = await tarn.page();
  const sizes = [];
  page.on('response', (response) => {
    sizes.push(
      response.body().then(
        (body) => gzipSync(body).length,
        () => 0,
      ),
    );
  });
  await signIn(page, tarn.credentials);
  await page.keyboard.type('s');
  await editor(page).getByText('s', { exact: true }).waitFor();
  const total = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
  console.log(`fetched until the editor takes a key: ${total} bytes gzip`);
  assert.ok(sizes.length > 4 && total <= LIMIT_BYTES, `${total} bytes`);
  await page.context().close();
});
