/** The README's own command for the page, run as it stands there; and the server that `cargo xtask serve` starts. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { choose, expect, flawed, openPage, report, test } from './support.ts';

const TOP = fileURLToPath(new URL('../../', import.meta.url));
const PORTS = { preview: 4175, dev: 4176 };

/** Runs a command that serves the page, until `use` is done. */
async function served(page: Page, command: string, port: number, use: () => Promise<void>): Promise<void> {
  // In a group of its own, for npm starts the server as a process of its own.
  const server = spawn(`${command} -- --port ${port} --strictPort`, { cwd: TOP, shell: true, detached: true });
  const ended = new Promise((done) => { server.once('exit', done); });
  try {
    await expect.poll(() => page.request.get('./').then((answer) => answer.ok(), () => false)).toBe(true);
    await use();
  } finally {
    process.kill(-(server.pid ?? 0));
  }
  await ended;
}

test.describe('the published page', () => {
  test.use({ baseURL: `http://localhost:${PORTS.preview}/` });

  test('is shown by the README\'s server, which it needs no more after one visit', async ({ page }) => {
    const command = /^npm run preview[^#\n]*/m.exec(readFileSync(`${TOP}README.md`, 'utf8'))?.[0] ?? 'false';
    await served(page, command, PORTS.preview, () => openPage(page));
    await page.reload();
    await choose(page, 'flawed.zip', flawed());
    await report(page, 'flawed.zip');
  });
});

test.describe('the page that is worked on', () => {
  test.use({ baseURL: `http://localhost:${PORTS.dev}/` });

  // What the development server brings along is not what is published, and not under its policy.
  test('has no service worker', { tag: '@refuses' }, async ({ page }) => {
    await served(page, 'npm run dev --prefix www', PORTS.dev, async () => {
      await page.goto('./');
      await choose(page, 'flawed.zip', flawed());
      await report(page, 'flawed.zip');
      expect(await page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length)).toBe(0);
    });
  });
});
