// What a developer who uses the package writes: the element, and a worker of their own that checks archives.
import 'kommo-preflight/element';

globalThis.check = (archive, name) => new Promise((done, failed) => {
  const worker = new Worker(new URL('./worker.js', import.meta.url), { type: 'module' });
  worker.onmessage = ({ data }) => done(data);
  worker.onerror = (event) => failed(new Error(event.message));
  worker.postMessage({ archive, name });
});
