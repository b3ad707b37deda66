/** What the tests share: widgets made from the clean fixture, ways to hand them over, and a witness of every request. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test as base, type Locator, type Page, type Request } from '@playwright/test';
import { strToU8, zipSync } from 'fflate';

const CLEAN = fileURLToPath(new URL('../../tests/fixtures/clean', import.meta.url));

export type Files = Record<string, string | Uint8Array>;

/** The clean widget with other or further files. */
export function widget(changes: Files = {}): Buffer {
  const files: Record<string, Uint8Array> = {};
  for (const entry of readdirSync(CLEAN, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile()) files[relative(CLEAN, path).split(sep).join('/')] = readFileSync(path);
  }
  for (const [path, content] of Object.entries(changes)) files[path] = typeof content === 'string' ? strToU8(content) : content;
  return Buffer.from(zipSync(files));
}

/** A script of the clean widget with these lines at its end. */
export function scriptWith(lines: string): string {
  return `${readFileSync(join(CLEAN, 'script.js'), 'utf8')}\n${lines}\n`;
}

/** A widget with one thing wrong in its script, one in its style and one in its encoding. */
export function flawed(): Buffer {
  return widget({
    'script.js': scriptWith('window.setTimeout(function () {\n  debugger;\n  alert("here");\n}, 10);'),
    'style.css': `${readFileSync(join(CLEAN, 'style.css'), 'utf8')}\ninput { color: red; }\n`,
    'i18n/es.json': Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), readFileSync(join(CLEAN, 'i18n/es.json'))]),
  });
}

export const FOLDER = CLEAN;

interface Witness {
  /** Every request since the page was opened. */
  all: Request[];
  /** Forgets what was asked for so far. */
  restart(): void;
}

export const test = base.extend<{ requests: Witness }>({
  requests: [async ({ context, baseURL }, use, testInfo) => {
    const witness: Witness = { all: [], restart() { this.all = []; } };
    context.on('request', (request) => {
      // A blob is memory of the page itself.
      if (!request.url().startsWith('blob:')) witness.all.push(request);
    });
    const elsewhere: string[] = [];
    context.on('request', (request) => {
      const url = new URL(request.url());
      if (url.protocol.startsWith('http') && url.origin !== new URL(baseURL ?? '').origin) elsewhere.push(request.url());
    });
    const refused: string[] = [];
    context.on('console', (message) => { if (message.text().includes('Content Security Policy')) refused.push(message.text()); });
    await use(witness);
    if (!testInfo.tags.includes('@refuses')) expect(refused, 'what the policy refused').toEqual([]);
    expect(elsewhere, 'requests to another origin').toEqual([]);
  }, { auto: true }],
});

export { expect };

/** Opens the page and waits until the engine, the sample and the viewer are there. */
export async function openPage(page: Page, address = './'): Promise<void> {
  await page.goto(address);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.waitForLoadState('networkidle');
  // The first visit ends when everything is in the cache.
  await page.evaluate(async () => { await navigator.serviceWorker.ready; });
}

/** Gives a file by the file picker. */
export async function choose(page: Page, name: string, buffer: Buffer): Promise<void> {
  await page.locator('#archive').setInputFiles({ name, mimeType: 'application/zip', buffer });
}

/** Drops files anywhere on the page. */
export async function drop(page: Page, files: { name: string; buffer: Buffer }[]): Promise<void> {
  const payload = files.map(({ name, buffer }) => ({ name, data: buffer.toString('base64') }));
  await page.evaluate((given) => {
    const data = new DataTransfer();
    for (const { name, data: text } of given) {
      data.items.add(new File([Uint8Array.from(atob(text), (char) => char.charCodeAt(0))], name));
    }
    const target = document.querySelector('preflight-app') ?? document.body;
    for (const type of ['dragover', 'drop']) {
      target.dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, composed: true, cancelable: true }));
    }
  }, payload);
}

/** Waits for the report of this package. */
export async function report(page: Page, name: string): Promise<void> {
  await expect(page.locator('report-summary .package')).toContainText(name);
}

/** An item of the checklist, by its id. */
export function item(page: Page, id: string): Locator {
  return page.locator(`checklist-item[id="${id}"]`);
}

/** Opens an item unless it is open. */
export async function open(page: Page, id: string): Promise<Locator> {
  const header = item(page, id).locator('.row');
  if (await header.getAttribute('aria-expanded') === 'false') await header.click();
  return item(page, id);
}

/** Opens every item. */
export async function openAll(page: Page): Promise<void> {
  await page.locator('checklist-item').evaluateAll((items) => {
    for (const one of items) one.shadowRoot?.querySelector<HTMLElement>('.row[aria-expanded=false]')?.click();
  });
  await expect(page.locator('checklist-item .row[aria-expanded=true]')).toHaveCount(60);
}
