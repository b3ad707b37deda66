/** One finding: what was found, where, the source there, and what to do next. */
import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { rulePage } from '../assets.ts';
import { go } from '../going.ts';
import { shown } from '../invisible.ts';
import { mark, shared } from '../look.ts';
import { prose } from '../prose.ts';
import type { Session } from '../session.ts';
import { helpOf, messageOf } from '../texts.ts';
import type { Finding, Item, Range, Related } from '../wire.ts';
import { t } from '../words.ts';
import './excerpt.ts';
import './image.ts';

/** Further places of a grouped finding shown before a click. */
const FEW_PLACES = 5;

@customElement('finding-row')
export class FindingRow extends LitElement {
  static override styles = [shared, css`
    :host { position: relative; scroll-margin-block: 8rem; overflow-wrap: anywhere; }
    .chosen::before { content: ''; position: absolute; inset-block: 0; inset-inline-start: -0.8rem; width: 3px; border-radius: 2px; background: var(--accent); }
    .head { display: flex; gap: 0.5rem; align-items: flex-start; }
    .head .mark { width: 0.95rem; height: 0.95rem; margin-block-start: 0.28rem; }
    .message { font-weight: 550; white-space: pre-wrap; }
    .message code { font-weight: 400; }
    .places { display: flex; flex-wrap: wrap; gap: 0 0.75rem; margin-block-start: 0.1rem; }
    .place { border: 0; padding: 0.1rem 0; min-height: 1.5rem; background: none; font-family: var(--code-font); font-size: var(--size-small); color: var(--accent); cursor: pointer; text-align: start; text-decoration: underline; text-decoration-color: transparent; text-underline-offset: 0.2em; overflow-wrap: anywhere; }
    .place:hover, .place:focus-visible { text-decoration-color: currentColor; }
    .rule { padding: 0.1rem 0; min-height: 1.5rem; color: var(--text-quiet); font-family: var(--code-font); font-size: var(--size-small); text-decoration-color: transparent; }
    .rule:hover, .rule:focus-visible { text-decoration-color: currentColor; }
    code-excerpt { margin-block: 0.35rem; }
    .help { margin-block-start: 0.35rem; white-space: pre-wrap; }
    package-image { margin-block: 0.4rem; }
    .related { margin-block-start: 0.35rem; }
    .related li { display: flex; flex-wrap: wrap; gap: 0 0.6rem; align-items: baseline; font-size: var(--size-small); }
    @media (forced-colors: active) { .chosen::before { background: Highlight; } }
    @media print { .chosen::before { display: none; } .place { color: inherit; } :host { break-inside: avoid; } }
  `];

  @property({ attribute: false }) session!: Session;
  @property({ attribute: false }) item!: Item;
  @property({ attribute: false }) finding!: Finding;
  @property({ attribute: false }) index = 0;
  @property({ attribute: false }) chosen = false;
  @state() private all = false;

  override render(): TemplateResult {
    const { finding } = this;
    const certain = finding.certainty === 'certain';
    const help = helpOf(finding);
    return html`<div class=${this.chosen ? 'chosen' : ''}>
      <div class="head">${mark(certain ? 'fail' : 'review')}<p class="message"><span class="unseen">${t(certain ? 'finding.certain' : 'finding.suspect')}: </span>${prose(messageOf(finding), finding.args)}</p></div>
      <div class="places">${finding.path === null ? nothing : this.#place(finding.path, finding.range, this.index)}${this.#rule()}</div>
      ${finding.path === null ? nothing : html`
        ${this.session.isPicture(finding.path) ? html`<package-image .session=${this.session} .path=${finding.path} .judged=${false}></package-image>` : nothing}
        ${finding.range === null ? nothing : html`<code-excerpt .session=${this.session} .path=${finding.path} .range=${finding.range}></code-excerpt>`}`}
      ${help === '' ? nothing : html`<p class="help">${prose(help, finding.args)}</p>`}
      ${this.#related(finding)}
    </div>`;
  }

  /** The rule's own page, where there is one. */
  #rule(): TemplateResult | typeof nothing {
    const address = rulePage(this.finding.rule);
    return address === null ? nothing : html`<a class="rule" href=${address} target="_blank" rel="noopener" title=${this.session.rule(this.finding.rule)?.title ?? nothing}>${this.finding.rule}</a>`;
  }

  #related(finding: Finding): TemplateResult | typeof nothing {
    const places = this.all ? finding.related : finding.related.slice(0, FEW_PLACES);
    const left = finding.related.length - places.length;
    const unlisted = finding.count - 1 - finding.related.length;
    if (places.length === 0 && unlisted <= 0) return nothing;
    return html`<ul class="related">
      ${places.map((related) => this.#relatedPlace(related))}
      ${left > 0 ? html`<li><button class="link" @click=${() => { this.all = true; }}>${t('places.more', { n: left })}</button></li>` : nothing}
      ${unlisted > 0 ? html`<li class="quiet">${t('places.unlisted', { n: unlisted })}</li>` : nothing}
    </ul>`;
  }

  #relatedPlace(related: Related): TemplateResult {
    const { path, range } = related;
    return html`<li><span class="quiet">${prose(messageOf(related), related.args)}</span>${path === null ? nothing : this.#place(path, range, null)}</li>`;
  }

  #place(path: string, range: Range | null, finding: number | null): TemplateResult {
    const line = finding === null ? range?.start.line ?? null : null;
    return html`<button class="place" @click=${() => { go(this, { item: this.item.id, finding: finding ?? this.index, file: path, line }); }}>${placeText(path, range)}</button>`;
  }
}

/** path:line:column, as editors and terminals understand it. */
export function placeText(path: string, range: Range | null): string {
  return range === null ? shown(path) : `${shown(path)}:${range.start.line}:${range.start.column}`;
}
