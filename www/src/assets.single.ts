/** The single file's own engine, worker and sample: blocks of data in its document. */

/** Unpacks and compiles the engine once; workers share it. */
export async function loadModule(): Promise<WebAssembly.Module> {
  const packed = new Blob([decoded('engine')]).stream().pipeThrough(new DecompressionStream('gzip'));
  return WebAssembly.compile(await new Response(packed).arrayBuffer());
}

/** A fresh worker, from memory; it waits for the compiled engine. */
export function startWorker(): Worker {
  const address = URL.createObjectURL(new Blob([decoded('worker')], { type: 'text/javascript' }));
  const worker = new Worker(address, { name: 'kommo-preflight' });
  URL.revokeObjectURL(address);
  return worker;
}

/** The sample widget. */
export function loadSample(): Promise<Blob> {
  return Promise.resolve(new Blob([decoded('sample')]));
}

/** One file has no pages beside it. */
export function rulePage(): string | null { return null; }

function decoded(id: string): Uint8Array<ArrayBuffer> {
  const text = atob(document.getElementById(id)?.textContent ?? '');
  return Uint8Array.from(text, (char) => char.charCodeAt(0));
}
