/** What the address says: which item, finding and file are shown, and what is filtered away. */
import { STATUSES, type Status } from './wire.ts';

export interface Route {
  view: 'items' | 'looks';
  /** The item that is open. */
  item: string | null;
  /** The finding of that item, counted from 0, whose place is shown. */
  finding: number | null;
  /** A file of the package shown on its own. */
  file: string | null;
  /** The 1-based line of that file. */
  line: number | null;
  /** Only these statuses; empty for all. */
  show: readonly Status[];
  /** Only what the reader still has to do. */
  mine: boolean;
  query: string;
}

export const HOME: Route = {
  view: 'items', item: null, finding: null, file: null, line: null, show: [], mine: false, query: '',
};

/** Reads an address's hash; what it does not know it leaves out. */
export function parse(hash: string): Route {
  const fields = new URLSearchParams(hash.replace(/^#/, ''));
  return {
    view: fields.get('view') === 'looks' ? 'looks' : 'items',
    item: fields.get('item'),
    finding: whole(fields.get('finding')),
    file: fields.get('file'),
    line: whole(fields.get('line')),
    show: STATUSES.filter((status) => (fields.get('show') ?? '').split(',').includes(status)),
    mine: fields.has('mine'),
    query: fields.get('q') ?? '',
  };
}

/** The hash that says the same. */
export function format(route: Route): string {
  const fields = new URLSearchParams();
  if (route.view !== 'items') fields.set('view', route.view);
  if (route.item !== null) fields.set('item', route.item);
  if (route.finding !== null) fields.set('finding', String(route.finding));
  if (route.file !== null) fields.set('file', route.file);
  if (route.line !== null) fields.set('line', String(route.line));
  if (route.show.length > 0) fields.set('show', route.show.join(','));
  if (route.mine) fields.set('mine', '1');
  if (route.query !== '') fields.set('q', route.query);
  const text = fields.toString().replaceAll('%2C', ',').replaceAll('%2F', '/');
  return text === '' ? '' : `#${text}`;
}

function whole(text: string | null): number | null {
  return text !== null && /^\d{1,9}$/.test(text) ? Number(text) : null;
}
