/** The page's side of the worker: questions as promises, a watchdog, and a fresh worker after a trap. */
import type { Options, Report, RuleId, RuleInfo } from 'kommo-preflight';
import type { Intake } from '../intake.ts';
import { loadModule, startWorker } from '../assets.ts';
import type { Answers, Call, Input, Reply, Request, Start, Step } from './protocol.ts';

/** Silence of this length, in milliseconds, over one file or rule means that the engine hangs: its own limit is far below. */
const SILENCE = 20_000;
/** Before the first file, a busy machine may take its time to start the engine and to read the package. */
const SILENCE_AT_START = 60_000;
/** So often may the engine stop before we give up on a package. */
const MOST_RESTARTS = 5;

/** The engine ended in the middle of its work. */
export class Stopped extends Error {
  constructor(readonly reason: 'trap' | 'silence', readonly at: Step | null, detail: string) { super(detail); }
}

/** The engine answered that it cannot do what was asked. */
export class Refused extends Error {}

/** A newer question took this one's place. */
export class Replaced extends Error {}

/** A file or a rule that ended the engine and was left out of the next try. */
export type LeftOut = { path: string; rule: null; reason: Stopped['reason'] } | { path: null; rule: RuleId; reason: Stopped['reason'] };

export interface Checked { report: Report; leftOut: LeftOut[] }

interface Waiting { done: (value: never) => void; failed: (error: Error) => void; onStep: (step: Step) => void }

export class Engine {
  #worker: Worker | null = null;
  #module: Promise<WebAssembly.Module> | null = null;
  #waiting = new Map<number, Waiting>();
  #next = 1;
  #watchdog: ReturnType<typeof setTimeout> | undefined;
  #lastStep: Step | null = null;
  #open: { input: Input; options: Options } | null = null;
  #run = 0;
  #checking = false;
  #rules: Promise<RuleInfo[]> | null = null;

  /** Every rule. Asking loads and compiles the engine, so that a check needs no request any more. */
  rules(): Promise<RuleInfo[]> {
    this.#rules ??= this.#ask({ do: 'rules' }).catch((error: unknown) => {
      this.#rules = null;
      throw error;
    });
    return this.#rules;
  }

  /** Checks a package, leaving out, one by one, files and rules that stop the engine. A second call replaces the first. */
  async check(intake: Intake, options: Options, onStep: (step: Step) => void): Promise<Checked> {
    const run = ++this.#run;
    if (this.#checking) this.#end(new Replaced('another package was given'));
    this.#checking = true;
    try {
      return await this.#checkLeavingOut(run, intake, options, onStep);
    } finally {
      if (run === this.#run) this.#checking = false;
    }
  }

  async #checkLeavingOut(run: number, intake: Intake, options: Options, onStep: (step: Step) => void): Promise<Checked> {
    const leftOut: LeftOut[] = [];
    for (;;) {
      try {
        const input = inputOf(intake);
        const skip = leftOut.flatMap(({ path }) => path ?? []);
        const skip_rules = leftOut.flatMap(({ rule }) => rule ?? []);
        this.#open = { input, options: leftOut.length > 0 ? { ...options, skip, skip_rules } : options };
        this.#lastStep = null;
        await this.#ask({ do: 'open', ...this.#open }, onStep);
        // Another check may have opened its own package meanwhile; this one must not read it.
        if (run !== this.#run) throw new Replaced('another package was given');
        const json = await this.#ask({ do: 'check' }, onStep);
        return { report: JSON.parse(new TextDecoder().decode(json)) as Report, leftOut };
      } catch (error) {
        if (run !== this.#run) throw new Replaced('another package was given');
        if (!(error instanceof Stopped)) throw error;
        const next = toLeaveOut(error);
        if (next === null || leftOut.length >= MOST_RESTARTS || leftOut.some(({ path, rule }) => path === next.path && rule === next.rule)) throw error;
        leftOut.push(next);
      }
    }
  }

  /** The report as a document. */
  render(format: 'markdown' | 'html'): Promise<string> { return this.#read({ do: 'render', format }); }

  /** A file's text, null for a file that is no text. */
  text(path: string): Promise<string | null> { return this.#read({ do: 'text', path }); }

  /** A file's bytes as they are in the package. */
  bytes(path: string): Promise<Uint8Array | null> { return this.#read({ do: 'bytes', path }); }

  /** An image that is safe to decode, else null. */
  preview(path: string): Promise<Blob | null> { return this.#read({ do: 'preview', path }); }

  async #read<C extends Call>(call: C): Promise<Answers[C['do']]> {
    if (!this.#worker && this.#open) await this.#ask({ do: 'open', ...this.#open });
    return this.#ask(call);
  }

  async #ask<C extends Call>(call: C, onStep: (step: Step) => void = () => undefined): Promise<Answers[C['do']]> {
    const worker = await this.#start();
    const id = this.#next++;
    return new Promise<Answers[C['do']]>((done, failed) => {
      this.#waiting.set(id, { done, failed, onStep });
      this.#watch();
      worker.postMessage({ id, call } satisfies Request);
    });
  }

  async #start(): Promise<Worker> {
    this.#module ??= loadModule();
    this.#module.catch(() => { this.#module = null; });
    const module = await this.#module;
    if (this.#worker) return this.#worker;
    const worker = startWorker();
    worker.onmessage = ({ data }: MessageEvent<Reply>): void => { this.#hear(data); };
    worker.onerror = (event): void => { this.#end(new Stopped('trap', this.#lastStep, event.message)); };
    worker.postMessage({ module } satisfies Start);
    this.#worker = worker;
    return worker;
  }

  #hear(reply: Reply): void {
    const waiting = this.#waiting.get(reply.id);
    if (!waiting) return;
    if (reply.kind === 'step') this.#lastStep = reply.step;
    this.#watch();
    if (reply.kind === 'step') {
      waiting.onStep(reply.step);
      return;
    }
    if (reply.kind === 'trap') {
      this.#end(new Stopped('trap', this.#lastStep, reply.message));
      return;
    }
    this.#waiting.delete(reply.id);
    if (this.#waiting.size === 0) clearTimeout(this.#watchdog);
    if (reply.kind === 'answer') waiting.done(reply.value as never);
    else waiting.failed(new Refused(reply.message));
  }

  #watch(): void {
    clearTimeout(this.#watchdog);
    this.#watchdog = setTimeout(() => { this.#end(new Stopped('silence', this.#lastStep, 'no answer')); }, this.#lastStep?.path || this.#lastStep?.rule ? SILENCE : SILENCE_AT_START);
  }

  /** Ends the worker; the next question starts a fresh one. */
  #end(error: Error): void {
    clearTimeout(this.#watchdog);
    this.#worker?.terminate();
    this.#worker = null;
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const one of waiting) one.failed(error);
  }
}

/** What the engine was busy with when it stopped, when that is known. */
function toLeaveOut({ at, reason }: Stopped): LeftOut | null {
  if (at?.path) return { path: at.path, rule: null, reason };
  if (at?.rule) return { path: null, rule: at.rule, reason };
  return null;
}

/** Only what can be posted to a worker. */
function inputOf(intake: Intake): Input {
  return intake.kind === 'archive'
    ? { kind: 'archive', name: intake.name, blob: intake.blob }
    : { kind: 'folder', name: intake.name, files: intake.files };
}
