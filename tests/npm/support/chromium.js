// The Chromium that `cargo xtask test` names.
import { chromium } from 'playwright-core';

export function launch() {
  const executablePath = process.env.KOMMO_PREFLIGHT_CHROMIUM;
  if (!executablePath) throw new Error('KOMMO_PREFLIGHT_CHROMIUM names no browser: run this through `cargo xtask test`');
  const args = (process.env.KOMMO_PREFLIGHT_CHROMIUM_FLAGS ?? '').split(' ').filter(Boolean);
  return chromium.launch({ executablePath, args });
}
