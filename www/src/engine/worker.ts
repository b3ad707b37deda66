/** The worker: one instance of the engine, one package open at a time. */
import init, { Package, rules, type Progress } from 'kommo-preflight';
import type { Answers, Call, Reply, Request, Start } from './protocol.ts';

/** The worker's own scope, of which the library for pages knows only this. */
const scope = self as unknown as { onmessage: (event: MessageEvent<Start | Request>) => void; postMessage(reply: Reply, moved: ArrayBufferLike[]): void };
let ready: Promise<unknown> | null = null;
let open: Package | null = null;
/** The call that is being answered: the engine's progress belongs to it. */
let current = 0;

scope.onmessage = ({ data }) => {
  if ('module' in data) ready = init(data.module);
  else void answer(data);
};

async function answer({ id, call }: Request): Promise<void> {
  try {
    await ready;
    current = id;
    const value = run(call);
    // The report's bytes move to the page, which parses them faster than it would take over the objects.
    reply({ id, kind: 'answer', value }, value instanceof Uint8Array ? [value.buffer] : []);
  } catch (thrown) {
    reply({ id, kind: isTrap(thrown) ? 'trap' : 'refusal', message: messageOf(thrown) });
  }
}

function run(call: Call): Answers[Call['do']] {
  switch (call.do) {
    case 'rules': return rules();
    case 'open': {
      open?.free();
      open = null;
      const { input, options } = call;
      const progress: Progress = (step, path, rule) => { reply({ id: current, kind: 'step', step: { step, path, rule } }); };
      open = input.kind === 'archive'
        ? Package.open(input.blob, input.name, options, progress)
        : Package.openFolder(input.files, input.name, options, progress);
      return null;
    }
    case 'check': return opened().checkJson();
    case 'render': return opened().render(call.format);
    case 'text': return opened().text(call.path) ?? null;
    case 'bytes': return opened().bytes(call.path) ?? null;
    case 'preview': return opened().preview(call.path) ?? null;
  }
}

function opened(): Package {
  if (!open) throw new Error('no package is open');
  return open;
}

/** Errors that the engine returns are plain `Error`s; these come from the machine under it. */
function isTrap(thrown: unknown): boolean {
  return thrown instanceof WebAssembly.RuntimeError || thrown instanceof RangeError
    || (thrown instanceof Error && thrown.name === 'InternalError');
}

function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}

function reply(message: Reply, moved: ArrayBufferLike[] = []): void {
  scope.postMessage(message, moved);
}
