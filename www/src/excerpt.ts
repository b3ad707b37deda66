/** The few lines of source around a finding, cut so that a minified file stays readable. */
import { pieces, type Piece } from './invisible.ts';
import type { Range } from './wire.ts';

/** Lines shown before and after the marked ones. */
const CONTEXT = 2;
/** A longer mark is shown by its first lines. */
const MOST_MARKED_LINES = 6;
/** Characters kept of a line, around the mark. */
const MOST_CHARACTERS = 160;

export interface MarkedPiece extends Piece { marked: boolean }
export interface ExcerptLine { number: number; marked: boolean; cutBefore: boolean; cutAfter: boolean; pieces: MarkedPiece[] }
export interface Excerpt { lines: ExcerptLine[]; moreMarkedLines: number }

/** A text by lines, ended by LF, CR LF or a lone CR, as the engine counts them. */
export class Lines {
  readonly #starts: number[] = [0];

  constructor(readonly text: string) {
    for (const match of text.matchAll(/\r\n?|\n/g)) this.#starts.push(match.index + match[0].length);
  }

  get count(): number { return this.#starts.length; }

  /** Where a 1-based line starts, in UTF-16 units. */
  start(line: number): number { return this.#starts[Math.min(Math.max(line, 1), this.count) - 1] ?? 0; }

  /** A 1-based line without its LF; a CR stays, because it is one of the things that findings point at. */
  line(line: number): string {
    const end = line < this.count ? this.start(line + 1) : this.text.length;
    return this.text.slice(this.start(line), end).replace(/\n$/, '');
  }

  /** The place of a 1-based line and column, in UTF-16 units, held inside the text. */
  index(line: number, column: number): number {
    const end = line < this.count ? this.start(line + 1) : this.text.length;
    return Math.min(this.start(line) + column - 1, end);
  }
}

/** The lines around a range. */
export function excerptOf(lines: Lines, range: Range): Excerpt {
  const first = Math.min(range.start.line, lines.count);
  const end = endOf(lines, range);
  const last = Math.min(Math.max(end.line, first), lines.count);
  const lastShown = Math.min(last, first + MOST_MARKED_LINES - 1);
  const firstShown = Math.max(1, first - CONTEXT);
  const lastInView = lastShown < last ? lastShown : Math.min(lines.count, last + CONTEXT);
  const texts = Array.from({ length: lastInView - firstShown + 1 }, (_, at) => lines.line(firstShown + at));
  const indent = Math.min(commonIndent(texts), range.start.column - 1);
  const shown = texts.map((whole, at) => {
    const number = firstShown + at;
    const text = whole.slice(indent);
    const from = number === first ? range.start.column - 1 - indent : text.length - text.trimStart().length;
    const to = number === last ? end.column - 1 - indent : text.length;
    return number >= first && number <= last ? markedLine(number, text, from, to) : plainLine(number, text);
  });
  return { lines: shown, moreMarkedLines: last - lastShown };
}

/** A range that ends before the first character of a line ends with the line before. */
function endOf(lines: Lines, { start, end }: Range): { line: number; column: number } {
  if (end.line === start.line || end.column > 1) return end;
  return { line: end.line - 1, column: lines.line(end.line - 1).length + 1 };
}

/** White space that every line starts with; deep code would else stand outside a narrow window. */
function commonIndent(texts: readonly string[]): number {
  const filled = texts.filter((text) => text.trim() !== '');
  const [model] = filled;
  if (model === undefined) return 0;
  let length = /^[ \t]*/.exec(model)?.[0].length ?? 0;
  while (length > 0 && !filled.every((text) => text.startsWith(model.slice(0, length)))) length -= 1;
  return length;
}

function plainLine(number: number, text: string): ExcerptLine {
  const kept = text.slice(0, MOST_CHARACTERS);
  return { number, marked: false, cutBefore: false, cutAfter: kept.length < text.length, pieces: unmarked(kept) };
}

function markedLine(number: number, text: string, start: number, end: number): ExcerptLine {
  const from = Math.min(start, text.length);
  const to = Math.min(Math.max(end, from), text.length);
  const [cutFrom, cutTo] = windowAround(text.length, from, to);
  const mark = text.slice(from, Math.min(to, cutTo));
  return {
    number,
    marked: true,
    cutBefore: cutFrom > 0,
    cutAfter: cutTo < text.length,
    pieces: [
      ...unmarked(text.slice(cutFrom, from)),
      ...pieces(mark).map((piece) => ({ ...piece, marked: true })),
      ...(mark === '' ? [{ text: '', invisible: false, marked: true }] : []),
      ...unmarked(text.slice(Math.min(to, cutTo), cutTo)),
    ],
  };
}

function unmarked(text: string): MarkedPiece[] {
  return pieces(text).map((piece) => ({ ...piece, marked: false }));
}

/** At most `MOST_CHARACTERS` of a line, with the mark's start inside and some of what precedes it. */
function windowAround(length: number, from: number, to: number): [number, number] {
  if (length <= MOST_CHARACTERS) return [0, length];
  const mark = Math.min(to - from, MOST_CHARACTERS);
  const before = Math.floor((MOST_CHARACTERS - mark) / 2);
  const start = Math.max(0, Math.min(from - before, length - MOST_CHARACTERS));
  return [start, start + MOST_CHARACTERS];
}
