// The console with a statement's chart, as a PNG: node scripts/picture.mjs FILE, with TARN_URL and TARN_CREDENTIALS.
import { grid, openConsole, run, signIn, tree } from '../browser-tests/console.mjs';

const STATEMENT = `select date_trunc('month', o.ordered_at) as month, sum(i.quantity * i.unit_price) as revenue
from shop.orders o
join shop.order_items i on i.order_id = o.order_id
where o.status <> 'returned'
group by 1
order by 1`;

const [file] = process.argv.slice(2);
const tarn = await openConsole();
try {
  const page = await tarn.page({ viewport: { width: 1280, height: 760 }, colorScheme: 'light' });
  await signIn(page, tarn.credentials);
  await tree(page)
    .getByRole('treeitem', { name: /^orders, table/ })
    .waitFor();
  await run(page, STATEMENT);
  await grid(page).getByRole('gridcell').first().waitFor();
  await page.getByRole('button', { name: 'Chart', exact: true }).click();
  await page.locator('[role="img"] svg, [role="img"] canvas').first().waitFor();
  // It grows into its place.
  await page.waitForTimeout(1_200);
  await page.screenshot({ path: file });
} finally {
  await tarn.close();
}
