/** Sentences of the engine: code between backticks set as code, everything else as plain text. */
import { html, type TemplateResult } from 'lit';
import { shown } from './invisible.ts';

/** A part of a sentence. */
export interface Part { text: string; code: boolean }

/** Splits at pairs of backticks; one without a partner stays what it is. */
export function partsOf(sentence: string): Part[] {
  return sentence.split(/(`[^`]+`)/).filter((part) => part !== '').map((part) => {
    const code = part.length > 2 && part.startsWith('`') && part.endsWith('`');
    return { text: code ? part.slice(1, -1) : part, code };
  });
}

export function prose(sentence: string): TemplateResult[] {
  return partsOf(sentence).map(({ text, code }) => (code ? html`<code>${shown(oneLine(text))}</code>` : html`${shownLines(text)}`));
}

/** Code inside a sentence goes on without its line breaks and indents. */
function oneLine(code: string): string { return code.replace(/\s*[\r\n]\s*/g, ' '); }

/** Invisible characters by name, but for the line breaks that lay out a text. */
export function shownLines(text: string): string {
  return text.split('\n').map(shown).join('\n');
}
