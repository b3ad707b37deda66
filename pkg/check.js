// Checks an archive in a worker of its own. A file that ends the worker is left out of the next attempt, and the report names it.

// So many milliseconds without a word mean that the engine hangs: its own limit is far below.
const SILENCE = 20_000;

// So many files may end the engine before the archive is given up.
const ATTEMPTS = 5;

export async function check(archive, name, options, { signal, onStep }) {
  const skip = [];
  for (;;) {
    const answer = await attempt(archive, name, { ...options, skip }, signal, onStep);
    if (answer.report) return answer.report;
    if (!answer.trapped || answer.path === null || skip.length === ATTEMPTS) throw new Error(answer.message);
    skip.push(answer.path);
  }
}

function attempt(archive, name, options, signal, onStep) {
  const worker = new Worker(new URL('./worker.js', import.meta.url), { type: 'module', name: 'kommo-preflight' });
  let path = null;
  let watchdog;
  const answer = new Promise((done, failed) => {
    const trapped = (message) => done({ trapped: true, path, message });
    const watch = () => {
      clearTimeout(watchdog);
      watchdog = setTimeout(() => trapped('The engine did not answer.'), SILENCE);
    };
    worker.onmessage = ({ data }) => {
      watch();
      if (data.step) {
        path = data.path;
        onStep(data.step, data.path);
      } else {
        done({ ...data, path });
      }
    };
    worker.onerror = (event) => trapped(event.message || 'The worker could not be started.');
    signal.addEventListener('abort', () => failed(signal.reason), { once: true });
    watch();
    worker.postMessage({ archive, name, options });
  });
  return answer.finally(() => {
    clearTimeout(watchdog);
    worker.terminate();
  });
}
