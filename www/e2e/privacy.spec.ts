import { expect, drop, flawed, open, openAll, openPage, report, test } from './support.ts';

test('nothing is asked for from the drop to the report, nor while reading it', async ({ page, requests }) => {
  await openPage(page);
  requests.restart();
  await drop(page, [{ name: 'flawed.zip', buffer: flawed() }]);
  await report(page, 'flawed.zip');
  await openAll(page);
  await (await open(page, 'debug-leftovers')).locator('.place').first().click();
  await expect(page.locator('.cm-content')).toBeVisible();
  await page.getByRole('button', { name: 'How Kommo shows it' }).click();
  await expect(page.locator('kommo-looks img').first()).toBeVisible();
  expect(requests.all.map((request) => request.url())).toEqual([]);
});

test('the sample needs no request either', async ({ page, requests }) => {
  await openPage(page);
  requests.restart();
  await page.getByRole('button', { name: 'Try a sample' }).click();
  await report(page, 'sample-widget.zip');
  expect(requests.all.map((request) => request.url())).toEqual([]);
});

test('the policy forbids inline code and style, and other hosts', { tag: '@refuses' }, async ({ page }) => {
  await openPage(page);
  const policy = await page.locator('meta[http-equiv=Content-Security-Policy]').getAttribute('content');
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toMatch(/unsafe-inline|'unsafe-eval'|https?:/);
  const blocked = await page.evaluate(() => new Promise<string>((done) => {
    document.addEventListener('securitypolicyviolation', (event) => { done(event.effectiveDirective); });
    void fetch('https://example.com/').catch(() => undefined);
  }));
  expect(blocked).toBe('connect-src');
});

test('text of an archive stays text', async ({ page }) => {
  await openPage(page);
  await drop(page, [{ name: '<img src=x onerror=alert(1)>.zip', buffer: flawed() }]);
  await expect(page.locator('report-summary .package')).toContainText('<img src=x onerror=alert(1)>.zip');
  await expect(page.locator('report-summary img')).toHaveCount(0);
});
