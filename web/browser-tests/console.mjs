// One Chromium and one console for a test file; every test gets a page of a fresh context.
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { chromium } from 'playwright-core';
import { startFakeServer, credentials as theFakes } from './fake-server.mjs';

export const SHOTS = process.env.TARN_SHOTS ?? join(tmpdir(), 'web-shots');
const DIST_PAGE = new URL('../dist/index.html', import.meta.url);
const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export async function openConsole() {
  mkdirSync(SHOTS, { recursive: true });
  if (process.env.TARN_URL === undefined && !existsSync(DIST_PAGE)) {
    throw new Error('There is no dist/: run npm run build first.');
  }
  const fake = process.env.TARN_URL === undefined ? await startFakeServer() : null;
  const url = fake?.url ?? process.env.TARN_URL.replace(/\/$/, '');
  const credentials =
    fake === null ? JSON.parse(readFileSync(process.env.TARN_CREDENTIALS, 'utf8')) : theFakes;
  const profile = mkdtempSync(join(tmpdir(), 'tarn-chromium-'));
  const browser = await chromium.launch({
    executablePath: CHROMIUM,
    args: [...FLAGS, `--disk-cache-dir=${profile}`],
  });
  return {
    credentials,
    url,
    page: (options) => newPage(browser, url, options),
    serves: (method, path) => fake !== null || serves(url, method, path),
    close: async () => {
      await browser.close();
      fake?.close();
      rmSync(profile, { recursive: true, force: true });
    },
  };
}

/** Whether the contract which that server shows has the operation as served. */
async function serves(url, method, path) {
  const response = await fetch(`${url}/openapi/tarn`, { headers: { Accept: 'application/json' } });
  const state = (await response.json()).paths[path]?.[method]?.['x-tarn-state'];
  return state === 'served' || state === 'partly';
}

/** A page with `complaints`: everything the console wrote as warning or error, or threw. */
async function newPage(browser, url, options = {}) {
  const context = await browser.newContext({
    baseURL: url,
    viewport: { width: 1280, height: 800 },
    ...options,
  });
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  page.complaints = [];
  page.on('pageerror', (error) => page.complaints.push(String(error)));
  page.on('console', (message) => {
    // The browser itself notes every answer of 400 and above; a wrong key or statement is no fault.
    const refused = message.location().url.includes('/tarn/v1/');
    if (['error', 'warning'].includes(message.type()) && !refused) {
      page.complaints.push(message.text());
    }
  });
  return page;
}

export async function signIn(page, { key }) {
  await page.goto('/');
  await page.getByLabel('Key', { exact: true }).last().fill(key);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await editor(page).waitFor();
}

export const editor = (page) => page.getByRole('textbox', { name: 'SQL statement' });
export const grid = (page) => page.getByRole('grid', { name: 'Result' });
export const tree = (page) => page.getByRole('tree', { name: 'Catalog' });

export async function write(page, statement) {
  await editor(page).click();
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText(statement);
}

export async function run(page, statement) {
  await write(page, statement);
  await page.keyboard.press('Control+Enter');
}

export async function assertNoViolations(page) {
  const { violations } = await new AxeBuilder({ page }).analyze();
  assert.deepEqual(
    violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`),
    [],
  );
}

const overflow = (page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** A page in light and dark and at 360 pixels: nothing for axe to find, nothing in the console, nothing cut off. */
export async function assertClean(name, open, there) {
  for (const colorScheme of ['light', 'dark']) {
    const page = await open({ colorScheme });
    await there(page).waitFor();
    await assertNoViolations(page);
    await page.screenshot({ path: `${SHOTS}/${name}-${colorScheme}.png` });
    assert.deepEqual(page.complaints, []);
    await page.context().close();
  }
  const page = await open({ viewport: { width: 360, height: 720 } });
  await there(page).waitFor();
  assert.equal(await overflow(page), 0);
  await assertNoViolations(page);
  await page.screenshot({ path: `${SHOTS}/${name}-narrow.png` });
  await page.context().close();
}
