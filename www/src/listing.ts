/** What a reader of the marketplace sees of a package in one language: read from its manifest and locale file, as far as they can be read. */
import { shown } from './invisible.ts';
import { shownLines } from './prose.ts';
import type { Session } from './session.ts';

export interface Listing {
  name: string;
  teaser: string;
  description: string;
  /** The labels of the settings window's fields. */
  settings: string[];
  /** Paths of the slides, at most ten. */
  slides: string[];
}

const MOST_FIELDS = 12;
const MOST_SLIDES = 10;

export async function listingOf(session: Session, locale: string): Promise<Listing> {
  const manifest = await json(session, 'manifest.json');
  const texts = await json(session, `i18n/${locale}.json`);
  const said = (path: readonly string[]): string => {
    const value = at(manifest, path);
    if (typeof value !== 'string') return '';
    const text = at(texts, value.split('.'));
    return plain(typeof text === 'string' ? text : value);
  };
  const fields = at(manifest, ['settings']);
  const slides = at(manifest, ['tour', 'tour_images', locale]);
  return {
    name: said(['widget', 'name']),
    teaser: said(['widget', 'short_description']),
    description: said(['widget', 'description']),
    settings: isRecord(fields) ? Object.keys(fields).slice(0, MOST_FIELDS).map((field) => said(['settings', field, 'name']) || shown(field)) : [],
    slides: Array.isArray(slides) ? slides.filter((path) => typeof path === 'string').slice(0, MOST_SLIDES).map((path) => path.replace(/^\/+/, '')) : [],
  };
}

async function json(session: Session, path: string): Promise<unknown> {
  const lines = await session.lines(path);
  try {
    return JSON.parse(lines?.text.replace(/^\uFEFF/, '') ?? 'null');
  } catch {
    return null;
  }
}

function at(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((inner, key) => (isRecord(inner) && Object.hasOwn(inner, key) ? inner[key] : undefined), value);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** A text as it reads: line breaks for breaking tags, no other tags, entities decoded. What is parsed holds no element, is inert and never shown. */
function plain(text: string): string {
  const inert = new DOMParser().parseFromString(text.replace(/<br\s*\/?>|<\/p>/gi, '\n').replace(/<[^>]*>/g, ''), 'text/html');
  return shownLines((inert.body.textContent ?? '').trim());
}
