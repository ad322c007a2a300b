// Opens the console in Chromium with an empty cache, signed in, and prints how long it takes until the editor takes a key:
// node scripts/first-page.mjs (after npm run build; TARN_URL and TARN_CREDENTIALS for a real server)
import { openConsole, signIn } from '../browser-tests/console.mjs';

const VISITS = 11;
const EDITOR = '[role=textbox][aria-label="SQL statement"]';

/** From the beginning of the navigation, by the page's own clock; with what came over the network. */
async function visit(page) {
  await page.goto('/');
  const ready = await page.waitForFunction(
    (editor) => document.querySelector(editor) !== null && performance.now(),
    EDITOR,
    { polling: 'raf' },
  );
  const milliseconds = await ready.jsonValue();
  const bytes = await page.evaluate(() =>
    ['navigation', 'resource']
      .flatMap((type) => performance.getEntriesByType(type))
      .reduce((sum, { transferSize }) => sum + transferSize, 0),
  );
  return { milliseconds, bytes };
}

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

const tarn = await openConsole();
try {
  const first = await tarn.page();
  await signIn(first, tarn.credentials);
  const storageState = await first.context().storageState();
  await first.context().close();
  const fresh = [];
  const again = [];
  for (let round = 0; round < VISITS; round++) {
    // A context has a cache of its own, so the first visit of each finds it empty.
    const page = await tarn.page({ storageState });
    fresh.push(await visit(page));
    again.push(await visit(page));
    await page.context().close();
  }
  const worst = Math.max(...fresh.map(({ milliseconds }) => milliseconds));
  console.log(`the slowest of ${VISITS} first visits took ${worst.toFixed(0)} ms`);
  const times = (visits) => median(visits.map(({ milliseconds }) => milliseconds)).toFixed(0);
  console.log(`RESULT console_first_page_ms ${times(fresh)} ms`);
  console.log(`RESULT console_second_page_ms ${times(again)} ms`);
  console.log(
    `RESULT console_first_page_kb ${(median(fresh.map(({ bytes }) => bytes)) / 1000).toFixed(0)} kB`,
  );
} finally {
  await tarn.close();
}
