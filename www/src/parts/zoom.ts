/** One image, true to its pixels or larger, on the ground that the reader chooses. */
import { LitElement, css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { shown } from '../invisible.ts';
import { shared } from '../look.ts';
import type { Session } from '../session.ts';
import { size, t } from '../words.ts';

const GROUNDS = ['checks', 'light', 'dark'] as const;
const ZOOMS = [1, 2, 4, 8] as const;

@customElement('image-zoom')
export class ImageZoom extends LitElement {
  static override styles = [shared, css`
    :host { display: grid; grid-template-rows: auto minmax(0, 1fr) auto; block-size: 100%; }
    .tools { display: flex; flex-wrap: wrap; gap: 0.35rem 1rem; padding: 0.5rem 0.9rem; }
    .group { display: flex; gap: 0.25rem; }
    .button { min-height: 2rem; padding: 0.1rem 0.6rem; font-size: var(--size-small); border-color: var(--line); }
    .button[aria-pressed=true] { border-color: var(--accent); color: var(--accent); background: var(--accent-ground); font-weight: 600; }
    .ground { overflow: auto; display: grid; place-items: center; padding: 1.5rem; }
    .checks { background: repeating-conic-gradient(light-dark(#e9ebee, #2a2f38) 0 25%, light-dark(#fff, #1f242b) 0 50%) 0 0 / 16px 16px; }
    .light { background: #fff; }
    .dark { background: #153043; }
    .frame { position: relative; width: max-content; }
    img { display: block; image-rendering: auto; }
    .pixels img { image-rendering: pixelated; }
    .wanted { position: absolute; inset-block-start: 0; inset-inline-start: 0; outline: 2px dashed var(--fail); outline-offset: 0; pointer-events: none; }
    .facts { padding: 0.6rem 0.9rem; border-block-start: 1px solid var(--line); font-size: var(--size-small); }
    .wrong { color: var(--fail); font-weight: 600; }
    .none { display: grid; place-items: center; padding: 2rem; color: var(--text-quiet); text-align: center; }
  `];

  @property({ attribute: false }) session!: Session;
  @property({ attribute: false }) path = '';
  @state() private address: string | null | 'waiting' = 'waiting';
  @state() private ground: (typeof GROUNDS)[number] = 'checks';
  @state() private zoom: number = 1;

  override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('path') && !changed.has('session')) return;
    this.address = 'waiting';
    const { path } = this;
    void this.session.preview(path).then((address) => { if (path === this.path) this.address = address; });
  }

  override render(): TemplateResult {
    const facts = this.session.report.images.find((image) => image.path === this.path);
    return html`
      <div class="tools">
        <div class="group" role="group" aria-label=${t('zoom.ground')}>${GROUNDS.map((ground) => html`<button class="button" aria-pressed=${String(ground === this.ground)} @click=${() => { this.ground = ground; }}>${t(`zoom.${ground}`)}</button>`)}</div>
        <div class="group" role="group" aria-label=${t('zoom.zoom')}>${ZOOMS.map((zoom) => html`<button class="button" aria-pressed=${String(zoom === this.zoom)} @click=${() => { this.zoom = zoom; }}>${zoom}×</button>`)}</div>
      </div>
      <div class="ground ${this.ground}" tabindex="0" role="group" aria-label=${shown(this.path)}>${this.address === 'waiting' ? nothing
        : this.address === null ? html`<p class="none">${t('image.unsafe')}</p>`
        : html`<div class="frame ${this.zoom > 1 ? 'pixels' : ''}"><img src=${this.address} alt=${shown(this.path)}><div class="wanted"></div></div>`}</div>
      ${facts === undefined ? nothing : html`<p class="facts">${facts.format ?? t('image.no-format')} · ${size(facts.bytes)}${facts.width === null ? nothing : html` · ${t('image.size', { width: String(facts.width), height: String(facts.height) })}`}
        ${this.#wrong() && facts.expected ? html` · <span class="wrong">${t('image.wanted', { width: String(facts.expected.width), height: String(facts.expected.height) })}</span>` : nothing}</p>`}`;
  }

  override updated(): void {
    const facts = this.session.report.images.find((image) => image.path === this.path);
    const image = this.renderRoot.querySelector('img');
    if (image && facts?.width && facts.height) {
      image.style.width = `${facts.width * this.zoom}px`;
      image.style.height = `${facts.height * this.zoom}px`;
    }
    const wanted = this.renderRoot.querySelector<HTMLElement>('.wanted');
    if (!wanted) return;
    wanted.hidden = !this.#wrong();
    if (facts?.expected) {
      wanted.style.width = `${facts.expected.width * this.zoom}px`;
      wanted.style.height = `${facts.expected.height * this.zoom}px`;
    }
  }

  #wrong(): boolean {
    const facts = this.session.report.images.find((image) => image.path === this.path);
    return facts?.expected != null && (facts.width !== facts.expected.width || facts.height !== facts.expected.height);
  }
}
