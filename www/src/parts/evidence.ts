/** What a person needs to see to judge an item, laid out for deciding. */
import { LitElement, css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { go } from '../going.ts';
import { shown } from '../invisible.ts';
import { shared } from '../look.ts';
import { shownLines } from '../prose.ts';
import type { Session } from '../session.ts';
import { labelOf, valueOf } from '../texts.ts';
import { keysAt, keysIn } from '../json-key.ts';
import { byLanguage, languageOf, listed, sideBySide, type Listed, type Row } from '../languages.ts';
import type { Evidence, Item } from '../wire.ts';
import { languageName, t, type WordId } from '../words.ts';
import { en } from '../words/en.ts';
import './image.ts';
import { placeText } from './finding.ts';

/** Entries of one kind drawn before a click. */
const FEW = 12;
/** Places of one entry that are named. */
const FEW_PLACES = 3;

@customElement('item-evidence')
export class ItemEvidence extends LitElement {
  static override styles = [shared, css`
    :host { display: grid; grid-template-columns: minmax(0, 1fr); gap: 1rem; }
    h4 { margin-block-end: 0.35rem; font-size: var(--size-text); font-weight: 650; }
    table { width: 100%; border-collapse: collapse; font-size: var(--size-small); }
    th, td { padding: 0.35rem 0.75rem 0.35rem 0; border-block-end: 1px solid var(--line); text-align: start; vertical-align: top; overflow-wrap: anywhere; }
    th { font-weight: 600; color: var(--text-quiet); }
    thead th { white-space: nowrap; }
    .scroll { overflow-x: auto; }
    .side td { min-width: 9rem; border-block-end-color: transparent; }
    .side tbody + tbody .key { border-block-start: 1px solid var(--line); }
    .key { border: 0; padding-block-end: 0; font-weight: 400; }
    .gap { color: var(--review); font-style: italic; }
    .value { white-space: pre-wrap; }
    .label { width: 30%; }
    .shared { padding-block-start: 0.75rem; }
    td.where { width: 50%; }
    .place { border: 0; padding: 0; min-height: 1.5rem; line-height: 1.4; font-size: 0.75rem; background: none; font-family: var(--code-font); color: var(--accent); cursor: pointer; text-align: start; }
    .place:hover { text-decoration: underline; }
    .group + .group { margin-block-start: 0.9rem; }
    .images { display: flex; flex-wrap: wrap; gap: 1rem; align-items: flex-end; }
    @media (max-width: 40rem) {
      .side thead { display: none; }
      .side, .side tbody, .side tr, .side td, .side th { display: block; }
      .side td { padding-block: 0.15rem; }
      .side td::before { content: attr(data-language); color: var(--text-quiet); font-weight: 600; }
    }
  `];

  @property({ attribute: false }) session!: Session;
  @property({ attribute: false }) item!: Item;
  @state() private whole = new Set<string>();
  /** The key in its JSON file under which a piece of evidence stands. */
  @state() private keys = new Map<Evidence, string>();
  /** The keys of each language's own file, of which evidence is a part. */
  @state() private known = new Map<string, Set<string>>();

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('item') || changed.has('session')) void this.#readKeys();
  }

  override render(): TemplateResult {
    const kinds = Map.groupBy(this.item.evidence, (entry) => entry.kind);
    return html`${[...kinds].map(([kind, entries]) => html`<div><h4>${kindTitle(kind)}</h4>${this.#kind(kind, entries)}</div>`)}`;
  }

  #kind(kind: string, entries: Evidence[]): TemplateResult {
    if (kind === 'image') return this.#images(entries);
    const { locales } = this.session.report.package;
    // A remark about one language leaves no gap in the others.
    const side = kind === 'note' ? null : sideBySide(entries, locales, (entry) => this.keys.get(entry) ?? '');
    const rest = listed(side?.rest ?? byLanguage(entries, locales));
    const most = this.whole.has(kind) ? Infinity : FEW;
    const left = Math.max(0, (side?.rows.length ?? 0) - most) + Math.max(0, rest.length - most);
    return html`
      ${side === null ? nothing : this.#scroll(kind, this.#columns(locales, side.rows.slice(0, most)))}
      ${rest.length === 0 ? nothing : this.#scroll(kind, this.#list(rest.slice(0, most), side !== null))}
      ${left > 0 ? html`<button class="link small" @click=${() => { this.whole = new Set(this.whole).add(kind); }}>${t('more.entries', { n: left })}</button>` : nothing}`;
  }

  #scroll(kind: string, table: TemplateResult): TemplateResult {
    return html`<div class="scroll" tabindex="0" role="group" aria-label=${kindTitle(kind)}>${table}</div>`;
  }

  /** Labels stand above the rows that share them; where nearly every row has its own, beside them. A lone one matters only `below` other rows. */
  #list(rows: Listed[], below: boolean): TemplateResult {
    const groups = Map.groupBy(rows, ({ label }) => label);
    const beside = groups.size * 2 > rows.length && rows.length > 1;
    if (beside) return html`<table><tbody>${rows.map((row) => html`<tr><th class="label" scope="row">${this.#label(row.entries[0])}</th>${this.#cells(row)}</tr>`)}</tbody></table>`;
    return html`<table>${[...groups.values()].map((group) => html`<tbody>
      ${groups.size > 1 || below ? html`<tr><th class="shared" scope="rowgroup" colspan="2">${this.#label(group[0]?.entries[0])}</th></tr>` : nothing}
      ${group.map((row) => html`<tr>${this.#cells(row)}</tr>`)}</tbody>`)}</table>`;
  }

  #cells({ entries }: Listed): TemplateResult {
    const [first] = entries;
    const left = entries.length - FEW_PLACES;
    return html`<td class="value">${first === undefined ? nothing : shownLines(valueOf(first))}</td>
      <td class="where">${entries.slice(0, FEW_PLACES).map((entry) => html`<div>${this.#place(entry)}</div>`)}${left > 0 ? html`<div class="quiet">${t('more.entries', { n: left })}</div>` : nothing}</td>`;
  }

  /** The same text in every language, in one row under its key. */
  #columns(locales: readonly string[], rows: Row[]): TemplateResult {
    return html`<table class="side"><thead><tr>${locales.map((locale) => html`<th scope="col">${languageName(locale)} <code>${locale}</code></th>`)}</tr></thead>
      ${rows.map(({ key, cells }) => html`<tbody>
        <tr><th class="key" scope="rowgroup" colspan=${locales.length}><code>${shown(key)}</code></th></tr>
        <tr>${cells.map((cell, at) => html`<td data-language=${languageName(locales[at] ?? '')}>${cell.length === 0 ? this.#gap(locales[at] ?? '', key) : cell.map((entry) => this.#said(entry, locales[at] ?? ''))}</td>`)}</tr>
      </tbody>`)}</table>`;
  }

  /** A text in its language, which leads to its place. */
  #said(entry: Evidence, locale: string): TemplateResult {
    const rest = entry.label.slice(locale.length).replace(/^[\s,:]+/, '');
    return html`<p class="value">${rest === '' ? nothing : html`<span class="quiet">${shown(rest)} </span>`}<span lang=${locale}>${shownLines(entry.value)}</span></p>${this.#place(entry)}`;
  }

  /** Nothing of this kind, or no text at all. */
  #gap(locale: string, key: string): TemplateResult {
    const lacking = this.known.has(locale) && !this.known.get(locale)?.has(key);
    return html`<p class="gap">${lacking ? t('evidence.lacking') : t('evidence.none')}</p>`;
  }

  async #readKeys(): Promise<void> {
    const { item, session } = this;
    const keys = new Map<Evidence, string>();
    const inFile = Map.groupBy(item.evidence.filter(({ path, range }) => path?.endsWith('.json') && range !== null), ({ path }) => path ?? '');
    const known = new Map<string, Set<string>>();
    for (const [path, entries] of inFile) {
      const lines = await session.lines(path);
      if (lines === null) continue;
      const offset = ({ range }: Evidence): number => (range === null ? 0 : lines.index(range.start.line, range.start.column));
      const found = keysAt(lines.text, entries.map(offset));
      for (const entry of entries) keys.set(entry, found.get(offset(entry)) ?? '');
    }
    for (const locale of inFile.size > 0 ? session.report.package.locales : []) {
      const lines = await session.lines(`i18n/${locale}.json`);
      if (lines !== null) known.set(locale, keysIn(lines.text));
    }
    if (item !== this.item || session !== this.session) return;
    this.keys = keys;
    this.known = known;
  }

  /** Pictures by what they are evidence of: a language, or the part that they play. */
  #images(entries: Evidence[]): TemplateResult {
    const groups = Map.groupBy(entries, (entry) => entry.label);
    return html`${[...groups].map(([label, group]) => html`<div class="group">
      ${label === '' ? nothing : html`<p class="small quiet">${this.#label(group[0])}</p>`}
      <div class="images">${group.map((entry) => html`<package-image .session=${this.session} .path=${entry.path ?? entry.value}></package-image>`)}</div></div>`)}`;
  }

  /** A label that starts with a language's code says its name. */
  #label(entry: Evidence | undefined): string {
    if (!entry) return '';
    const language = languageOf(entry, this.session.report.package.locales);
    return language === null ? shown(labelOf(entry)) : shown(languageName(language) + entry.label.slice(language.length));
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
