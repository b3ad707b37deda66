import { existsSync } from 'node:fs';
import { defineConfig } from '@playwright/test';

/** The browser that the caller found, else the one where distributions put it. */
const chromium = process.env['KOMMO_PREFLIGHT_CHROMIUM']
  ?? ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) => existsSync(path));
if (chromium === undefined) throw new Error('no Chromium found: name one in KOMMO_PREFLIGHT_CHROMIUM');

/** Chromium has no sandbox for root; the rest keeps the browser itself from asking the network for anything. */
const flags = process.env['KOMMO_PREFLIGHT_CHROMIUM_FLAGS']?.split(' ')
  ?? [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'];

/** The pages under test: as published, and one whose engine panics on demand. */
export const PAGE = 'http://127.0.0.1:4173/';
export const PANICKING_PAGE = 'http://127.0.0.1:4174/';

export default defineConfig({
  testDir: 'e2e',
  outputDir: '../target/e2e',
  fullyParallel: true,
  forbidOnly: process.env['CI'] !== undefined,
  workers: 2,
  timeout: 60_000,
  // A browser on a busy machine may lose a key or a click; the list names every test that needed a second try.
  retries: 1,
  expect: { timeout: 15_000 },
  reporter: [['list']],
  use: {
    baseURL: PAGE,
    locale: 'en-US',
    viewport: { width: 1440, height: 900 },
    launchOptions: { executablePath: chromium, args: flags },
  },
  webServer: [
    { command: 'npx vite preview --port 4173 --strictPort --host 127.0.0.1', url: PAGE },
    {
      command: 'npx vite build --outDir ../target/panicking-page --logLevel warn && npx vite preview --outDir ../target/panicking-page --port 4174 --strictPort --host 127.0.0.1',
      url: PANICKING_PAGE,
      env: { KOMMO_PREFLIGHT_ENGINE: '../target/modules/panic-on-demand' },
    },
  ],
});
