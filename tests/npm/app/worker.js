import init, { Package } from 'kommo-preflight';

onmessage = async ({ data: { archive, name } }) => {
  await init();
  const widget = Package.open(archive, name);
  try {
    postMessage(widget.check());
  } finally {
    widget.free();
  }
};
