import { createServer, type Server } from 'node:http';
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { expect as expectPlain, test as plain, type Page } from '@playwright/test';
import { choose, expect, flawed, open, openPage, report, test } from './support.ts';

const BUILT = fileURLToPath(new URL('../../dist/page/', import.meta.url));
const TYPES: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.wasm': 'application/wasm' };

/** The headers that `_headers` asks a host to send, by the pattern of their paths. */
const HEADERS = readFileSync(join(BUILT, '_headers'), 'utf8').split(/^(?=\/)/m).slice(1).map((block) => {
  const [pattern = '', ...lines] = block.trim().split(/\s*\n\s*/);
  return { start: pattern.replace(/\*$/, ''), headers: lines.map((line) => line.split(/:\s*(.*)/).slice(0, 2) as [string, string]) };
});

function headersFor(path: string): Record<string, string> {
  return Object.fromEntries(HEADERS.filter(({ start }) => path.startsWith(start)).flatMap(({ headers }) => headers));
}

async function settled(page: Page): Promise<void> {
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
}

test('after one visit the page checks a package without a network', async ({ page, context }) => {
  await openPage(page);
  await settled(page);
  await context.setOffline(true);
  await page.reload();
  await choose(page, 'offline.zip', flawed());
  await report(page, 'offline.zip');
  await (await open(page, 'debug-leftovers')).locator('.place').first().click();
  await expect(page.locator('.cm-content')).toBeVisible();
  await page.getByRole('combobox').selectOption('es');
  await expect(page.locator('html')).toHaveAttribute('lang', 'es');
});

test('every rule has a page, linked from its findings, that needs no network', async ({ page, context }) => {
  await openPage(page);
  await settled(page);
  await choose(page, 'flawed.zip', flawed());
  await report(page, 'flawed.zip');
  const link = (await open(page, 'debug-leftovers')).getByRole('link', { name: 'debug-leftover' }).first();
  await context.setOffline(true);
  const [opened] = await Promise.all([context.waitForEvent('page'), link.click()]);
  await expect(opened.getByRole('heading', { level: 1 })).toContainText('debug-leftover');
  await opened.getByRole('link', { name: 'All rules' }).click();
  const addresses = await opened.locator('main li a').evaluateAll((links) => links.map((one) => (one as HTMLAnchorElement).href));
  expect(addresses.length).toBeGreaterThan(60);
  const cached = await page.evaluate((all) => Promise.all(all.map(async (url) => await caches.match(url, { ignoreSearch: true }) !== undefined)), addresses);
  expect(cached).toEqual(addresses.map(() => true));
  await opened.close();
});

test('the engine and the sample are in the cache', async ({ page }) => {
  await openPage(page);
  await settled(page);
  const cached = await page.evaluate(async () => {
    const names = await caches.keys();
    const lists = await Promise.all(names.map(async (name) => (await (await caches.open(name)).keys()).map((request) => request.url)));
    return lists.flat();
  });
  expect(cached.some((url) => url.includes('.wasm'))).toBe(true);
  expect(cached.some((url) => url.includes('.zip'))).toBe(true);
});

test('the page can be installed and opens .zip files', async ({ page, baseURL }) => {
  await openPage(page);
  const address = await page.locator('link[rel=manifest]').getAttribute('href');
  const manifest = await (await page.request.get(new URL(address ?? '', baseURL).href)).json() as { icons: { src: string }[]; file_handlers: { accept: Record<string, string[]> }[] };
  expect(manifest.file_handlers[0]?.accept['application/zip']).toEqual(['.zip']);
  for (const icon of manifest.icons) expect((await page.request.get(new URL(icon.src, baseURL).href)).ok()).toBe(true);
});

test('the installed app checks the file that it was opened with', async ({ page }) => {
  await page.addInitScript((text) => {
    const file = new File([Uint8Array.from(atob(text), (char) => char.charCodeAt(0))], 'opened.zip');
    const setConsumer = (consumer: (launch: object) => void): void => { consumer({ files: [{ kind: 'file', getFile: () => Promise.resolve(file) }] }); };
    Object.defineProperty(window, 'launchQueue', { value: { setConsumer } });
  }, flawed().toString('base64'));
  await page.goto('./');
  await report(page, 'opened.zip');
});

test('what may be cached for ever carries a hash in its name', () => {
  const names = readdirSync(join(BUILT, 'assets'));
  expect(names.length).toBeGreaterThan(5);
  for (const name of names) expect(name).toMatch(/-[\w-]{8}\.\w+$/);
});

plain.describe('a new version', () => {
  let server: Server;
  let worker = '';
  let address = '';
  /** A host that replaced the old files by new ones has none of the old any more. */
  let replaced = false;

  plain.beforeAll(async () => {
    worker = readFileSync(join(BUILT, 'sw.js'), 'utf8');
    server = createServer((request, response) => {
      const path = new URL(request.url ?? '/', 'http://localhost').pathname;
      // A sub-path, as on a host for many projects, with the headers of a host that can send them.
      const file = join(BUILT, path === '/sub/path/' ? 'index.html' : path.replace('/sub/path/', ''));
      try {
        if (replaced && path.includes('/assets/')) throw new Error('gone');
        const body = file.endsWith('sw.js') ? worker : readFileSync(file);
        const headers = headersFor(path.replace('/sub/path/', '/'));
        response.writeHead(200, { ...headers, 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' }).end(body);
      } catch {
        response.writeHead(404).end();
      }
    });
    await new Promise<void>((done) => { server.listen(0, '127.0.0.1', done); });
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/sub/path/`;
  });

  plain.afterAll(() => { server.close(); });

  plain('is offered, and never forced while a report is open', async ({ page }) => {
    const refused: string[] = [];
    page.on('console', (message) => { if (message.text().includes('Content Security Policy')) refused.push(message.text()); });
    const answer = await page.goto(address);
    expectPlain(answer?.headers()['content-security-policy']).toContain("frame-ancestors 'none'");
    await settled(page);
    await page.reload();
    await choose(page, 'kept.zip', flawed());
    await report(page, 'kept.zip');
    worker = `${worker}\n// a newer version\n`;
    await page.evaluate(async () => { await (await navigator.serviceWorker.ready).update(); });
    await expectPlain(page.getByText('A new version is ready.')).toBeVisible();
    await report(page, 'kept.zip');
    replaced = true;
    await (await open(page, 'debug-leftovers')).locator('.place').first().click();
    await expectPlain(page.locator('.cm-content'), 'an old page goes on with its own files').toBeVisible();
    replaced = false;
    await Promise.all([page.waitForEvent('load'), page.getByRole('button', { name: 'Reload with it' }).click()]);
    await expectPlain(page.getByRole('button', { name: 'Choose widget.zip' })).toBeVisible();
    expectPlain(refused).toEqual([]);
  });

  plain('its headers say the page\'s own policy, and who may cache what', async () => {
    const own = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(readFileSync(join(BUILT, 'index.html'), 'utf8'))?.[1];
    expectPlain(headersFor('/')['Content-Security-Policy']).toBe(`${own ?? ''}; frame-ancestors 'none'`);
    expectPlain(headersFor('/assets/index-12345678.js')['Cache-Control']).toContain('immutable');
    expectPlain(headersFor('/sw.js')['Cache-Control']).toBe('no-cache');
  });
});
