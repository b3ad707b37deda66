import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { offline } from './build/offline.ts';
import { rulePages } from './build/rules.ts';
import { sample } from './build/sample.ts';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Another build of the engine in place of the package's own: tests take one that panics on demand. */
const engine = process.env['KOMMO_PREFLIGHT_ENGINE'];

export default defineConfig({
  base: './',
  plugins: [sample(), rulePages(), offline()],
  resolve: engine === undefined ? {} : { alias: [
    { find: /^kommo-preflight$/, replacement: resolve(engine, 'kommo_preflight.js') },
    { find: /^kommo-preflight\/(.*)$/, replacement: `${resolve(engine)}/$1` },
  ] },
  optimizeDeps: { exclude: ['kommo-preflight'] },
  server: { fs: { allow: [here('..')] } },
  worker: { format: 'es' },
  test: { include: ['src/**/*.test.ts'], environment: 'node' },
  build: {
    outDir: here('../dist/page'),
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
  },
});
