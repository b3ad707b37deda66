import { fileURLToPath } from 'node:url';
import { choose, expect, flawed, open, report, test } from './support.ts';

const FILE = new URL('../../dist/kommo-preflight.html', import.meta.url).href;

test('the single file checks a package from the disk, with no server and no request', async ({ page, requests }) => {
  await page.goto(FILE);
  await choose(page, 'flawed.zip', flawed());
  await report(page, 'flawed.zip');
  await expect(page.locator('checklist-item')).toHaveCount(60);
  await (await open(page, 'debug-leftovers')).locator('.place').first().click();
  await expect(page.locator('.cm-content .current').first()).toContainText('debugger');
  await page.locator('file-tree').getByRole('button', { name: /logo_main\.png/ }).click();
  await expect(page.locator('image-zoom img')).toBeVisible();
  await page.getByRole('button', { name: 'Another widget' }).click();
  await page.getByRole('button', { name: 'Try a sample' }).click();
  await report(page, 'sample-widget.zip');
  expect(requests.all.map((request) => request.url()).filter((url) => !url.startsWith('data:'))).toEqual([fileURLToPath(FILE)].map((path) => `file://${path}`));
});

test('its policy knows its script and its style by their hashes', { tag: '@refuses' }, async ({ page }) => {
  await page.goto(FILE);
  const policy = await page.locator('meta[http-equiv=Content-Security-Policy]').getAttribute('content');
  expect(policy).toMatch(/script-src 'sha256-[^']+' 'wasm-unsafe-eval'; style-src 'sha256-[^']+';/);
  expect(policy).not.toMatch(/unsafe-inline|'unsafe-eval'|https?:|'self'/);
  await page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'window.taken = 1';
    document.body.append(script);
  });
  expect(await page.evaluate(() => 'taken' in window)).toBe(false);
});

test('its report is that of the hosted page', async ({ page, browser, baseURL }) => {
  const buffer = flawed();
  const download = async (on: typeof page): Promise<string> => {
    await choose(on, 'same.zip', buffer);
    await report(on, 'same.zip');
    await on.getByRole('button', { name: 'Export' }).click();
    const [file] = await Promise.all([on.waitForEvent('download'), on.getByRole('menuitem', { name: 'JSON' }).click()]);
    let text = '';
    for await (const part of await file.createReadStream()) text += String(part);
    return text;
  };
  await page.goto(FILE);
  const hosted = await browser.newPage();
  await hosted.goto(baseURL ?? '');
  const [inFile, onHost] = [await download(page), await download(hosted)];
  expect(inFile === onHost, 'the two reports are the same, byte for byte').toBe(true);
  await hosted.close();
});
