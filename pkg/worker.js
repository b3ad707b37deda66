// The element's worker: checks one archive and tells how far it is. It is ended afterwards, whatever happens.
import init, { Package } from './index.js';

onmessage = async ({ data: { archive, name, options } }) => {
  let widget;
  try {
    await init();
    widget = Package.open(archive, name, options, (step, path, rule) => postMessage({ step, path, rule }));
    postMessage({ report: widget.check() });
  } catch (error) {
    const trapped = error instanceof WebAssembly.RuntimeError || error instanceof RangeError || error?.name === 'InternalError';
    postMessage({ trapped, message: String(error?.message ?? error) });
  }
};
