/** What a person judges by: images, the places where Kommo shows them, and evidence laid out for deciding. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { choose, expect, FOLDER, open, openPage, report, scriptWith, test, widget } from './support.ts';

const FLAWED = fileURLToPath(new URL('../../tests/fixtures/flawed', import.meta.url));

test('an image is seen pixel by pixel, larger, on either ground, and with the size that it should have', async ({ page }) => {
  await openPage(page);
  await page.locator('#folder').setInputFiles(FLAWED);
  await report(page, 'flawed');
  await page.locator('file-tree').getByRole('button', { name: /tour_1\.png/ }).click();
  const zoom = page.locator('image-zoom');
  const image = zoom.getByRole('img');
  await expect(image).toBeVisible();
  const natural = await image.evaluate((one: HTMLImageElement) => ({ width: one.naturalWidth, height: one.naturalHeight }));
  expect(await image.boundingBox()).toMatchObject(natural);
  await expect(zoom.locator('.facts')).toContainText(`${natural.width} × ${natural.height}`);
  await expect(zoom.locator('.facts')).toContainText('needs 1188 × 616');
  expect(await zoom.locator('.wanted').boundingBox()).toMatchObject({ width: 1_188, height: 616 });
  await zoom.getByRole('button', { name: '4×' }).click();
  await expect.poll(() => image.boundingBox()).toMatchObject({ width: 4 * natural.width, height: 4 * natural.height });
  expect(await zoom.locator('.wanted').boundingBox()).toMatchObject({ width: 4_752, height: 2_464 });
  for (const [ground, colour] of [['Light', 'rgb(255, 255, 255)'], ['Dark', 'rgb(21, 48, 67)']] as const) {
    await zoom.getByRole('button', { name: ground }).click();
    await expect(zoom.locator('.ground')).toHaveCSS('background-color', colour);
  }
});

test('how Kommo shows it, in every language, with the package\'s own texts and images', async ({ page }) => {
  await openPage(page);
  await page.locator('#folder').setInputFiles(FOLDER);
  await report(page, 'clean');
  await page.getByRole('button', { name: 'How Kommo shows it' }).click();
  const looks = page.locator('kommo-looks');
  for (const [language, locale] of [['English', 'en'], ['Spanish', 'es'], ['Portuguese', 'pt']] as const) {
    const { widget, settings } = JSON.parse(readFileSync(join(FOLDER, `i18n/${locale}.json`), 'utf8')) as { widget: Record<string, string>; settings: Record<string, string> };
    await looks.getByRole('button', { name: language }).click();
    await expect(looks.locator('.card')).toContainText(widget['name'] ?? '?');
    await expect(looks.locator('.card')).toContainText(widget['short_description'] ?? '?');
    await expect(looks.locator('.tile')).toContainText(widget['name'] ?? '?');
    await expect(looks.locator('.window')).toContainText((widget['description'] ?? '?').replace(/<[^>]*>/g, '').slice(0, 40));
    await expect(looks.locator('.window dt')).toHaveText([settings['team'] ?? '?']);
    await expect(looks.locator('.mock.card')).toHaveAttribute('lang', locale);
    await expect(looks.locator('.slides img')).toHaveCount(2);
    for (const [at, slide] of [`images/tour_1_${locale}.png`, `images/tour_2_${locale}.png`].entries()) {
      await expect(looks.locator('.slides img').nth(at)).toHaveAttribute('alt', slide);
    }
  }
  expect(await looks.locator('.card img').boundingBox()).toMatchObject({ width: 400, height: 272 });
  expect(await looks.locator('.tile img').boundingBox()).toMatchObject({ width: 240, height: 84 });
  expect(await looks.locator('.window img').boundingBox()).toMatchObject({ width: 130, height: 100 });
});

test('links stand under their language, hosts and prices each under a heading of their own', async ({ page }) => {
  await openPage(page);
  await page.locator('#folder').setInputFiles(FOLDER);
  await report(page, 'clean');
  const links = (await open(page, 'link-language')).locator('item-evidence');
  await expect(links.getByRole('heading', { name: 'Links' })).toBeVisible();
  const row = links.locator('table.side tbody').filter({ hasText: 'widget.description' });
  await expect(row.locator('td')).toHaveText([/\/en\/privacy/, /\/es\/privacidad/, /\/pt\/privacidade/]);
  await expect(links.getByText('all languages')).toBeVisible();
  await expect(links.getByText('https://auroranotes.com/support')).toBeVisible();
  const hosts = (await open(page, 'data-minimal')).locator('item-evidence');
  await expect(hosts.getByRole('heading', { name: 'Hosts that the code talks to' })).toBeVisible();
  await expect(hosts.getByText('api.auroranotes.com')).toBeVisible();
  const prices = (await open(page, 'description-price')).locator('item-evidence');
  await expect(prices.getByRole('heading', { name: 'Prices' })).toBeVisible();
});

test('requests say whether they have an error path', async ({ page }) => {
  await openPage(page);
  const request = "define(['jquery'], function ($) { $.get('https://api.auroranotes.com/none').done(function () {}); });";
  await choose(page, 'requests.zip', widget({ 'script.js': scriptWith('').replace("define(['jquery']", "define(['jquery', './lib/none.js']"), 'lib/none.js': request }));
  await report(page, 'requests.zip');
  const requests = (await open(page, 'error-messages')).locator('item-evidence');
  await expect(requests.locator('tr').filter({ hasText: '/none' })).toContainText('lib/none.js');
  await expect(requests).toContainText('no error path');
  await expect(requests).toContainText('failure handler');
});
