import { beforeEach, expect, test, vi } from 'vitest';
import type { Options } from 'kommo-preflight';
import type { Reply, Request } from './protocol.ts';
import { report } from '../report.fixture.ts';
import { Engine, Refused, Replaced, Stopped } from './client.ts';

/** What a worker does with a question; nothing at all is silence. */
type Behaviour = (request: Request, reply: (message: Reply) => void) => void;

let behaviour: Behaviour;
let started: number;

class FakeWorker {
  onmessage: ((event: { data: Reply }) => void) | null = null;
  onerror: ((event: { message: string }) => void) | null = null;
  #ended = false;

  postMessage(message: Request | { module: unknown }): void {
    if ('module' in message) return;
    queueMicrotask(() => { behaviour(message, (data) => { if (!this.#ended) this.onmessage?.({ data }); }); });
  }

  terminate(): void { this.#ended = true; }
}

vi.mock('../assets.ts', () => ({
  loadModule: () => Promise.resolve({}),
  startWorker: () => { started += 1; return new FakeWorker(); },
}));

const intake = { kind: 'archive', name: 'widget.zip', blob: new Blob() } as const;
const answer = (id: number, value: unknown): Reply => ({ id, kind: 'answer', value: value as never });
const CLEAR = new TextEncoder().encode(JSON.stringify(report([], 'clear')));
const skipped = ({ call }: Request): string[] => (call.do === 'open' ? call.options.skip ?? [] : []);

beforeEach(() => { started = 0; });

test('a check opens, checks and answers', async () => {
  behaviour = ({ id, call }, reply) => { reply(answer(id, call.do === 'check' ? CLEAR : null)); };
  const { report: { verdict }, leftOut } = await new Engine().check(intake, {}, () => undefined);
  expect([verdict, leftOut, started]).toEqual(['clear', [], 1]);
});

test('a trap ends the worker, and a fresh one leaves the file out', async () => {
  let skip: string[] = [];
  behaviour = (request, reply) => {
    const { id, call } = request;
    if (call.do === 'open') skip = skipped(request);
    if (call.do === 'check' && skip.length === 0) {
      reply({ id, kind: 'step', step: { step: 'examining', path: 'bad.js', rule: null } });
      reply({ id, kind: 'trap', message: 'unreachable' });
    } else {
      reply(answer(id, call.do === 'check' ? CLEAR : null));
    }
  };
  const { leftOut } = await new Engine().check(intake, {}, () => undefined);
  expect(leftOut).toEqual([{ path: 'bad.js', rule: null, reason: 'trap' }]);
  expect([skip, started]).toEqual([['bad.js'], 2]);
});

test('a trap inside a rule leaves out that rule and no file', async () => {
  let options: Options = {};
  behaviour = ({ id, call }, reply) => {
    if (call.do === 'open') options = call.options;
    if (call.do === 'check' && options.skip_rules === undefined) {
      reply({ id, kind: 'step', step: { step: 'examining', path: 'innocent.js', rule: null } });
      reply({ id, kind: 'step', step: { step: 'checking', path: null, rule: 'sync-request' } });
      reply({ id, kind: 'trap', message: 'unreachable' });
    } else {
      reply(answer(id, call.do === 'check' ? CLEAR : null));
    }
  };
  const { leftOut } = await new Engine().check(intake, {}, () => undefined);
  expect(leftOut).toEqual([{ path: null, rule: 'sync-request', reason: 'trap' }]);
  expect(options).toEqual({ skip: [], skip_rules: ['sync-request'] });
});

test('silence is ended by the watchdog, and the file left out', async () => {
  vi.useFakeTimers();
  let skip: string[] = [];
  behaviour = (request, reply) => {
    const { id, call } = request;
    if (call.do === 'open') skip = skipped(request);
    if (call.do === 'check' && skip.length === 0) reply({ id, kind: 'step', step: { step: 'examining', path: 'slow.js', rule: null } });
    else reply(answer(id, call.do === 'check' ? CLEAR : null));
  };
  const checking = new Engine().check(intake, {}, () => undefined);
  await vi.advanceTimersByTimeAsync(25_000);
  vi.useRealTimers();
  expect((await checking).leftOut).toEqual([{ path: 'slow.js', rule: null, reason: 'silence' }]);
});

test('what cannot be left out is told, and the next check works', async () => {
  behaviour = ({ id }, reply) => { reply({ id, kind: 'trap', message: 'unreachable' }); };
  const engine = new Engine();
  await expect(engine.check(intake, {}, () => undefined)).rejects.toBeInstanceOf(Stopped);
  behaviour = ({ id, call }, reply) => { reply(answer(id, call.do === 'check' ? CLEAR : null)); };
  expect((await engine.check(intake, {}, () => undefined)).leftOut).toEqual([]);
});

test('a file that stops the engine twice is not tried for ever', async () => {
  behaviour = ({ id, call }, reply) => {
    if (call.do === 'open') { reply(answer(id, null)); return; }
    reply({ id, kind: 'step', step: { step: 'examining', path: 'bad.js', rule: null } });
    reply({ id, kind: 'trap', message: 'unreachable' });
  };
  await expect(new Engine().check(intake, {}, () => undefined)).rejects.toBeInstanceOf(Stopped);
  expect(started).toBe(2);
});

test('a refusal is told, and the worker lives on', async () => {
  behaviour = ({ id }, reply) => { reply({ id, kind: 'refusal', message: 'the file could not be read' }); };
  const engine = new Engine();
  await expect(engine.check(intake, {}, () => undefined)).rejects.toEqual(new Refused('the file could not be read'));
  await expect(engine.text('a.js')).rejects.toBeInstanceOf(Refused);
  expect(started).toBe(1);
});

test('a package that is given before the engine is ready does not end the question for its rules', async () => {
  const held: (() => void)[] = [];
  behaviour = ({ id, call }, reply) => {
    if (call.do === 'rules') held.push(() => { reply(answer(id, [])); });
    else reply(answer(id, call.do === 'check' ? CLEAR : null));
  };
  const engine = new Engine();
  const rules = engine.rules();
  await vi.waitFor(() => { expect(held).toHaveLength(1); });
  expect((await engine.check(intake, {}, () => undefined)).report.verdict).toBe('clear');
  held.forEach((release) => { release(); });
  expect(await rules).toEqual([]);
  expect(started).toBe(1);
});

test('rules are asked for again when the first question was ended', async () => {
  behaviour = ({ id }, reply) => { reply({ id, kind: 'trap', message: 'unreachable' }); };
  const engine = new Engine();
  await expect(engine.rules()).rejects.toBeInstanceOf(Stopped);
  behaviour = ({ id }, reply) => { reply(answer(id, [])); };
  expect(await engine.rules()).toEqual([]);
});

test('a second package replaces the first', async () => {
  const silent: Request[] = [];
  behaviour = (request) => { silent.push(request); };
  const engine = new Engine();
  const first = engine.check(intake, {}, () => undefined);
  await vi.waitFor(() => { expect(silent).toHaveLength(1); });
  behaviour = ({ id, call }, reply) => { reply(answer(id, call.do === 'check' ? CLEAR : null)); };
  const second = engine.check(intake, {}, () => undefined);
  await expect(first).rejects.toBeInstanceOf(Replaced);
  expect((await second).report.verdict).toBe('clear');
});
