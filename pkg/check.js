// Checks an archive in a worker of its own. A file or a rule that ends the worker is left out of the next attempt, and the report names it.

// So many milliseconds without a word mean that the engine hangs: its own limit is far below.
const SILENCE = 20_000;

// So often may the engine end before the archive is given up.
const ATTEMPTS = 5;

export async function check(archive, name, options, { signal, onStep }) {
  const skip = [];
  const skip_rules = [];
  for (;;) {
    const answer = await attempt(archive, name, { ...options, skip, skip_rules }, signal, onStep);
    if (answer.report) return answer.report;
    const { path, rule } = answer.at;
    const unknown = path === null && rule === null;
    if (!answer.trapped || unknown || skip.length + skip_rules.length === ATTEMPTS) throw new Error(answer.message);
    if (path === null) skip_rules.push(rule);
    else skip.push(path);
  }
}

function attempt(archive, name, options, signal, onStep) {
  const worker = new Worker(new URL('./worker.js', import.meta.url), { type: 'module', name: 'kommo-preflight' });
  let at = { path: null, rule: null };
  let watchdog;
  const answer = new Promise((done, failed) => {
    const trapped = (message) => done({ trapped: true, at, message });
    const watch = () => {
      clearTimeout(watchdog);
      watchdog = setTimeout(() => trapped('The engine did not answer.'), SILENCE);
    };
    worker.onmessage = ({ data }) => {
      watch();
      if (data.step) {
        at = data;
        onStep(data.step, data.path);
      } else {
        done({ ...data, at });
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
