// Scrolls a million rows in Chromium and prints how many frames a second it drew:
// node scripts/scroll.mjs (after npm run build; TARN_URL and TARN_CREDENTIALS for a real server)
import { grid, openConsole, run, signIn } from '../browser-tests/console.mjs';

const ROWS = 1_000_000;
const SECONDS = 5;
const PIXELS_A_FRAME = 400;

const tarn = await openConsole();
try {
  const page = await tarn.page();
  page.context().setDefaultTimeout(120_000);
  await signIn(page, tarn.credentials);
  await run(page, `select a.i as n from range(${ROWS}) a(i)`);
  await page.getByText('1,000,000 rows', { exact: true }).waitFor();
  const drawn = await grid(page).evaluate(
    (element, [seconds, pixels]) =>
      new Promise((resolve) => {
        const times = [];
        const start = performance.now();
        const step = (now) => {
          times.push(now);
          element.scrollTop += pixels;
          if (now - start < seconds * 1000) {
            requestAnimationFrame(step);
          } else {
            const gaps = times.slice(1).map((time, at) => time - times[at]);
            gaps.sort((a, b) => a - b);
            resolve({
              fps: ((times.length - 1) * 1000) / (times.at(-1) - times[0]),
              p95: gaps[Math.floor(gaps.length * 0.95)],
              row: element.querySelector('[role=gridcell]').textContent,
            });
          }
        };
        requestAnimationFrame(step);
      }),
    [SECONDS, PIXELS_A_FRAME],
  );
  console.log(`scrolled to row ${drawn.row}; 95 % of frames within ${drawn.p95.toFixed(1)} ms`);
  console.log(`RESULT console_grid_scroll_fps ${drawn.fps.toFixed(1)}`);
} finally {
  await tarn.close();
}
