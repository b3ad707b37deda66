// The package's entry for browsers and bundlers: the engine's functions, and `init` to load them.
import start from './kommo_preflight.js';

export { Package, checklist, rules, version } from './kommo_preflight.js';

let started;

// Loads the engine once; later calls wait for the same load. A failed load may be tried again.
export default function init(source) {
  started ??= start(source === undefined ? undefined : { module_or_path: source }).then(
    () => undefined,
    (error) => {
      started = undefined;
      throw error;
    },
  );
  return started;
}
