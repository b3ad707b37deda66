import { describe, expect, test } from 'vitest';
import { excerptOf, Lines, type Excerpt } from './excerpt.ts';
import type { Range } from './wire.ts';

function range(startLine: number, startColumn: number, endLine: number, endColumn: number): Range {
  return { start: { line: startLine, column: startColumn, offset: 0 }, end: { line: endLine, column: endColumn, offset: 0 } };
}

function marked(excerpt: Excerpt): string[] {
  return excerpt.lines.flatMap((line) => line.pieces.filter((piece) => piece.marked).map((piece) => piece.text));
}

describe('Lines', () => {
  test('ends lines at LF, CR LF and a lone CR, and at nothing else', () => {
    const lines = new Lines('a\nb\r\nc\rd\u2028e');
    expect(lines.count).toBe(4);
    expect([1, 2, 3, 4].map((line) => lines.line(line))).toEqual(['a', 'b\r', 'c\r', 'd\u2028e']);
  });

  test('finds a place by UTF-16 columns and stays inside the text', () => {
    const lines = new Lines('😀x\nyz');
    expect(lines.text[lines.index(1, 3)]).toBe('x');
    expect(lines.index(2, 2)).toBe(5);
    expect(lines.index(9, 99)).toBe(6);
  });
});

describe('excerptOf', () => {
  test('shows two lines around and marks the range', () => {
    const excerpt = excerptOf(new Lines('one\ntwo\nthree\nfour\nfive\nsix'), range(4, 2, 4, 4));
    expect(excerpt.lines.map((line) => line.number)).toEqual([2, 3, 4, 5, 6]);
    expect(marked(excerpt)).toEqual(['ou']);
  });

  test('marks a range of several lines and says how many more there are', () => {
    const text = Array.from({ length: 20 }, (_, at) => `line ${at + 1}`).join('\n');
    const excerpt = excerptOf(new Lines(text), range(3, 3, 12, 2));
    expect(excerpt.moreMarkedLines).toBe(4);
    expect(excerpt.lines.at(-1)?.number).toBe(8);
    expect(marked(excerpt)[0]).toBe('ne 3');
  });

  test('cuts a minified line around the mark', () => {
    const text = `${'a'.repeat(5_000)}BAD${'b'.repeat(5_000)}`;
    const [line] = excerptOf(new Lines(text), range(1, 5_001, 1, 5_004)).lines;
    const shown = line?.pieces.map((piece) => piece.text).join('') ?? '';
    expect(shown).toHaveLength(160);
    expect(shown).toContain('aBADb');
    expect([line?.cutBefore, line?.cutAfter]).toEqual([true, true]);
  });

  test('cuts a mark that is longer than a line may be', () => {
    const [line] = excerptOf(new Lines('x'.repeat(1_000)), range(1, 1, 1, 1_001)).lines;
    expect(line?.pieces.map((piece) => piece.text).join('')).toHaveLength(160);
    expect(line?.cutAfter).toBe(true);
  });

  test('takes away the white space that all lines share', () => {
    const excerpt = excerptOf(new Lines('\t\tif (a) {\n\t\t\tbad();\n\n\t\t}'), range(2, 4, 2, 7));
    expect(excerpt.lines.map((line) => line.pieces.map((piece) => piece.text).join(''))).toEqual(['if (a) {', '\tbad();', '', '}']);
    expect(marked(excerpt)).toEqual(['bad']);
  });

  test('keeps white space that is itself marked', () => {
    expect(marked(excerptOf(new Lines('    a\n    b'), range(1, 1, 1, 5)))).toEqual(['    ']);
  });

  test('an empty range still leaves a mark', () => {
    expect(marked(excerptOf(new Lines('abc'), range(1, 2, 1, 2)))).toEqual(['']);
  });

  test('names the invisible characters that a range points at', () => {
    expect(marked(excerptOf(new Lines('\ufeffa'), range(1, 1, 1, 2)))).toEqual(['BOM']);
    expect(marked(excerptOf(new Lines('a\r\nb'), range(1, 2, 1, 3)))).toEqual(['CR']);
  });

  test('a range outside the text does not throw', () => {
    expect(excerptOf(new Lines(''), range(7, 9, 8, 1)).lines).toHaveLength(1);
  });
});
