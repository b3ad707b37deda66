import { choose, expect, flawed, open, openPage, report, scriptWith, test, widget } from './support.ts';

test('a place opens its file at the marked range, and the file\'s findings can be walked', async ({ page }) => {
  await openPage(page);
  await choose(page, 'flawed.zip', flawed());
  await report(page, 'flawed.zip');
  await (await open(page, 'debug-leftovers')).locator('.place').first().click();
  const source = page.locator('source-panel');
  await expect(source.getByRole('heading')).toContainText('script.js');
  await expect(source.locator('.cm-content .current').first()).toContainText('debugger');
  await expect(source.locator('.gutter-mark').first()).toBeVisible();
  const before = await page.evaluate(() => location.hash);
  await source.getByRole('button', { name: 'Next finding in this file' }).click();
  await expect.poll(() => page.evaluate(() => location.hash)).not.toBe(before);
  await source.getByRole('button', { name: 'Find', exact: true }).click();
  await expect(source.locator('.cm-search')).toBeVisible();
});

test('files open from the tree, images too', async ({ page }) => {
  await openPage(page);
  await choose(page, 'flawed.zip', flawed());
  await report(page, 'flawed.zip');
  await page.locator('file-tree').getByRole('button', { name: /style\.css/ }).click();
  await expect(page.locator('.cm-content')).toContainText('input');
  await page.locator('file-tree').getByRole('button', { name: /logo_main\.png/ }).click();
  await expect(page.locator('image-zoom img')).toBeVisible();
  await expect(page.locator('image-zoom .facts')).toContainText('400 × 272');
});

test('a bundle of one line and a megabyte opens without freezing', async ({ page }) => {
  const line = `define([], function () { var a = [${'"some text that goes on", '.repeat(42_000)}0]; debugger; });`;
  expect(line.length).toBeGreaterThan(1_000_000);
  await openPage(page);
  await choose(page, 'bundle.zip', widget({ 'script.js': line }));
  await report(page, 'bundle.zip');
  const before = Date.now();
  await page.locator('file-tree').getByRole('button', { name: /script\.js/ }).click();
  await expect(page.locator('.cm-content')).toContainText('some text');
  // The page answers while the file is open.
  await page.evaluate(() => new Promise((done) => { requestAnimationFrame(() => { done(null); }); }));
  expect(Date.now() - before).toBeLessThan(3_000);
});

test('invisible characters can be seen', async ({ page }) => {
  await openPage(page);
  await choose(page, 'hidden.zip', widget({ 'script.js': scriptWith('var hidden = "\u202eevil\u200b";\r\ndebugger;') }));
  await report(page, 'hidden.zip');
  await page.locator('file-tree').getByRole('button', { name: /script\.js/ }).click();
  await page.locator('source-panel').getByRole('button', { name: 'Find', exact: true }).click();
  await page.locator('.cm-search input[name=search]').fill('evil');
  await page.keyboard.press('Enter');
  await expect(page.locator('.special').filter({ hasText: 'RLO' })).toBeVisible();
  await expect(page.locator('.special').filter({ hasText: 'ZWSP' })).toBeVisible();
  await expect(page.locator('.special').filter({ hasText: 'CR' })).toBeVisible();
});

test('on a phone the source is a sheet, and closing it returns to the same place', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await openPage(page);
  await choose(page, 'flawed.zip', flawed());
  await report(page, 'flawed.zip');
  const leftovers = await open(page, 'debug-leftovers');
  await leftovers.locator('.place').first().scrollIntoViewIfNeeded();
  const before = await page.evaluate(() => window.scrollY);
  await leftovers.locator('.place').first().click();
  const sheet = page.getByRole('dialog', { name: 'Source' });
  await expect(sheet.locator('.cm-content')).toBeVisible();
  await sheet.getByRole('button', { name: 'Close' }).click();
  await expect(sheet).toBeHidden();
  expect(Math.abs(await page.evaluate(() => window.scrollY) - before)).toBeLessThan(5);
});

test('n and p walk on in the sheet, and no other key reaches what lies under it', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await openPage(page);
  await choose(page, 'flawed.zip', flawed());
  await report(page, 'flawed.zip');
  await (await open(page, 'debug-leftovers')).locator('.place').first().click();
  const sheet = page.getByRole('dialog', { name: 'Source' });
  await expect(sheet.locator('.cm-content')).toBeVisible();
  await page.keyboard.press('n');
  await expect(page).toHaveURL(/finding=1/);
  await expect(sheet.locator('.cm-content .current').first()).toContainText('alert');
  await page.keyboard.press('m');
  await page.keyboard.press('e');
  await page.keyboard.press('p');
  await expect(page).toHaveURL(/finding=0/);
  await expect(page).not.toHaveURL(/mine/);
  await page.keyboard.press('Escape');
  await expect(sheet).toBeHidden();
  await expect(page.getByRole('menuitem')).toHaveCount(0);
});

test('a hundred thousand findings stay fast', async ({ page }) => {
  test.setTimeout(120_000);
  const files: Record<string, string> = {};
  const names = Array.from({ length: 100 }, (_, at) => `part${at}`);
  for (const name of names) files[`lib/${name}.js`] = `define([], function () {\n${'  debugger;\n'.repeat(1_000)}});\n`;
  files['script.js'] = `define([${names.map((name) => `'./lib/${name}.js'`).join(', ')}], function () { return function () {}; });\n`;
  await openPage(page);
  await choose(page, 'many.zip', widget(files));
  await expect(page.locator('report-summary .package')).toContainText('many.zip', { timeout: 60_000 });
  const leftovers = await open(page, 'debug-leftovers');
  await expect(leftovers.locator('finding-row').first()).toBeVisible();
  expect(await leftovers.locator('finding-row').count()).toBeLessThan(100);
  const before = Date.now();
  await page.evaluate(() => { window.scrollTo(0, document.documentElement.scrollHeight / 2); });
  await expect(leftovers.locator('finding-row:visible').first()).toBeVisible();
  expect(Date.now() - before).toBeLessThan(3_000);
});

test('every finding of a file has its mark in the gutter, which leads to it', async ({ page }) => {
  await openPage(page);
  await choose(page, 'marks.zip', widget({ 'script.js': scriptWith('debugger;\nalert("here");\nconsole.log("there");') }));
  await report(page, 'marks.zip');
  await (await open(page, 'debug-leftovers')).locator('.place').first().click();
  const source = page.locator('source-panel');
  await expect(source.locator('.gutter-mark.certain').first()).toBeVisible();
  await expect(source.locator('.gutter-mark')).toHaveCount(3);
  const before = await page.evaluate(() => location.hash);
  await source.locator('.gutter-mark').last().click();
  await expect.poll(() => page.evaluate(() => location.hash)).not.toBe(before);
  await expect(source.locator('.cm-content .current').first()).toContainText('console.log');
});

test('n and p walk on while the source has the focus', async ({ page }) => {
  await openPage(page);
  await choose(page, 'flawed.zip', flawed());
  await report(page, 'flawed.zip');
  await (await open(page, 'debug-leftovers')).locator('.place').first().click();
  await page.locator('.cm-content').focus();
  await page.keyboard.press('n');
  await expect(page).toHaveURL(/finding=1/);
  await page.keyboard.press('p');
  await expect(page).toHaveURL(/finding=0/);
});

test('lines wrap on request, and a search finds', async ({ page }) => {
  await openPage(page);
  await choose(page, 'long.zip', widget({ 'script.js': scriptWith(`var text = '${'long '.repeat(500)}needle';\ndebugger;`) }));
  await report(page, 'long.zip');
  await page.locator('file-tree').getByRole('button', { name: /script\.js/ }).click();
  const source = page.locator('source-panel');
  const wrap = source.getByRole('button', { name: 'Wrap' });
  await wrap.click();
  await expect(wrap).toHaveAttribute('aria-pressed', 'true');
  await expect(source.locator('.cm-content')).toHaveClass(/cm-lineWrapping/);
  expect(await source.locator('.cm-scroller').evaluate((one) => one.scrollWidth <= one.clientWidth)).toBe(true);
  await source.getByRole('button', { name: 'Find', exact: true }).click();
  await source.locator('.cm-search input[name=search]').fill('needle');
  await page.keyboard.press('Enter');
  await expect(source.locator('.cm-searchMatch').first()).toHaveText('needle');
});

for (const [path, text] of [
  ['script.js', ''],
  ['style.css', ''],
  ['i18n/en.json', ''],
  ['templates/panel.twig', '{% if texts %}<p class="aurora-notes__one">{{ texts.title }}</p>{% endif %}'],
] as const) {
  test(`${path} is coloured by its syntax`, async ({ page }) => {
    await openPage(page);
    await choose(page, 'colours.zip', text === '' ? widget() : widget({ [path]: text }));
    await report(page, 'colours.zip');
    await page.locator('file-tree').getByRole('button', { name: path.split('/').at(-1) ?? path }).click();
    await expect(page.locator('.cm-content')).toBeVisible();
    const colours = await page.locator('.cm-line span').evaluateAll((spans) => [...new Set(spans.map((span) => getComputedStyle(span).color))]);
    expect(colours.length).toBeGreaterThan(1);
  });
}
