// Times the shipped module in Node: `node bench/node.js ARCHIVE RUNS` prints the milliseconds of each run; the first is cold.
import { readFileSync } from 'node:fs';
import init, { Package } from '../pkg/node.js';

const [, , archive, runs] = process.argv;
const bytes = readFileSync(archive);
await init();
const times = [];
for (let run = 0; run < Number(runs); run += 1) {
  const start = performance.now();
  const widget = Package.open(bytes, 'widget.zip');
  widget.check();
  times.push(performance.now() - start);
  widget.free();
}
console.log(JSON.stringify(times));
