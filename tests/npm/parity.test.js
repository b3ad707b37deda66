// The built module and the command give the same report, byte for byte, and it is of the promised shape.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { after, before, test } from 'node:test';
import Ajv from 'ajv/dist/2020.js';
import init, { Package } from '../../pkg/node.js';
import { launch } from './support/chromium.js';
import * as fixtures from './support/fixtures.js';
import * as paths from './support/paths.js';
import { serve } from './support/server.js';

let browser;
let server;
let page;
let folder;
let isReport;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kommo-preflight-'));
  server = await serve({ pkg: paths.pkg, pages: paths.pages });
  browser = await launch();
  page = await browser.newPage();
  await page.goto(`${server.address}/pages/index.html`);
  isReport = new Ajv({ strict: false }).compile(JSON.parse(await readFile(paths.schema, 'utf8')));
  await init();
});

after(async () => {
  await browser?.close();
  await server?.close();
  if (folder) await rm(folder, { recursive: true });
});

// What the command prints for a path; findings and unreadable inputs are answers too.
function fromCommand(path) {
  return new Promise((done, failed) => {
    execFile(paths.command, [path, '--format', 'json'], { maxBuffer: 1 << 28 }, (error, stdout) => {
      if (error && ![1, 3].includes(error.code)) failed(error);
      else done(stdout);
    });
  });
}

// What the built module answers in a worker of the browser. Bytes travel as base64, which is all that Playwright carries.
function fromBrowser(input) {
  const encode = (bytes) => Buffer.from(bytes).toString('base64');
  const posted = {
    name: input.name,
    archive: input.archive && encode(input.archive),
    files: input.files?.map(({ path, bytes }) => ({ path, bytes: encode(bytes) })),
  };
  return page.evaluate(async ({ name, archive, files }) => {
    const decode = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
    const worker = new Worker('worker.js', { type: 'module' });
    try {
      return await new Promise((done, failed) => {
        worker.onmessage = ({ data }) => done(data);
        worker.onerror = (event) => failed(new Error(event.message));
        worker.postMessage({
          name,
          archive: archive === undefined ? undefined : decode(archive),
          files: files?.map(({ path, bytes }) => ({ path, bytes: decode(bytes) })),
        });
      });
    } finally {
      worker.terminate();
    }
  }, posted);
}

async function agree(path, input) {
  const printed = await fromCommand(path);
  assert.equal(printed.at(-1), '\n');
  const expected = printed.slice(0, -1);
  assert.equal(await fromBrowser(input), expected);
  const report = JSON.parse(expected);
  assert.ok(isReport(report), JSON.stringify(isReport.errors, null, 2));
  return report;
}

async function archive(name, bytes) {
  const path = join(folder, name);
  await writeFile(path, bytes);
  return agree(path, { name, archive: bytes });
}

test('every fixture, zipped', async (t) => {
  const names = await fixtures.names();
  assert.ok(names.includes('clean') && names.includes('flawed'), `fixtures: ${names}`);
  for (const name of names) {
    await t.test(name, async () => {
      const report = await archive(`${name}.zip`, await fixtures.zip(name));
      assert.ok(report.package.files.length > 0);
    });
  }
});

test('a folder', async () => {
  const report = await agree(join(paths.fixtures, 'flawed'), { name: 'flawed', files: await fixtures.files('flawed') });
  assert.equal(report.package.sha256, null);
});

test('what cannot be read', async () => {
  const whole = await fixtures.zip('clean');
  const inputs = { 'empty.zip': new Uint8Array(), 'text.zip': Buffer.from('no archive'), 'cut.zip': whole.subarray(0, whole.length / 2) };
  for (const [name, bytes] of Object.entries(inputs)) {
    assert.equal((await archive(name, bytes)).verdict, 'unreadable', name);
  }
});

test('Node gives the same report', async () => {
  const bytes = await fixtures.zip('flawed');
  const path = join(folder, 'node.zip');
  await writeFile(path, bytes);
  const widget = Package.open(bytes, basename(path));
  assert.equal(`${JSON.stringify(widget.check())}\n`, await fromCommand(path));
  widget.free();
});
