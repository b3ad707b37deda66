/** What a person needs to see to judge an item, laid out for deciding. */
import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { go } from '../going.ts';
import { shown } from '../invisible.ts';
import { shared } from '../look.ts';
import { shownLines } from '../prose.ts';
import type { Session } from '../session.ts';
import type { Evidence, Item } from '../wire.ts';
import { languageName, t, type WordId } from '../words.ts';
import { en } from '../words/en.ts';
import './image.ts';
import { placeText } from './finding.ts';

/** Entries of one kind drawn before a click. */
const FEW = 12;

@customElement('item-evidence')
export class ItemEvidence extends LitElement {
  static override styles = [shared, css`
    :host { display: grid; grid-template-columns: minmax(0, 1fr); gap: 1rem; }
    h4 { margin-block-end: 0.35rem; font-size: var(--size-text); font-weight: 650; }
    table { width: 100%; border-collapse: collapse; font-size: var(--size-small); }
    th, td { padding: 0.35rem 0.75rem 0.35rem 0; border-block-end: 1px solid var(--line); text-align: start; vertical-align: top; overflow-wrap: anywhere; }
    th { font-weight: 600; color: var(--text-quiet); white-space: nowrap; }
    .scroll { overflow-x: auto; }
    .side td { min-width: 12rem; }
    .value { white-space: pre-wrap; }
    .label { width: 1%; max-width: 14rem; color: var(--text-quiet); }
    td.where { width: 1%; white-space: nowrap; }
    .place { border: 0; padding: 0; min-height: 1.5rem; background: none; font-family: var(--code-font); color: var(--accent); cursor: pointer; text-align: start; }
    .place:hover { text-decoration: underline; }
    .images { display: flex; flex-wrap: wrap; gap: 1rem; align-items: flex-end; }
    @media (max-width: 40rem) { td.where { white-space: normal; } }
  `];

  @property({ attribute: false }) session!: Session;
  @property({ attribute: false }) item!: Item;
  @state() private whole = new Set<string>();

  override render(): TemplateResult {
    const kinds = Map.groupBy(this.item.evidence, (entry) => entry.kind);
    return html`${[...kinds].map(([kind, entries]) => html`<div><h4>${kindTitle(kind)}</h4>${this.#kind(kind, entries)}</div>`)}`;
  }

  #kind(kind: string, entries: Evidence[]): TemplateResult {
    if (kind === 'image') return this.#images(entries);
    const side = sideBySide(entries, this.session.report.package.locales);
    const most = this.whole.has(kind) ? Infinity : FEW;
    const rows = side ?? entries;
    const left = rows.length - most;
    return html`<div class="scroll" tabindex="0" role="group" aria-label=${kindTitle(kind)}>${side === null ? this.#list(entries.slice(0, most)) : this.#columns(side.slice(0, most), entries)}</div>
      ${left > 0 ? html`<button class="link small" @click=${() => { this.whole = new Set(this.whole).add(kind); }}>${t('more.entries', { n: left })}</button>` : nothing}`;
  }

  #list(entries: Evidence[]): TemplateResult {
    return html`<table><tbody>${entries.map((entry) => html`<tr>
      ${entry.label === '' ? html`<td class="label"></td>` : html`<th class="label" scope="row">${shown(entry.label)}</th>`}<td class="value">${shownLines(entry.value)}</td><td class="where">${this.#place(entry)}</td></tr>`)}</tbody></table>`;
  }

  /** The same text in every language, in one row. */
  #columns(rows: Map<string, Evidence>[], entries: Evidence[]): TemplateResult {
    const locales = [...new Set(entries.map((entry) => localeOf(entry)))];
    return html`<table class="side"><thead><tr>${locales.map((locale) => html`<th scope="col">${languageName(locale)} <code>${locale}</code></th>`)}</tr></thead>
      <tbody>${rows.map((row) => html`<tr>${locales.map((locale) => {
        const entry = row.get(locale);
        return html`<td class="value" lang=${locale}>${entry === undefined ? nothing : html`${shownLines(entry.value)} ${this.#place(entry)}`}</td>`;
      })}</tr>`)}</tbody></table>`;
  }

  #images(entries: Evidence[]): TemplateResult {
    return html`<div class="images">${entries.map((entry) => html`<package-image .session=${this.session} .path=${entry.path ?? entry.value} .label=${shown(entry.label)}></package-image>`)}</div>`;
  }

  #place({ path, range }: Evidence): TemplateResult | typeof nothing {
    if (path === null) return nothing;
    return html`<button class="place" @click=${() => { go(this, { item: this.item.id, finding: null, file: path, line: range?.start.line ?? null }); }}>${placeText(path, range)}</button>`;
  }
}

/** A kind's heading; kinds that are new to the page go by their own name. */
function kindTitle(kind: string): string {
  const id = `evidence.${kind}`;
  return id in en ? t(id as WordId) : kind;
}

function localeOf({ label }: Evidence): string { return label.split(/[\s:/]/, 1)[0] ?? ''; }

/**
 * Rows of one text in several languages, when every entry's label starts with a declared language and more than one language speaks;
 * entries of a language keep their order, so the n-th of each stand together unless a key after the language says otherwise.
 */
function sideBySide(entries: Evidence[], locales: string[]): Map<string, Evidence>[] | null {
  const known = new Set(locales);
  if (!entries.every((entry) => known.has(localeOf(entry)))) return null;
  if (new Set(entries.map(localeOf)).size < 2) return null;
  const rows = new Map<string, Map<string, Evidence>>();
  const seen = new Map<string, number>();
  for (const entry of entries) {
    const locale = localeOf(entry);
    const rest = entry.label.slice(locale.length).replace(/^[\s:/]+/, '');
    const nth = seen.get(`${locale} ${rest}`) ?? 0;
    seen.set(`${locale} ${rest}`, nth + 1);
    const key = `${rest} ${nth}`;
    const row = rows.get(key) ?? new Map<string, Evidence>();
    row.set(locale, entry);
    rows.set(key, row);
  }
  return [...rows.values()];
}
