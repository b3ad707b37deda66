// Where things are in the project.
import { fileURLToPath } from 'node:url';

export const top = (below) => fileURLToPath(new URL(`../../../${below}`, import.meta.url));

export const fixtures = top('tests/fixtures');
export const schema = top('tests/report.schema.json');
export const pkg = top('pkg');
export const dist = top('dist');
export const command = top(`target/debug/kommo-preflight${process.platform === 'win32' ? '.exe' : ''}`);
export const attacks = top('target/attacks');
export const example = top('examples/docs');
export const pages = top('tests/npm/pages');
export const workflows = top('.github/workflows');
