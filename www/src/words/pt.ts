import { en } from './en.ts';
import type { Table } from '../words.ts';

export const pt: Table = { words: en, items: {} };
