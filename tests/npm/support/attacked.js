// One check in a thread of its own: posts the report, how much of the processor's time it took, and how far the module's memory grew.
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import start, { Package } from '../../../pkg/kommo_preflight.js';

const { memory } = await start({ module_or_path: workerData.module });
const bytes = readFileSync(workerData.path);
const before = process.cpuUsage();
const report = Package.open(bytes, basename(workerData.path)).check();
const { user, system } = process.cpuUsage(before);
parentPort.postMessage({ report, ms: (user + system) / 1000, memory: memory.buffer.byteLength });
