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
import { dist, example, top } from './support/paths.js';
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
  assert.ok((await readFile(top('README.md'), 'utf8')).includes(`\nnpm install ./dist/${tarballs[0]}\n`), 'the README installs another tarball');
  folder = await mkdtemp(join(tmpdir(), 'kommo-preflight-'));
  await writeFile(join(folder, 'package.json'), '{ "private": true, "type": "module" }');
  await run('npm', ['install', '--offline', '--no-audit', '--no-fund', tarball], { cwd: folder, shell: process.platform === 'win32' });
  browser = await launch();
});

after(async () => {
  await browser?.close();
  if (folder) await rm(folder, { recursive: true });
});

// Copies an application beside the installed package.
async function application(name, source = here('./app')) {
  const app = join(folder, name);
  await cp(source, app, { recursive: true, filter: (path) => !path.includes('node_modules') });
  return app;
}

// Opens a built application; nothing may fail to load or break the policy.
async function visit(site, use) {
  const server = await serve({ site, node_modules: join(folder, 'node_modules') });
  const page = await browser.newPage();
  const problems = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => { if (message.type() === 'error') problems.push(message.text()); });
  try {
    await page.goto(`${server.address}/site/index.html`);
    await use(page);
    assert.deepEqual(problems, []);
  } finally {
    await page.close();
    await server.close();
  }
}

// The application checks the flawed fixture in a worker of its own and by the element.
function works(site) {
  return visit(site, async (page) => {
    const archive = Buffer.from(await fixtures.zip('flawed')).toString('base64');
    const report = await page.evaluate(async (text) => {
      const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
      return globalThis.check(new Blob([bytes]), 'flawed.zip');
    }, archive);
    assert.equal(report.verdict, 'fail', JSON.stringify(report.counts));
    assert.equal(report.items.length, 60);
    assert.deepEqual(await byElement(page, 'flawed.zip', await fixtures.zip('flawed')), report);
    assert.match(await page.locator('kommo-preflight').getByRole('heading').textContent(), /^flawed\.zip: Não está pronto$/u);
    await leaksNothing(page);
    await speaks(page);
  });
}

// The element's report is in its own language, what its event carries is not, and another language may be chosen any time.
async function speaks(page) {
  const element = page.locator('kommo-preflight');
  const title = element.locator('[part~="item-fail"] summary').first();
  const english = await element.evaluate((node) => node.report.items.find((item) => item.status === 'fail').title);
  assert.doesNotMatch(await title.textContent(), new RegExp(english, 'u'));
  for (const [lang, word] of [['es', 'falla'], ['de', 'fails']]) {
    await element.evaluate((node, value) => { node.lang = value; }, lang);
    await element.locator('[part~="item-fail"] summary').first().filter({ hasText: word }).waitFor();
    assert.equal((await title.textContent()).includes(english), lang === 'de', lang);
  }
}

// Gives an archive to the element's file input; resolves to what its event carries.
async function byElement(page, name, bytes) {
  const element = page.locator('kommo-preflight');
  const answer = element.evaluate((node) => new Promise((done, failed) => {
    node.addEventListener('report', ({ detail }) => done(detail), { once: true });
    node.addEventListener('error', ({ detail }) => failed(new Error(detail.message)), { once: true });
  }));
  await element.locator('input[type=file]').setInputFiles({ name, mimeType: 'application/zip', buffer: Buffer.from(bytes) });
  return answer;
}

// The element adds no style to the host, and its report has the focus.
async function leaksNothing(page) {
  const seen = await page.evaluate(() => ({
    sheets: document.adoptedStyleSheets.length + document.querySelectorAll('style').length,
    focused: document.activeElement.localName,
  }));
  assert.deepEqual(seen, { sheets: 0, focused: 'kommo-preflight' });
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

// An application without a bundler: its imports name the package's files.
async function plain(name) {
  const app = await application(name);
  for (const [file, name, path] of [['worker.js', 'kommo-preflight', 'index.js'], ['main.js', 'kommo-preflight/element', 'element.js']]) {
    const text = await readFile(join(app, file), 'utf8');
    const direct = text.replace(`'${name}'`, `'/node_modules/kommo-preflight/${path}'`);
    assert.notEqual(text, direct);
    await writeFile(join(app, file), direct);
  }
  return app;
}

test('it works by a plain module script', async () => {
  await works(await plain('plain'));
});

test('the element keeps what its documentation promises', async () => {
  const documentation = await readFile(join(folder, 'node_modules/kommo-preflight/README.md'), 'utf8');
  const row = (name) => [...documentation.split('\n').find((line) => line.startsWith(`| ${name} |`)).matchAll(/`([\w-]+)`/gu)].map(([, word]) => word);
  await visit(await plain('promises'), async (page) => {
    const element = page.locator('kommo-preflight');
    const globals = () => page.evaluate(() => Object.getOwnPropertyNames(globalThis).sort());
    const before = await globals();
    await element.evaluate((node) => { node.setAttribute('widget-code', 'shift_notes'); });
    assert.equal((await byElement(page, 'clean.zip', await fixtures.zip('clean'))).package.widget.code, 'shift_notes');
    await byElement(page, 'flawed.zip', await fixtures.zip('flawed'));
    const flawed = await element.evaluate((node) => [...node.shadowRoot.querySelectorAll('[part]')].flatMap((one) => [...one.part]));
    await byElement(page, 'text.zip', Buffer.from('no archive'));
    const unread = await element.evaluate((node) => [...node.shadowRoot.querySelectorAll('[part]')].flatMap((one) => [...one.part]));
    const known = new Set([...flawed, ...unread]);
    assert.deepEqual(row('parts').filter((part) => !known.has(part)), []);
    const failed = element.evaluate((node) => new Promise((done) => { node.addEventListener('error', ({ detail }) => done(detail), { once: true }); }));
    const rejected = await element.evaluate((node) => node.check('no bytes', 'x.zip').then(() => null, (error) => error.message));
    assert.deepEqual(await failed, { message: rejected });
    assert.deepEqual(await globals(), before);
    const variables = row('CSS variables').filter((name) => !name.startsWith('--'));
    assert.ok(variables.length > 8, variables.join());
    // Whether a variable, when it is set, changes anything that is shown.
    const changes = () => element.evaluate((node, names) => names.filter((name) => {
      const styles = () => [node, ...node.shadowRoot.querySelectorAll('*')].map((one) => {
        const { color, backgroundColor, font, borderColor, borderRadius } = getComputedStyle(one);
        return [color, backgroundColor, font, borderColor, borderRadius].join();
      }).join('\n');
      node.shadowRoot.querySelector('[part~="drop"]').classList.toggle('over', name === 'accent');
      const was = styles();
      node.style.setProperty(`--kommo-preflight-${name}`, { font: '20px serif', radius: '13px' }[name] ?? 'rgb(1, 2, 3)');
      return styles() !== was;
    }), variables);
    const changed = new Set();
    for (const name of ['flawed', 'clean']) {
      await byElement(page, `${name}.zip`, await fixtures.zip(name));
      for (const variable of await changes()) changed.add(variable);
      await element.evaluate((node) => { node.removeAttribute('style'); });
    }
    assert.deepEqual([...changed].sort(), variables.sort());
  });
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

test('the example embeds the element', async () => {
  const app = await application('docs', example);
  await vite.build({ root: app, logLevel: 'warn' });
  await visit(join(app, 'dist'), async (page) => {
    assert.equal((await byElement(page, 'flawed.zip', await fixtures.zip('flawed'))).verdict, 'fail');
    assert.equal(await page.locator('#answer').textContent(), 'Please repair what fails before you send it.');
    assert.equal((await byElement(page, 'text.zip', Buffer.from('no archive'))).verdict, 'unreadable');
    const style = await page.locator('kommo-preflight').evaluate((node) => {
      const verdict = getComputedStyle(node.shadowRoot.querySelector('[part~="verdict"]'));
      return [verdict.borderBottomColor, verdict.textTransform];
    });
    assert.deepEqual(style, ['rgb(102, 51, 153)', 'none']);
  });
});

test('the programs of the documentation run', async () => {
  await writeFile(join(folder, 'widget.zip'), await fixtures.zip('clean'));
  for (const [index, page] of ['README.md', 'pkg/README.md'].entries()) {
    const text = await readFile(top(page), 'utf8');
    const programs = [...text.matchAll(/^```js\n(.*?)^```$/gmsu)].map(([, program]) => program).filter((program) => program.includes('node:fs'));
    assert.equal(programs.length, 1, page);
    await writeFile(join(folder, `documented${index}.js`), programs[0]);
    const { stdout } = await run(process.execPath, [`documented${index}.js`], { cwd: folder });
    assert.match(stdout, /^clear /u);
  }
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
