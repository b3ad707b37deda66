/** The report's own texts in the page's language: a table by id where there is one, else the engine's English. */
import type { Item, Section } from './wire.ts';
import { itemWords, t } from './words.ts';

export function sectionTitle(section: Section): string { return t(`section.${section}`); }

export function itemTitle(item: Item): string { return itemWords(item.id)?.title ?? item.title; }

export function itemAsks(item: Item): string { return itemWords(item.id)?.asks ?? item.asks; }
