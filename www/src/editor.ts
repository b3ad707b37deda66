/** The source viewer: CodeMirror, read-only, with findings marked. Loaded apart from the page, in idle time. */
import { css as cssLanguage } from '@codemirror/lang-css';
import { html as htmlLanguage } from '@codemirror/lang-html';
import { javascript } from '@codemirror/lang-javascript';
import { jinja } from '@codemirror/lang-jinja';
import { json } from '@codemirror/lang-json';
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { highlightSelectionMatches, openSearchPanel, search, searchKeymap } from '@codemirror/search';
import { Compartment, EditorState, RangeSet, StateEffect, StateField, type Extension } from '@codemirror/state';
import {
  Decoration, EditorView, GutterMarker, gutter, highlightSpecialChars, keymap, lineNumbers, type DecorationSet,
} from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { nameOf, SPECIALS } from './invisible.ts';
import type { Placed } from './session.ts';
import { messageOf } from './texts.ts';
import type { Range } from './wire.ts';
import { t } from './words.ts';

/** Wrapping a longer line would lay it all out at once. */
const LONGEST_WRAPPED = 20_000;
/** So many lines of one place are marked. */
const MOST_MARKED_LINES = 500;
/** White space beyond this is marked like text. */
const LONGEST_INDENT = 400;

export interface Viewer {
  /** Marks a range, or a 1-based line, and brings it to the middle. */
  show(place: Range | number | null): void;
  wrap(on: boolean): void;
  find(): void;
  destroy(): void;
}

export interface ViewerOptions {
  root: ShadowRoot;
  parent: HTMLElement;
  path: string;
  text: string;
  placed: readonly Placed[];
  wrapped: boolean;
  /** A mark in the gutter was chosen. */
  onPick: (placed: Placed) => void;
}

/** Whether lines of this text may be wrapped. */
export function wrappable(text: string): boolean {
  return !text.split('\n').some((line) => line.length > LONGEST_WRAPPED);
}

export function mount({ root, parent, path, text, placed, wrapped, onPick }: ViewerOptions): Viewer {
  const wrapping = new Compartment();
  const view = new EditorView({
    root,
    parent,
    state: EditorState.create({
      doc: text,
      extensions: [
        lineEnds(text),
        EditorState.readOnly.of(true),
        EditorView.editable.of(false),
        EditorView.contentAttributes.of({ 'tabindex': '0', 'aria-label': t('source.label', { path }) }),
        EditorState.tabSize.of(4),
        lineNumbers(),
        findingGutter(placed, onPick),
        findingMarks(placed),
        current,
        highlightSpecialChars({ addSpecialChars: SPECIALS, render: specialChar }),
        search({ top: true }),
        highlightSelectionMatches(),
        keymap.of(searchKeymap),
        wrapping.of(wrapped ? EditorView.lineWrapping : []),
        languageOf(path),
        syntaxHighlighting(colours),
        theme,
      ],
    }),
  });
  return {
    show(place) {
      const range = place === null ? null : indices(view.state, place);
      const effects: StateEffect<unknown>[] = [setCurrent.of(range)];
      if (range) effects.push(EditorView.scrollIntoView(range.from, { y: 'center', x: 'center' }));
      view.dispatch({ effects });
    },
    wrap(on) { view.dispatch({ effects: wrapping.reconfigure(on ? EditorView.lineWrapping : []) }); },
    find() { openSearchPanel(view); },
    destroy() { view.destroy(); },
  };
}

/** Lines end as the engine counts them; where no lone CR ends one, the CRs stay in the text and can be seen. */
function lineEnds(text: string): Extension {
  return /\r(?!\n)/.test(text) ? [] : EditorState.lineSeparator.of('\n');
}

function languageOf(path: string): Extension {
  const extension = /\.(\w+)$/.exec(path)?.[1]?.toLowerCase() ?? '';
  switch (extension) {
    case 'js': case 'mjs': case 'cjs': case 'jsx': return javascript({ jsx: true });
    case 'ts': case 'tsx': return javascript({ jsx: true, typescript: true });
    case 'css': case 'scss': case 'less': return cssLanguage();
    case 'json': case 'map': return json();
    case 'twig': return jinja({ base: htmlLanguage() });
    case 'html': case 'htm': case 'svg': case 'xml': return htmlLanguage();
    default: return [];
  }
}

interface Span { from: number; to: number }

function indices(state: EditorState, place: Range | number): Span {
  const at = (line: number, column: number): number => {
    const found = state.doc.line(Math.min(Math.max(line, 1), state.doc.lines));
    return Math.min(found.from + column - 1, found.to);
  };
  if (typeof place === 'number') return { from: at(place, 1), to: at(place, 1) };
  const from = at(place.start.line, place.start.column);
  return { from, to: Math.max(from, at(place.end.line, place.end.column)) };
}

const setCurrent = StateEffect.define<Span | null>();

/** The place that the reader came for. */
const current = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(decorations, transaction) {
    for (const effect of transaction.effects) {
      if (effect.is(setCurrent)) return currentMarks(transaction.state, effect.value);
    }
    return decorations;
  },
  provide: (field) => EditorView.decorations.from(field),
});

function currentMarks(state: EditorState, span: Span | null): DecorationSet {
  if (!span) return Decoration.none;
  const line = Decoration.line({ class: 'current-line' }).range(state.doc.lineAt(span.from).from);
  const marks = withoutIndents(state, span).map(({ from, to }) => Decoration.mark({ class: 'current' }).range(from, to));
  return Decoration.set([line, ...marks], true);
}

/** The parts of a span that can be seen: of each line, what follows its indent. */
function withoutIndents(state: EditorState, { from, to }: Span): Span[] {
  const first = state.doc.lineAt(from).number;
  const last = Math.min(state.doc.lineAt(to).number, first + MOST_MARKED_LINES);
  const parts = Array.from({ length: last - first + 1 }, (_, at) => {
    const line = state.doc.line(first + at);
    const start = at === 0 ? from : line.from + (/^\s*/.exec(line.text.slice(0, LONGEST_INDENT))?.[0].length ?? 0);
    return { from: start, to: Math.min(line.to, to) };
  });
  return parts.filter((part) => part.to > part.from);
}

function findingMarks(placed: readonly Placed[]): Extension {
  return EditorView.decorations.compute([], (state) => Decoration.set(placed.flatMap(({ finding }) => {
    if (finding.range === null) return [];
    const { from, to: end } = indices(state, finding.range);
    const to = Math.min(end, state.doc.lineAt(from).to);
    return to > from ? [Decoration.mark({ class: `found ${finding.certainty}` }).range(from, to)] : [];
  }), true));
}

class FindingMarker extends GutterMarker {
  constructor(readonly placed: Placed[]) { super(); }

  override toDOM(): Node {
    const button = document.createElement('button');
    const certain = this.placed.some(({ finding }) => finding.certainty === 'certain');
    button.className = `gutter-mark ${certain ? 'certain' : 'suspect'}`;
    button.tabIndex = -1;
    button.textContent = certain ? '×' : '!';
    button.title = this.placed.slice(0, 5).map(({ finding }) => messageOf(finding)).join('\n');
    button.setAttribute('aria-label', button.title);
    return button;
  }
}

function findingGutter(placed: readonly Placed[], onPick: (placed: Placed) => void): Extension {
  const byLine = Map.groupBy(placed.filter(({ finding }) => finding.range !== null), ({ finding }) => finding.range?.start.line ?? 1);
  const first = (view: EditorView, from: number): Placed | undefined => byLine.get(view.state.doc.lineAt(from).number)?.[0];
  return gutter({
    class: 'finding-gutter',
    markers: (view) => RangeSet.of([...byLine]
      .filter(([line]) => line <= view.state.doc.lines)
      .map(([line, inLine]) => new FindingMarker(inLine).range(view.state.doc.line(line).from)), true),
    domEventHandlers: {
      click(view, block) {
        const found = first(view, block.from);
        if (found) onPick(found);
        return found !== undefined;
      },
    },
  });
}

function specialChar(code: number): HTMLElement {
  const label = document.createElement('span');
  label.className = 'special';
  label.textContent = nameOf(String.fromCodePoint(code));
  return label;
}

const colours = HighlightStyle.define([
  { tag: [tags.keyword, tags.modifier, tags.operatorKeyword, tags.controlKeyword], color: 'var(--code-keyword)' },
  { tag: [tags.string, tags.special(tags.string), tags.regexp, tags.attributeValue], color: 'var(--code-string)' },
  { tag: [tags.number, tags.bool, tags.null, tags.atom, tags.unit, tags.color], color: 'var(--code-number)' },
  { tag: [tags.propertyName, tags.attributeName, tags.tagName, tags.className, tags.labelName, tags.function(tags.variableName)], color: 'var(--code-name)' },
  { tag: [tags.comment, tags.meta], color: 'var(--code-comment)', fontStyle: 'italic' },
]);

const theme = EditorView.theme({
  '&': { height: '100%', backgroundColor: 'var(--ground)', color: 'var(--text)', fontSize: 'var(--size-small)' },
  '&.cm-focused': { outline: '2px solid var(--accent)', outlineOffset: '-2px' },
  '.cm-scroller': { fontFamily: 'var(--code-font)', lineHeight: '1.6' },
  '.cm-gutters': { backgroundColor: 'var(--ground)', color: 'var(--text-quiet)', border: 'none' },
  '.cm-lineNumbers .cm-gutterElement': { minWidth: '2.6rem', paddingInlineEnd: '0.5rem' },
  '.finding-gutter': { width: '1.25rem' },
  '.gutter-mark': { width: '1.1rem', height: '1.1rem', marginTop: '0.1rem', padding: '0', border: '0', borderRadius: '3px', font: 'bold 0.75rem var(--code-font)', lineHeight: '1', cursor: 'pointer' },
  '.gutter-mark.certain': { color: 'var(--fail)', backgroundColor: 'var(--fail-ground)' },
  '.gutter-mark.suspect': { color: 'var(--review)', backgroundColor: 'var(--review-ground)' },
  '.found': { textDecoration: 'underline wavy 1px', textUnderlineOffset: '0.25em' },
  '.found.certain': { textDecorationColor: 'var(--fail)' },
  '.found.suspect': { textDecorationColor: 'var(--review)' },
  '.current-line': { backgroundColor: 'color-mix(in srgb, var(--mark) 22%, transparent)' },
  '.current, .current *': { backgroundColor: 'var(--mark)', color: 'var(--mark-text) !important', borderRadius: '2px' },
  '.special': { border: '1px solid currentColor', borderRadius: '3px', padding: '0 0.2em', margin: '0 0.1em', fontSize: '0.75em', color: 'var(--review)' },
  '.cm-panels': { backgroundColor: 'var(--ground-quiet)', color: 'var(--text)', borderColor: 'var(--line)' },
  '.cm-panels .cm-textfield': { backgroundColor: 'var(--ground)', border: '1px solid var(--line-strong)', color: 'var(--text)', fontSize: 'var(--size-small)' },
  '.cm-panels .cm-button': { backgroundImage: 'none', backgroundColor: 'var(--ground)', border: '1px solid var(--line-strong)', color: 'var(--text)', fontSize: 'var(--size-small)' },
  '.cm-panel.cm-search': { padding: '0.4rem 2rem 0.4rem 0.6rem' },
  '.cm-panel.cm-search [name=close]': { color: 'var(--text)', fontSize: '1.25rem', width: '1.75rem', height: '1.75rem', cursor: 'pointer' },
  '.cm-searchMatch': { backgroundColor: 'color-mix(in srgb, var(--accent) 25%, transparent)' },
  '.cm-searchMatch-selected': { backgroundColor: 'color-mix(in srgb, var(--accent) 50%, transparent)' },
});
