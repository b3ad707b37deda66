import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { choose, expect, flawed, item, open, openAll, openPage, report, test } from './support.ts';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

// Every element of sixty open items is looked at, several times over.
test.describe.configure({ timeout: 240_000 });

async function violations(page: Page): Promise<string[]> {
  // Half under the sticky head, a target would count as too small.
  await page.evaluate(() => { window.scrollTo({ top: 0, behavior: 'instant' }); });
  const { violations: found } = await new AxeBuilder({ page }).withTags(RULES).analyze();
  return found.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')} ${node.failureSummary ?? ''}`));
}

for (const look of [
  { name: 'light', colorScheme: 'light', forcedColors: 'none' },
  { name: 'dark', colorScheme: 'dark', forcedColors: 'none' },
  { name: 'forced colours', colorScheme: 'light', forcedColors: 'active' },
] as const) {
  test.describe(look.name, () => {
    test.beforeEach(async ({ page }) => {
      await page.emulateMedia({ colorScheme: look.colorScheme, forcedColors: look.forcedColors });
      await openPage(page);
    });

    test('start', async ({ page }) => {
      expect(await violations(page)).toEqual([]);
    });

    test('report with everything open, beside its source', async ({ page }) => {
      await choose(page, 'flawed.zip', flawed());
      await report(page, 'flawed.zip');
      await openAll(page);
      await (await open(page, 'debug-leftovers')).locator('.place').first().click();
      await expect(page.locator('.cm-content')).toBeVisible();
      expect(await violations(page)).toEqual([]);
    });

    test('looks, image, keys and a problem', async ({ page }) => {
      await choose(page, 'notes.txt', Buffer.from('no zip'));
      await expect(page.getByRole('alert')).toContainText('notes.txt');
      expect(await violations(page)).toEqual([]);
      await choose(page, 'flawed.zip', flawed());
      await report(page, 'flawed.zip');
      await page.locator('file-tree').getByRole('button', { name: /logo_main\.png/ }).click();
      await expect(page.locator('image-zoom img')).toBeVisible();
      expect(await violations(page)).toEqual([]);
      await page.keyboard.press('?');
      expect(await violations(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'How Kommo shows it' }).click();
      await expect(page.locator('kommo-looks img').first()).toBeVisible();
      expect(await violations(page)).toEqual([]);
    });
  });
}

test('at 400 % zoom nothing has to be scrolled sideways', async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 256 });
  await openPage(page);
  const fits = (): Promise<boolean> => page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth);
  expect(await fits()).toBe(true);
  await choose(page, 'flawed.zip', flawed());
  await report(page, 'flawed.zip');
  await openAll(page);
  expect(await fits()).toBe(true);
  await page.evaluate(() => { location.hash = '#view=looks'; });
  await expect(page.locator('kommo-looks img').first()).toBeVisible();
  const column = await page.locator('kommo-looks').boundingBox();
  for (const mock of await page.locator('kommo-looks .mock').all()) {
    const box = await mock.boundingBox();
    expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual((column?.x ?? 0) + (column?.width ?? 0));
  }
  expect(await fits()).toBe(true);
});

test('on paper the findings are open and the controls are gone', async ({ page }) => {
  await openPage(page);
  await choose(page, 'flawed.zip', flawed());
  await report(page, 'flawed.zip');
  await page.evaluate(() => { window.dispatchEvent(new Event('beforeprint')); });
  await page.emulateMedia({ media: 'print' });
  await expect(item(page, 'text-encoding').locator('finding-row').first()).toBeVisible();
  await expect(page.getByRole('button', { name: 'Export' })).toBeHidden();
  await expect(page.locator('source-panel')).toBeHidden();
});

test('who asks for less motion gets none', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await openPage(page);
  await choose(page, 'flawed.zip', flawed());
  await report(page, 'flawed.zip');
  const moving = await page.evaluate(() => {
    const found: string[] = [];
    const look = (root: Document | ShadowRoot): void => {
      for (const element of root.querySelectorAll('*')) {
        const { animationName, transitionDuration, scrollBehavior } = getComputedStyle(element);
        if (animationName !== 'none' || Number.parseFloat(transitionDuration) > 0 || scrollBehavior === 'smooth') found.push(element.localName);
        if (element.shadowRoot) look(element.shadowRoot);
      }
    };
    look(document);
    return found;
  });
  expect(moving).toEqual([]);
});

test('the focus can be seen wherever Tab leads', async ({ page }) => {
  await openPage(page);
  await choose(page, 'flawed.zip', flawed());
  await report(page, 'flawed.zip');
  for (let step = 0; step < 40; step += 1) {
    await page.keyboard.press('Tab');
    const seen = await page.evaluate(() => {
      let active = document.activeElement;
      while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
      if (active === null || active === document.body) return { what: 'page', outline: 1 };
      const { outlineStyle, outlineWidth } = getComputedStyle(active);
      return { what: `${active.localName} ${active.textContent?.trim().slice(0, 30) ?? ''}`, outline: outlineStyle === 'none' ? 0 : Number.parseFloat(outlineWidth) };
    });
    expect(seen.outline, seen.what).toBeGreaterThan(0);
  }
});
