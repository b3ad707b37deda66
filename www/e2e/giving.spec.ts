import { choose, drop, expect, flawed, FOLDER, openPage, report, test, widget } from './support.ts';

test.beforeEach(async ({ page }) => { await openPage(page); });

test('a dropped archive is checked, and a second one takes its place', async ({ page }) => {
  await drop(page, [{ name: 'first.zip', buffer: flawed() }]);
  await report(page, 'first.zip');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Not ready');
  await drop(page, [{ name: 'second.zip', buffer: widget() }]);
  await report(page, 'second.zip');
  await expect(page.getByRole('heading', { level: 1 })).not.toContainText('Not ready');
});

test('the last of two quick drops wins', async ({ page }) => {
  await Promise.all([drop(page, [{ name: 'first.zip', buffer: flawed() }]), drop(page, [{ name: 'second.zip', buffer: widget() }])]);
  await expect(page.locator('report-summary .package')).toContainText(/(first|second)\.zip/);
  await page.waitForTimeout(500);
  await report(page, 'second.zip');
});

test('the whole page takes a drop and says so while dragging', async ({ page }) => {
  await page.evaluate(() => {
    const data = new DataTransfer();
    data.items.add(new File(['x'], 'widget.zip'));
    document.body.dispatchEvent(new DragEvent('dragover', { dataTransfer: data, bubbles: true, cancelable: true }));
  });
  await expect(page.getByText('Drop it anywhere')).toBeVisible();
  await page.evaluate(() => { document.body.dispatchEvent(new DragEvent('dragleave', { bubbles: true })); });
  await expect(page.getByText('Drop it anywhere')).toBeHidden();
});

test('a folder that is dropped at the edge of the page is checked, with the folders in it', async ({ page }) => {
  const session = await page.context().newCDPSession(page);
  const drag = (type: 'dragEnter' | 'dragOver' | 'drop'): Promise<unknown> =>
    session.send('Input.dispatchDragEvent', { type, x: 3, y: 890, data: { items: [], files: [FOLDER], dragOperationsMask: 1 } });
  await drag('dragEnter');
  await drag('dragOver');
  const over = page.locator('.over');
  await expect(over).toBeVisible();
  expect(await over.boundingBox()).toMatchObject({ x: 0, y: 0, height: page.viewportSize()?.height });
  await drag('drop');
  await expect(over).toBeHidden();
  await report(page, 'clean');
  await expect(page.locator('file-tree').getByRole('button', { name: 'en.json' })).toBeVisible();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Nothing left to repair here');
});

test('a folder is checked like an archive', async ({ page }) => {
  await page.locator('#folder').setInputFiles(FOLDER);
  await report(page, 'clean');
  await expect(page.locator('checklist-item')).toHaveCount(60);
});

test('the loose files of a folder are checked together', async ({ page }) => {
  await drop(page, [{ name: 'manifest.json', buffer: Buffer.from('{}') }, { name: 'script.js', buffer: Buffer.from('define([], function () {});') }]);
  await expect(page.locator('checklist-item')).toHaveCount(60);
});

test('a pasted archive is checked', async ({ page }) => {
  const text = widget().toString('base64');
  await page.evaluate((given) => {
    const data = new DataTransfer();
    data.items.add(new File([Uint8Array.from(atob(given), (char) => char.charCodeAt(0))], 'pasted.zip'));
    document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
  }, text);
  await report(page, 'pasted.zip');
});

test('the keyboard opens the file picker', async ({ page }) => {
  const button = page.getByRole('button', { name: 'Choose widget.zip' });
  await button.focus();
  await expect(button).toBeFocused();
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), button.press('Enter')]);
  await chooser.setFiles({ name: 'keyboard.zip', mimeType: 'application/zip', buffer: widget() });
  await report(page, 'keyboard.zip');
});

for (const { what, name, buffer } of [
  { what: 'a file that is no zip', name: 'notes.txt', buffer: Buffer.from('only a few words') },
  { what: 'an empty file', name: 'widget.zip', buffer: Buffer.alloc(0) },
  { what: 'half an archive', name: 'half.zip', buffer: flawed().subarray(0, 500) },
]) {
  test(`${what} gives a sentence, and the page stays usable`, async ({ page }) => {
    await choose(page, name, buffer);
    const alert = page.getByRole('alert');
    await expect(alert).toContainText(`${name} could not be checked`);
    await choose(page, 'good.zip', widget());
    await report(page, 'good.zip');
    await expect(alert).toBeHidden();
  });
}

test('a repaired package tells what changed', async ({ page }) => {
  await drop(page, [{ name: 'widget.zip', buffer: flawed() }]);
  await report(page, 'widget.zip');
  await drop(page, [{ name: 'widget.zip', buffer: widget() }]);
  await expect(page.locator('report-summary .changes')).toHaveText(/^Since the last check: \d+ findings gone, 0 new\.$/);
});

test('the same package is checked again on request', async ({ page }) => {
  await choose(page, 'again.zip', flawed());
  await report(page, 'again.zip');
  await page.getByRole('button', { name: 'Check again' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  await report(page, 'again.zip');
});
