/** What a person needs to see to judge an item, laid out for deciding. */
import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { go } from '../going.ts';
import { shown } from '../invisible.ts';
import { shared } from '../look.ts';
import { shownLines } from '../prose.ts';
import type { Session } from '../session.ts';
import { byLanguage, languageOf, sideBySide } from '../languages.ts';
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
    .place { border: 0; padding: 0; min-height: 1.75rem; background: none; font-family: var(--code-font); color: var(--accent); cursor: pointer; text-align: start; }
    .place:hover { text-decoration: underline; }
    .group + .group { margin-block-start: 0.9rem; }
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
    const { locales } = this.session.report.package;
    const side = sideBySide(entries, locales);
    const sorted = byLanguage(entries, locales);
    const most = this.whole.has(kind) ? Infinity : FEW;
    const left = (side?.rows ?? sorted).length - most;
    return html`<div class="scroll" tabindex="0" role="group" aria-label=${kindTitle(kind)}>${side === null ? this.#list(sorted.slice(0, most)) : this.#columns(side.locales, side.rows.slice(0, most))}</div>
      ${left > 0 ? html`<button class="link small" @click=${() => { this.whole = new Set(this.whole).add(kind); }}>${t('more.entries', { n: left })}</button>` : nothing}`;
  }

  #list(entries: Evidence[]): TemplateResult {
    return html`<table><tbody>${entries.map((entry) => html`<tr>
      ${entry.label === '' ? html`<td class="label"></td>` : html`<th class="label" scope="row">${this.#label(entry)}</th>`}<td class="value">${shownLines(entry.value)}</td><td class="where">${this.#place(entry)}</td></tr>`)}</tbody></table>`;
  }

  /** The same text in every language, in one row. */
  #columns(locales: string[], rows: Evidence[][]): TemplateResult {
    return html`<table class="side"><thead><tr>${locales.map((locale) => html`<th scope="col">${languageName(locale)} <code>${locale}</code></th>`)}</tr></thead>
      <tbody>${rows.map((row) => html`<tr>${row.map((entry, at) => html`<td class="value"><span lang=${locales[at] ?? nothing}>${shownLines(entry.value)}</span> ${this.#place(entry)}</td>`)}</tr>`)}</tbody></table>`;
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
    return language === null ? shown(entry.label) : shown(languageName(language) + entry.label.slice(language.length));
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
