// One check in a thread of its own: posts the report, how long it took, and how far the module's memory grew.
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import start, { Package } from '../../../pkg/kommo_preflight.js';

const { memory } = await start({ module_or_path: workerData.module });
const bytes = readFileSync(workerData.path);
const begin = performance.now();
const report = Package.open(bytes, basename(workerData.path)).check();
parentPort.postMessage({ report, ms: performance.now() - begin, memory: memory.buffer.byteLength });
