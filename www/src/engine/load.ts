/** Where the engine and its worker come from: files beside the page. The single-file build brings its own version of this module. */
import wasmUrl from 'kommo-preflight/kommo_preflight_bg.wasm?url';

/** Fetches and compiles the engine once; workers share it. */
export async function loadModule(): Promise<WebAssembly.Module> {
  const response = await fetch(wasmUrl);
  if (!response.ok) throw new Error(`the engine could not be loaded (${response.status})`);
  // Streaming needs the type application/wasm, which some static hosts do not send.
  return response.headers.get('content-type') === 'application/wasm'
    ? WebAssembly.compileStreaming(response)
    : WebAssembly.compile(await response.arrayBuffer());
}

/** A fresh worker; it waits for the compiled engine. */
export function startWorker(): Worker {
  return new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'kommo-preflight' });
}
