// The package as npm would publish it: its shape, and that it works by itself, in Vite and in webpack.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import * as vite from 'vite';
import webpack from 'webpack';
import { launch } from './support/chromium.js';
import * as fixtures from './support/fixtures.js';
import { dist } from './support/paths.js';
import { serve } from './support/server.js';

const run = promisify(execFile);
const here = (below) => fileURLToPath(new URL(below, import.meta.url));

let browser;
let folder;
let tarball;

before(async () => {
  const tarballs = (await readdir(dist)).filter((name) => name.endsWith('.tgz'));
  assert.equal(tarballs.length, 1, `tarballs in dist: ${tarballs}`);
  tarball = join(dist, tarballs[0]);
  folder = await mkdtemp(join(tmpdir(), 'kommo-preflight-'));
  await writeFile(join(folder, 'package.json'), '{ "private": true, "type": "module" }');
  await run('npm', ['install', '--offline', '--no-audit', '--no-fund', tarball], { cwd: folder, shell: process.platform === 'win32' });
  browser = await launch();
});

after(async () => {
  await browser?.close();
  if (folder) await rm(folder, { recursive: true });
});

// Copies the application beside the installed package.
async function application(name) {
  const app = join(folder, name);
  await cp(here('./app'), app, { recursive: true });
  return app;
}

// Opens the built application and has it check the flawed fixture; nothing may fail to load.
async function works(site) {
  const server = await serve({ site, node_modules: join(folder, 'node_modules') });
  const page = await browser.newPage();
  const problems = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => { if (message.type() === 'error') problems.push(message.text()); });
  try {
    await page.goto(`${server.address}/site/index.html`);
    const archive = Buffer.from(await fixtures.zip('flawed')).toString('base64');
    const report = await page.evaluate(async (text) => {
      const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
      return globalThis.check(new Blob([bytes]), 'flawed.zip');
    }, archive);
    assert.equal(report.verdict, 'fail');
    assert.equal(report.items.length, 60);
    assert.deepEqual(problems, []);
  } finally {
    await page.close();
    await server.close();
  }
}

test('it holds what its manifest names, and the licenses', async () => {
  const manifest = JSON.parse(await readFile(join(folder, 'node_modules/kommo-preflight/package.json'), 'utf8'));
  const installed = await readdir(join(folder, 'node_modules/kommo-preflight'));
  assert.deepEqual([...manifest.files, 'README.md', 'package.json'].sort(), installed.sort());
});

test('publint finds nothing', async () => {
  const { stdout } = await run(process.execPath, [here('./node_modules/publint/src/cli.js'), '--strict', tarball]);
  assert.match(stdout, /All good/u);
});

test('the types resolve everywhere', async () => {
  const attw = here('./node_modules/@arethetypeswrong/cli/dist/index.js');
  await run(process.execPath, [attw, '--profile', 'esm-only', '--exclude-entrypoints', 'kommo_preflight_bg.wasm', '--', tarball]);
});

test('it works by a plain module script', async () => {
  const app = await application('plain');
  const worker = await readFile(join(app, 'worker.js'), 'utf8');
  const direct = worker.replace("'kommo-preflight'", "'/node_modules/kommo-preflight/index.js'");
  assert.notEqual(worker, direct);
  await writeFile(join(app, 'worker.js'), direct);
  await works(app);
});

test('it works in Vite', async () => {
  const app = await application('vite');
  await vite.build({ root: app, base: './', configFile: false, logLevel: 'warn', worker: { format: 'es' } });
  await works(join(app, 'dist'));
});

test('it works in webpack 5', async () => {
  const app = await application('webpack');
  const output = join(app, 'dist');
  const compile = promisify(webpack);
  const stats = await compile({ mode: 'production', context: app, entry: './main.js', output: { path: output, filename: 'main.js' } });
  assert.deepEqual(stats.toJson({ all: false, errors: true }).errors, []);
  await mkdir(output, { recursive: true });
  await cp(join(app, 'index.html'), join(output, 'index.html'));
  await works(output);
});

test('it works in Node', async () => {
  const archive = join(folder, 'flawed.zip');
  await writeFile(archive, await fixtures.zip('flawed'));
  const program = `
    import { readFile } from 'node:fs/promises';
    import init, { Package, checklist, rules, version } from 'kommo-preflight';
    await init();
    const report = Package.open(await readFile('flawed.zip'), 'flawed.zip').check();
    console.log(JSON.stringify([report.verdict, checklist().length, rules().length > 0, version() === report.tool.version]));
  `;
  await writeFile(join(folder, 'program.js'), program);
  const { stdout } = await run(process.execPath, ['program.js'], { cwd: folder });
  assert.deepEqual(JSON.parse(stdout), ['fail', 60, true, true]);
});
