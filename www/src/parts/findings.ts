/** The findings of an item: all of them when few, else only those near the window. */
import { LitElement, css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { observeWindowOffset, observeWindowRect, Virtualizer, windowScroll } from '@tanstack/virtual-core';
import { shared } from '../look.ts';
import type { Session } from '../session.ts';
import type { Item } from '../wire.ts';
import { t } from '../words.ts';
import './finding.ts';
import type { FindingRow } from './finding.ts';

/** Shorter lists are drawn whole, so that the browser's own search finds everything in them. */
const FEW = 40;
/** Pixels of a finding that was not measured yet. */
const TYPICAL = 190;
/** What goes on paper of one item. */
const MOST_PRINTED = 300;

@customElement('finding-list')
export class FindingList extends LitElement {
  static override styles = [shared, css`
    ol { display: grid; grid-template-columns: minmax(0, 1fr); gap: 1.1rem; }
    .window { position: relative; display: block; }
    .window li { position: absolute; inset-inline: 0; inset-block-start: 0; padding-block-end: 1.1rem; }
    .part { margin-block-end: 0.6rem; }
  `];

  @property({ attribute: false }) session!: Session;
  @property({ attribute: false }) item!: Item;
  @property({ attribute: false }) shown: number[] = [];
  @property({ attribute: false }) chosen: number | null = null;
  /** For paper: as many as sensible, wherever the window is. */
  @property({ attribute: false }) whole = false;
  @query('ol') private list!: HTMLOListElement;

  #virtualizer: Virtualizer<Window, HTMLLIElement> | null = null;
  #unmount: (() => void) | null = null;
  #margin = 0;
  /** Whatever grows or shrinks above the list moves it. */
  readonly #moved = new ResizeObserver(() => { this.#measureMargin(); });

  override connectedCallback(): void {
    super.connectedCallback();
    this.#moved.observe(document.documentElement);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#moved.disconnect();
    this.#unmount?.();
    this.#unmount = null;
    this.#virtualizer = null;
  }

  override render(): TemplateResult {
    const hidden = this.item.findings.length - this.shown.length;
    return html`
      ${hidden > 0 ? html`<p class="part small quiet">${t('findings.part', { n: hidden })}</p>` : nothing}
      ${this.shown.length <= FEW || this.whole ? this.#all() : this.#window()}`;
  }

  override willUpdate(): void {
    if (this.shown.length <= FEW || this.whole) return;
    const options = {
      count: this.shown.length,
      getScrollElement: () => window,
      estimateSize: () => TYPICAL,
      overscan: 6,
      scrollMargin: this.#margin,
      getItemKey: (at: number) => this.shown[at] ?? at,
      observeElementRect: observeWindowRect,
      observeElementOffset: observeWindowOffset,
      scrollToFn: windowScroll,
      initialOffset: () => window.scrollY,
      onChange: () => { this.requestUpdate(); },
    };
    if (this.#virtualizer) this.#virtualizer.setOptions(options);
    else {
      this.#virtualizer = new Virtualizer<Window, HTMLLIElement>(options);
      this.#unmount = this.#virtualizer._didMount();
    }
    this.#virtualizer._willUpdate();
  }

  override updated(_changed: PropertyValues<this>): void {
    if (!this.#virtualizer) return;
    this.#measureMargin();
    const size = `${this.#virtualizer.getTotalSize()}px`;
    if (this.list.style.height !== size) this.list.style.height = size;
    for (const row of this.renderRoot.querySelectorAll<HTMLLIElement>('.window li')) {
      const place = this.#virtualizer.getVirtualItems().find((one) => String(one.index) === row.dataset['index']);
      if (place) row.style.transform = `translateY(${place.start - this.#margin}px)`;
      this.#virtualizer.measureElement(row);
    }
  }

  /** Scrolls to a finding, by its index in the item. */
  reveal(index: number): void {
    const at = this.shown.indexOf(index);
    if (at < 0) return;
    if (this.#virtualizer && !this.whole && this.shown.length > FEW) {
      this.#measureMargin();
      this.#virtualizer.scrollToIndex(at, { align: 'center' });
    } else {
      this.renderRoot.querySelectorAll<FindingRow>('finding-row')[at]?.scrollIntoView({ block: 'nearest' });
    }
  }

  #all(): TemplateResult {
    const printed = this.whole ? this.shown.slice(0, MOST_PRINTED) : this.shown;
    const left = this.shown.length - printed.length;
    return html`<ol>${printed.map((index) => html`<li>${this.#row(index)}</li>`)}</ol>
      ${left > 0 ? html`<p>${t('more.entries', { n: left })}</p>` : nothing}`;
  }

  #window(): TemplateResult {
    const places = this.#virtualizer?.getVirtualItems() ?? [];
    return html`<ol class="window">${places.map(({ index }) => html`
      <li data-index=${index} aria-setsize=${this.shown.length} aria-posinset=${index + 1}>${this.#row(this.shown[index] ?? 0)}</li>`)}</ol>`;
  }

  #row(index: number): TemplateResult {
    return html`<finding-row .session=${this.session} .item=${this.item} .finding=${this.item.findings[index]} .index=${index} .chosen=${this.chosen === index}></finding-row>`;
  }

  #measureMargin(): void {
    if (!this.#virtualizer || !this.list) return;
    const margin = Math.round(this.list.getBoundingClientRect().top + window.scrollY);
    if (Math.abs(margin - this.#margin) < 2) return;
    this.#margin = margin;
    this.requestUpdate();
  }
}
