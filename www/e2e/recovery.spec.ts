import { PANICKING_PAGE } from '../playwright.config.ts';
import { choose, expect, item, openPage, report, test, widget } from './support.ts';

test.use({ baseURL: PANICKING_PAGE });

test('a panic leaves the file out, says so, and the next package is checked', async ({ page }) => {
  await openPage(page);
  await choose(page, 'panics.zip', widget({ 'PANIC-ON-DEMAND': 'a file that this engine cannot survive' }));
  await report(page, 'panics.zip');
  await expect(page.getByRole('alert').filter({ hasText: 'PANIC-ON-DEMAND' })).toContainText('was left out');
  await expect(page.locator('checklist-item')).toHaveCount(60);
  await expect(page.locator('report-view')).toContainText('PANIC-ON-DEMAND');
  await item(page, 'data-minimal').getByRole('button').first().click();
  await page.getByRole('button', { name: 'Another widget' }).click();
  await choose(page, 'next.zip', widget());
  await report(page, 'next.zip');
  await expect(page.getByRole('alert').filter({ hasText: 'left out' })).toHaveCount(0);
});

test('a panic inside a rule costs that rule and no file, and says what is not known', async ({ page }) => {
  await openPage(page);
  await choose(page, 'panics.zip', widget({ 'PANIC-IN-RULE-sync-request': '' }));
  await report(page, 'panics.zip');
  const alert = page.getByRole('alert').filter({ hasText: 'Synchronous request' });
  await expect(alert).toContainText('which file made it stop is not known');
  await expect(page.locator('checklist-item')).toHaveCount(60);
  await expect(item(page, 'sync-requests').locator('.row')).toContainText('Needs a look');
});
