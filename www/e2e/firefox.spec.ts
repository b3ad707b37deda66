/** Load, drop, report, in the distribution's Firefox: Playwright drives only a Firefox of its own, so this goes by WebDriver BiDi. */
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import puppeteer, { type Browser, type ElementHandle } from 'puppeteer-core';
import { expect, test } from '@playwright/test';
import { PAGE } from '../playwright.config.ts';
import { flawed } from './support.ts';

const firefox = process.env['FIREFOX_BIN'] ?? ['/usr/bin/firefox-esr', '/usr/bin/firefox'].find((path) => existsSync(path));
/** What the README tells people to open. */
const [, OPENED = ''] = /^firefox (\S+)$/m.exec(readFileSync(new URL('../../README.md', import.meta.url), 'utf8')) ?? [];
const FILE = new URL(`../../${OPENED}`, import.meta.url).href;

test.describe('Firefox', () => {
  test.skip(firefox === undefined, 'no Firefox on this machine: install firefox-esr, or name one in FIREFOX_BIN');
  test.setTimeout(120_000);
  let browser: Browser;

  test.beforeAll(async () => {
    browser = await puppeteer.launch({
      browser: 'firefox',
      executablePath: firefox ?? '',
      // As Firefox is for people: its profile for tests would let a file read other files.
      extraPrefsFirefox: { 'security.fileuri.strict_origin_policy': true },
    });
  });

  test.afterAll(async () => { await browser.close(); });

  for (const { name, address } of [{ name: 'the hosted page', address: PAGE }, { name: 'the single file', address: FILE }]) {
    test(`${name} checks a package`, async () => {
      const page = await browser.newPage();
      await page.goto(address);
      const path = join(mkdtempSync(join(tmpdir(), 'preflight-')), 'flawed.zip');
      writeFileSync(path, flawed());
      const input = await page.waitForSelector('>>> #archive') as ElementHandle<HTMLInputElement> | null;
      await input?.uploadFile(path);
      await page.waitForSelector('>>> report-summary >>> h1');
      const verdict = await page.$eval('>>> report-summary >>> h1', (heading) => heading.textContent ?? '');
      expect(verdict).toMatch(/^Not ready: \d+ items? fail/);
      expect(await page.$$eval('>>> checklist-item', (items) => items.length)).toBe(60);
      await page.close();
    });
  }
});
