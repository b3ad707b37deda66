/** An image of the package at its true size, on ground that shows transparency, with the size that the checklist asks for. */
import { LitElement, css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { go } from '../going.ts';
import { shown } from '../invisible.ts';
import { mark, shared } from '../look.ts';
import type { Session } from '../session.ts';
import { t } from '../words.ts';

@customElement('package-image')
export class PackageImageView extends LitElement {
  static override styles = [shared, css`
    :host { max-width: 100%; }
    figure { display: grid; gap: 0.35rem; justify-items: start; max-width: 100%; }
    .ground {
      position: relative; max-width: 100%; padding: 0; border: 1px solid var(--line); cursor: zoom-in;
      background: repeating-conic-gradient(light-dark(#e9ebee, #2a2f38) 0 25%, light-dark(#fff, #1f242b) 0 50%) 0 0 / 16px 16px;
    }
    img { display: block; max-width: 100%; max-height: 16rem; }
    .missing { display: grid; place-items: center; min-width: 8rem; min-height: 4rem; padding: 0.5rem; background: var(--ground-quiet); color: var(--text-quiet); font-size: var(--size-small); }
    figcaption { font-size: var(--size-small); overflow-wrap: anywhere; }
    .size { display: flex; align-items: center; gap: 0.3rem; color: var(--text-quiet); }
    .size .mark { width: 0.9rem; height: 0.9rem; }
  `];

  @property({ attribute: false }) session!: Session;
  @property({ attribute: false }) path = '';
  @property({ attribute: false }) label = '';
  /** Whether its size is compared with that of its role; a finding says itself what is wrong. */
  @property({ attribute: false }) judged = true;
  @state() private address: string | null | 'waiting' = 'waiting';

  override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('path') && !changed.has('session')) return;
    this.address = 'waiting';
    const { path } = this;
    void this.session.preview(path).then((address) => { if (path === this.path) this.address = address; });
  }

  override render(): TemplateResult {
    const facts = this.session.report.images.find((image) => image.path === this.path);
    const name = shown(this.path);
    return html`<figure>
      ${this.address === 'waiting' ? html`<div class="missing"></div>`
        : this.address === null ? html`<div class="missing">${t('image.unsafe')}</div>`
        : html`<button class="ground" aria-label=${t('image.open', { path: name })} @click=${() => { go(this, { file: this.path, line: null }); }}><img src=${this.address} alt=${name}></button>`}
      <figcaption>
        <div>${this.label === '' || this.label === name ? nothing : html`${this.label} · `}<code>${name}</code></div>
        ${facts === undefined ? nothing : html`<div class="size">${this.#size(facts)}</div>`}
      </figcaption>
    </figure>`;
  }

  #size(facts: { width: number | null; height: number | null; expected: { width: number; height: number } | null }): TemplateResult {
    const { width, height, expected } = facts;
    if (width === null || height === null) return html`${mark('fail')} ${t('image.unreadable')}`;
    const real = t('image.size', { width: String(width), height: String(height) });
    if (expected === null || !this.judged) return html`${real}`;
    const right = width === expected.width && height === expected.height;
    const wanted = t('image.wanted', { width: String(expected.width), height: String(expected.height) });
    return right ? html`${mark('pass')} ${real}` : html`${mark('fail')} ${real}, ${wanted}`;
  }
}
