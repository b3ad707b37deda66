import { choose, expect, flawed, item, openPage, report, test } from './support.ts';

test.beforeEach(async ({ page }) => {
  await openPage(page);
  await choose(page, 'flawed.zip', flawed());
  await report(page, 'flawed.zip');
});

test('j and k go through the items, Enter opens and closes', async ({ page }) => {
  await page.keyboard.press('j');
  const first = item(page, 'data-minimal').getByRole('button').first();
  await expect(first).toBeFocused();
  await page.keyboard.press('j');
  await expect(item(page, 'easy-to-use').getByRole('button').first()).toBeFocused();
  await page.keyboard.press('k');
  await expect(first).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(item(page, 'easy-to-use').getByRole('button').first()).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await expect(first).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(first).toHaveAttribute('aria-expanded', 'true');
  await expect(page).toHaveURL(/item=data-minimal/);
  await page.keyboard.press('Enter');
  await expect(first).toHaveAttribute('aria-expanded', 'false');
});

test('n and p go through the findings, and the source follows', async ({ page }) => {
  const position = (): Promise<string> => page.evaluate(() => location.hash);
  const start = await position();
  await page.keyboard.press('n');
  const next = await position();
  expect(next).not.toBe(start);
  await expect(page.locator('.cm-content .current').first()).toBeVisible();
  await page.keyboard.press('p');
  expect(await position()).toBe(start);
});

test('/ searches, e exports, ? shows the keys, Escape closes', async ({ page }) => {
  await page.keyboard.press('/');
  await expect(page.getByRole('searchbox')).toBeFocused();
  await page.keyboard.type('debugger');
  await expect(page).toHaveURL(/q=debugger/);
  await page.keyboard.press('Escape');
  await page.keyboard.press('e');
  await expect(page.getByRole('menuitem').first()).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('menu')).toHaveCount(0);
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog', { name: 'Keys' })).toBeHidden();
});

test('single keys can be switched off', async ({ page }) => {
  await page.keyboard.press('?');
  await page.getByRole('checkbox', { name: 'Single keys are on' }).uncheck();
  await page.keyboard.press('Escape');
  await page.keyboard.press('/');
  await expect(page.getByRole('searchbox')).not.toBeFocused();
});

test('a link opens its item, and Back goes back', async ({ page }) => {
  await item(page, 'global-selectors').getByRole('button').first().click();
  await expect(page).toHaveURL(/item=global-selectors/);
  await item(page, 'text-encoding').getByRole('button').first().click();
  await expect(page).toHaveURL(/item=text-encoding/);
  await page.goBack();
  await expect(page).toHaveURL(/item=global-selectors/);
  await page.goto('about:blank');
  await openPage(page, './#item=global-selectors');
  await choose(page, 'flawed.zip', flawed());
  await report(page, 'flawed.zip');
  await expect(item(page, 'global-selectors').getByRole('button').first()).toHaveAttribute('aria-expanded', 'true');
});

test('the first stop of Tab in a report leads past the columns to the checklist', async ({ page }) => {
  const skip = page.getByRole('button', { name: 'Go to the checklist' });
  await skip.focus();
  await expect(skip).toBeInViewport();
  await page.keyboard.press('Enter');
  await expect(item(page, 'data-minimal').getByRole('button').first()).toBeFocused();
});
