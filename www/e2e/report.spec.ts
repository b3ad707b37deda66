import { choose, expect, flawed, item, open, openPage, report, scriptWith, test, widget } from './support.ts';

test.beforeEach(async ({ page }) => { await openPage(page); });

test('the sample gives a report of sixty items with something to repair', async ({ page }) => {
  await page.getByRole('button', { name: 'Try a sample' }).click();
  await report(page, 'sample-widget.zip');
  await expect(page.locator('checklist-item')).toHaveCount(60);
  await expect(page.getByRole('heading', { level: 1 })).toContainText(/^Not ready: \d+ items? fail/);
});

test('a finding shows its message, its help, its place and the source around it, marked', async ({ page }) => {
  await choose(page, 'flawed.zip', flawed());
  await report(page, 'flawed.zip');
  const leftovers = await open(page, 'debug-leftovers');
  const finding = leftovers.locator('finding-row').filter({ hasText: 'debugger' }).first();
  await expect(finding.locator('.place').first()).toHaveText(/^script\.js:\d+:3$/);
  await expect(finding.locator('mark')).toContainText('debugger');
  await expect(finding.locator('.help')).not.toBeEmpty();
  await expect(leftovers.getByText('How to repair it').first()).toBeVisible();
  await expect(leftovers.locator('.asks')).not.toBeEmpty();
});

test('the verdict is focused when the report arrives', async ({ page }) => {
  await choose(page, 'flawed.zip', flawed());
  await report(page, 'flawed.zip');
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
});

test('counts filter, and what is filtered away is said', async ({ page }) => {
  await choose(page, 'flawed.zip', flawed());
  await report(page, 'flawed.zip');
  const filters = page.getByRole('group', { name: 'Show only' });
  await filters.getByRole('button', { name: /fail/ }).click();
  const failing = Number.parseInt(await filters.getByRole('button', { name: /fail/ }).innerText(), 10);
  await expect(page.locator('checklist-item')).toHaveCount(failing);
  await expect(page).toHaveURL(/show=fail/);
  await page.goBack();
  await expect(page.locator('checklist-item')).toHaveCount(60);
  await page.getByRole('searchbox').fill('zzzzz');
  await expect(page.getByText('Nothing matches these filters.')).toBeVisible();
  await page.getByRole('button', { name: 'Show everything' }).click();
  await expect(page.locator('checklist-item')).toHaveCount(60);
});

test('only what needs me hides what passes and what was judged', async ({ page }) => {
  await choose(page, 'clean.zip', widget());
  await report(page, 'clean.zip');
  await page.getByRole('button', { name: 'Only what needs me' }).click();
  const before = await page.locator('checklist-item').count();
  expect(before).toBeLessThan(60);
  const first = page.locator('checklist-item').first();
  await first.getByRole('button').first().click();
  await first.getByRole('checkbox').click();
  await expect(page.locator('checklist-item')).toHaveCount(before - 1);
});

test('answers are remembered, and ready is said only when all are given', async ({ page }) => {
  await choose(page, 'clean.zip', widget());
  await report(page, 'clean.zip');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Nothing left to repair here');
  const manual = page.locator('checklist-item').filter({ has: page.locator('.tag.manual') });
  for (let left = await manual.count(); left > 0; left -= 1) {
    const one = manual.first();
    await one.getByRole('button').first().click();
    await one.getByRole('checkbox').check();
    await expect(manual).toHaveCount(left - 1);
  }
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Ready to submit');
  await expect(page.getByRole('heading', { level: 1 })).not.toContainText(/approved/i);
  await page.reload();
  await choose(page, 'clean.zip', widget());
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Ready to submit');
});

test('the report can be taken along as JSON', async ({ page }) => {
  await choose(page, 'flawed.zip', flawed());
  await report(page, 'flawed.zip');
  await page.getByRole('button', { name: 'Export' }).click();
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: 'JSON' }).click()]);
  expect(download.suggestedFilename()).toBe('flawed.zip.json');
  let text = '';
  for await (const part of await download.createReadStream()) text += String(part);
  const parsed = JSON.parse(text) as { schema_version: number; items: unknown[] };
  expect(parsed.schema_version).toBe(1);
  expect(parsed.items).toHaveLength(60);
});

for (const { label, extension, start } of [{ label: /^Markdown/, extension: 'md', start: '# flawed' }, { label: /^HTML/, extension: 'html', start: '<!DOCTYPE html>' }]) {
  test(`the report can be taken along as .${extension}`, async ({ page }) => {
    await choose(page, 'flawed.zip', flawed());
    await report(page, 'flawed.zip');
    await page.getByRole('button', { name: 'Export' }).click();
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: label }).click()]);
    expect(download.suggestedFilename()).toBe(`flawed.zip.${extension}`);
    let text = '';
    for await (const part of await download.createReadStream()) text += String(part);
    expect(text.startsWith(start)).toBe(true);
    expect(text).toContain('debugger');
  });
}

test('the page speaks Spanish and Portuguese', async ({ page }) => {
  await page.getByRole('combobox').selectOption('es');
  await expect(page.locator('html')).toHaveAttribute('lang', 'es');
  await expect(page.getByRole('button', { name: 'Probar con un ejemplo' })).toBeVisible();
  await page.getByRole('combobox').selectOption('pt');
  await expect(page.getByRole('button', { name: 'Testar um exemplo' })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('button', { name: 'Testar um exemplo' })).toBeVisible();
});

test('the report speaks the language of the page, and the export stays English', async ({ page }) => {
  await page.getByRole('combobox').selectOption('pt');
  await expect(page.getByRole('combobox')).toBeFocused();
  await choose(page, 'flawed.zip', flawed());
  await report(page, 'flawed.zip');
  const leftovers = await open(page, 'debug-leftovers');
  const finding = leftovers.locator('finding-row').filter({ hasText: 'debugger' }).first();
  await expect(finding.locator('.message')).toContainText('Uma instrução');
  await expect(finding.locator('.help')).toHaveText('Tire a instrução.');
  await expect(leftovers.locator('.how').first()).toContainText('Tire o que servia ao desenvolvimento antes de publicar.');
  await expect(leftovers.locator('.row')).toContainText('Sem restos de desenvolvimento');
  const setup = await open(page, 'easy-to-use');
  await expect(setup.locator('item-evidence')).toContainText('roda quando a configuração é salva');
  await page.getByRole('searchbox').fill('instrução');
  await expect(page.locator('checklist-item')).toHaveCount(1);
  await page.getByRole('searchbox').fill('');
  await page.getByRole('button', { name: 'Exportar' }).click();
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: 'JSON' }).click()]);
  let text = '';
  for await (const part of await download.createReadStream()) text += String(part);
  expect(text).toContain('Remove the statement.');
});

test('texts stand side by side under their key, and a language that lacks one is named', async ({ page }) => {
  const texts = { en: { panel: { title: 'Notes of this lead', only: 'Only here' } }, es: { panel: { title: 'Notas de este lead' } }, pt: { panel: { title: 'Notas deste lead' } } };
  await choose(page, 'texts.zip', widget(Object.fromEntries(Object.entries(texts).map(([locale, value]) => [`i18n/${locale}.json`, JSON.stringify(value)]))));
  await report(page, 'texts.zip');
  const rows = (await open(page, 'ui-copy')).locator('table.side tbody');
  await expect(rows.filter({ hasText: 'panel.title' }).locator('td')).toHaveText([/Notes of this lead/, /Notas de este lead/, /Notas deste lead/]);
  await expect(rows.filter({ hasText: 'panel.only' }).locator('td')).toHaveText([/Only here/, /no such text/, /no such text/]);
});

test('an item that is opened shows the source of its first finding, and an example its offending part', async ({ page }) => {
  await choose(page, 'flawed.zip', flawed());
  await report(page, 'flawed.zip');
  const leftovers = await open(page, 'debug-leftovers');
  await expect(page.locator('source-panel h2')).toContainText('script.js');
  await expect(page.locator('source-panel .about')).toContainText('debugger');
  await expect(leftovers.locator('.examples mark').first()).not.toBeEmpty();
  await page.evaluate(() => { window.scrollTo({ top: 0 }); });
  await page.locator('source-panel .about button').click();
  await expect(leftovers.locator('finding-row').first()).toBeInViewport();
});

test('what fails is named above the checklist, and leads to its finding', async ({ page }) => {
  await choose(page, 'flawed.zip', flawed());
  await report(page, 'flawed.zip');
  const urgent = page.getByRole('navigation', { name: 'Repair first' });
  const failing = await page.getByRole('group', { name: 'Show only' }).getByRole('button', { name: /fail/ }).innerText();
  await expect(urgent.getByRole('listitem')).toHaveCount(Math.min(5, Number.parseInt(failing, 10)));
  await urgent.getByRole('button', { name: 'No traces of development' }).click();
  await expect(page).toHaveURL(/item=debug-leftovers/);
  await expect(page.locator('checklist-item[id="debug-leftovers"] finding-row').first()).toBeInViewport();
  await page.getByRole('searchbox').fill('debugger');
  await expect(urgent).toBeHidden();
});

test('a link carries filters, search, item and the place in a file', async ({ page }) => {
  await openPage(page, './#item=debug-leftovers&finding=0&file=script.js&line=2&show=fail&q=debugger');
  await page.reload();
  await choose(page, 'flawed.zip', flawed());
  await report(page, 'flawed.zip');
  await expect(page.getByRole('group', { name: 'Show only' }).getByRole('button', { name: /fail/ })).toHaveAttribute('aria-pressed', 'true');
  await expect(page.getByRole('searchbox')).toHaveValue('debugger');
  await expect(page.locator('checklist-item')).toHaveCount(1);
  await expect(page.locator('checklist-item .row')).toHaveAttribute('aria-expanded', 'true');
  await expect(page.locator('source-panel h2')).toContainText('script.js');
  await expect(page.locator('.cm-content .current-line')).toBeVisible();
});

test('the search finds by message, by path and by evidence, and what it leaves out of an item is said', async ({ page }) => {
  await choose(page, 'flawed.zip', flawed());
  await report(page, 'flawed.zip');
  const search = page.getByRole('searchbox');
  await search.fill('alert(');
  const leftovers = await open(page, 'debug-leftovers');
  await expect(leftovers.locator('finding-row')).toHaveCount(1);
  await expect(leftovers.getByText('1 finding of this item is filtered away.')).toBeVisible();
  await search.fill('i18n/es.json');
  await expect(item(page, 'text-encoding')).toBeVisible();
  await search.fill('auroranotes.com/support');
  await expect(item(page, 'human-support')).toBeVisible();
  await expect(item(page, 'text-encoding')).toHaveCount(0);
});

test('what was counted but not listed says so', async ({ page }) => {
  const lines = '  debugger;\n'.repeat(1_500);
  await choose(page, 'counted.zip', widget({ 'script.js': `define([], function () {\n${lines}  return function () {};\n});\n` }));
  await report(page, 'counted.zip');
  const leftovers = await open(page, 'debug-leftovers');
  await expect(leftovers.getByText('And 500 more, counted but not listed.')).toBeVisible();
  await expect(leftovers.locator('.tag')).toContainText('1,500 findings');
});

test('silences inside a package are not obeyed, and the page says which it met', async ({ page }) => {
  const silence = '[[silence]]\nrule = "debug-leftover"\nreason = "we like it"\n';
  await choose(page, 'silences.zip', widget({ 'kommo-preflight.toml': silence, 'script.js': scriptWith('// kommo-preflight-ignore debug-leftover: we need it\ndebugger;') }));
  await report(page, 'silences.zip');
  await expect(item(page, 'debug-leftovers').locator('.row')).toContainText('Fails');
  await page.locator('details.notice summary').click();
  await expect(page.locator('details.notice')).toContainText('kommo-preflight.toml inside the package was not applied');
  await expect(page.locator('details.notice li').filter({ hasText: 'script.js' })).toBeVisible();
});
