import { en } from './en.ts';
import type { Table } from '../words.ts';

export const es: Table = { words: en, items: {} };
