/** The files beside the page: the engine, its worker, the sample, the rules' pages. The single file has them inside itself instead (assets.single.ts). */
import sampleUrl from 'virtual:sample.zip';
import wasmUrl from 'kommo-preflight/kommo_preflight_bg.wasm?url';

/** Fetches and compiles the engine once; workers share it. */
export async function loadModule(): Promise<WebAssembly.Module> {
  const response = await fetched(wasmUrl);
  // Streaming needs the type application/wasm, which some static hosts do not send.
  return response.headers.get('content-type') === 'application/wasm'
    ? WebAssembly.compileStreaming(response)
    : WebAssembly.compile(await response.arrayBuffer());
}

/** A fresh worker; it waits for the compiled engine. */
export function startWorker(): Worker {
  return new Worker(new URL('./engine/worker.ts', import.meta.url), { type: 'module', name: 'kommo-preflight' });
}

/** The sample widget. */
export async function loadSample(): Promise<Blob> {
  return (await fetched(sampleUrl)).blob();
}

/** The address of a rule's page. */
export function rulePage(id: string): string | null { return `./rules/${id}.html`; }

async function fetched(address: string): Promise<Response> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address} answered ${response.status}`);
  return response;
}
