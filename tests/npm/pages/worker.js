// Checks what it is sent with the built package, and answers with the report's JSON.
import init, { Package } from '/pkg/index.js';

onmessage = async ({ data: { name, archive, files } }) => {
  await init();
  const widget = archive ? Package.open(new Blob([archive]), name) : Package.openFolder(files, name);
  try {
    postMessage(JSON.stringify(widget.check()));
  } finally {
    widget.free();
  }
};
