// Times the shipped module in Node: `node bench/node.js ARCHIVE RUNS` prints the milliseconds of each run, all of them warm.
import { readFileSync } from 'node:fs';
import init, { Package } from '../pkg/node.js';

const [, , archive, runs] = process.argv;
const bytes = readFileSync(archive);
await init();
// Until then, V8 runs code that it has not optimised yet.
const warm = performance.now() + 2000;
const times = [];
while (times.length < Number(runs)) {
  const start = performance.now();
  const widget = Package.open(bytes, 'widget.zip');
  widget.check();
  if (start > warm) times.push(performance.now() - start);
  widget.free();
}
console.log(JSON.stringify(times));
