/** Sentences of the engine: code between backticks set as code, everything else as plain text. */
import { html, type TemplateResult } from 'lit';
import { shown } from './invisible.ts';
import { literally } from './pattern.ts';
import type { Finding } from './wire.ts';

/** A part of a sentence. */
export interface Part { text: string; code: boolean }

/** Splits at pairs of backticks; one without a partner stays what it is. An argument between two may hold backticks itself. */
export function partsOf(sentence: string, args: Finding['args'] = {}): Part[] {
  const values = Object.values(args).map(String).filter((value) => value.includes('`'));
  const code = [...values.map((value) => `\`${literally(value)}\``), '`[^`]+`'].join('|');
  return sentence.split(new RegExp(`(${code})`)).filter((part) => part !== '').map((part) => {
    const isCode = part.length > 2 && part.startsWith('`') && part.endsWith('`');
    return { text: isCode ? part.slice(1, -1) : part, code: isCode };
  });
}

export function prose(sentence: string, args?: Finding['args']): TemplateResult[] {
  return partsOf(sentence, args).map(({ text, code }) => (code ? html`<code>${shown(oneLine(text))}</code>` : html`${shownLines(text)}`));
}

/** Code inside a sentence goes on without its line breaks and indents. */
function oneLine(code: string): string { return code.replace(/\s*[\r\n]\s*/g, ' '); }

/** Invisible characters by name, but for the line breaks that lay out a text. */
export function shownLines(text: string): string {
  return text.split('\n').map(shown).join('\n');
}
