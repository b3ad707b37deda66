/** How Kommo shows the widget: marketplace card, installed list, settings window and slideshow, with the package's own texts and images. */
import { LitElement, css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { listingOf, type Listing } from '../listing.ts';
import { shown } from '../invisible.ts';
import { shared } from '../look.ts';
import type { Session } from '../session.ts';
import { languageName, t } from '../words.ts';

@customElement('kommo-looks')
export class KommoLooks extends LitElement {
  static override styles = [shared, css`
    :host { padding-block: 1.25rem 2rem; }
    h2 { font-size: var(--size-heading); }
    .head { display: grid; gap: 0.5rem; margin-block-end: 1.25rem; }
    .languages { display: flex; flex-wrap: wrap; gap: 0.35rem; }
    .languages .button { min-height: 2rem; border-color: var(--line); }
    .languages .button[aria-pressed=true] { border-color: var(--accent); color: var(--accent); background: var(--accent-ground); font-weight: 600; }
    .mocks { display: flex; flex-wrap: wrap; gap: 2rem; align-items: flex-start; }
    figure { display: grid; grid-template-columns: minmax(0, 1fr); gap: 0.5rem; min-width: 0; max-width: 100%; }
    figcaption { font-size: var(--size-small); font-weight: 600; color: var(--text-quiet); }
    /* Images stand at Kommo's own sizes, in pixels; a border adds its own. */
    .mock { max-width: 100%; overflow: hidden; border: 1px solid #d8dde3; border-radius: 6px; background: #fff; color: #2b3138; font-size: 0.9375rem; }
    .mock p, .mock strong { overflow-wrap: anywhere; }
    .blank { display: grid; place-items: center; background: #eef0f3; color: #565e69; font-size: var(--size-small); padding: 0.5rem; text-align: center; }
    .card { width: 402px; }
    .card img, .card .blank { display: block; width: 400px; max-width: 100%; aspect-ratio: 400 / 272; }
    .card div.text { display: grid; gap: 0.25rem; padding: 0.9rem 1rem 1.1rem; }
    .card .teaser { color: #565e69; }
    .tile { width: 242px; }
    .tile img, .tile .blank { display: block; width: 240px; max-width: 100%; aspect-ratio: 240 / 84; }
    .tile p { padding: 0.5rem 0.75rem; font-size: var(--size-small); }
    .window { width: 34rem; padding: 1.25rem; }
    .window .top { display: flex; gap: 1rem; align-items: center; margin-block-end: 0.9rem; }
    .window .top img, .window .top .blank { flex: none; width: 130px; height: 100px; }
    .window .description { white-space: pre-wrap; }
    .window dl { display: grid; gap: 0.6rem; margin-block: 1rem; }
    .window dt { font-size: var(--size-small); color: #565e69; }
    .window dd { height: 2rem; border: 1px solid #c9d0d8; border-radius: 4px; background: #fff; }
    .install { display: inline-block; padding: 0.4rem 1rem; border-radius: 4px; background: #2458c5; color: #fff; font-weight: 600; }
    .slides { display: flex; gap: 0.75rem; overflow-x: auto; padding-block-end: 0.5rem; }
    .slides img, .slides .blank { flex: none; width: min(37rem, 85vw); aspect-ratio: 1188 / 616; border: 1px solid var(--line); border-radius: 6px; }
    .wide { flex-basis: 100%; }
  `];

  @property({ attribute: false }) session!: Session;
  @state() private locale = '';
  @state() private listing: Listing | null = null;
  @state() private addresses = new Map<string, string | null>();

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('session')) {
      const { locales, widget } = this.session.report.package;
      this.locale = locales[0] ?? widget.names[0]?.locale ?? 'en';
      this.addresses = new Map();
      this.listing = null;
    }
    if (changed.has('session') || changed.has('locale' as keyof KommoLooks)) void this.#read();
  }

  override render(): TemplateResult {
    const { session, listing } = this;
    const locales = session.report.package.locales.length > 0 ? session.report.package.locales : [this.locale];
    return html`
      <div class="head">
        <h2>${t('looks.title')}</h2>
        <p class="quiet">${t('looks.note')}</p>
        <div class="languages" role="group" aria-label=${t('looks.language')}>${locales.map((locale) => html`
          <button class="button" aria-pressed=${String(locale === this.locale)} @click=${() => { this.locale = locale; }}>${languageName(locale)}</button>`)}</div>
      </div>
      ${listing === null ? nothing : this.#mocks(listing)}`;
  }

  #mocks(listing: Listing): TemplateResult {
    return html`<div class="mocks">
      <figure><figcaption>${t('looks.card')}</figcaption><div class="mock card" lang=${this.locale}>${this.#image('images/logo_main.png')}
        <div class="text"><strong>${listing.name}</strong><p class="teaser">${listing.teaser}</p></div></div></figure>
      <figure><figcaption>${t('looks.installed')}</figcaption><div class="mock tile" lang=${this.locale}>${this.#image('images/logo_medium.png')}<p>${listing.name}</p></div></figure>
      <figure><figcaption>${t('looks.settings')}</figcaption><div class="mock window" lang=${this.locale}>
        <div class="top">${this.#image('images/logo.png')}<strong>${listing.name}</strong></div>
        <p class="description">${listing.description}</p>
        ${listing.settings.length === 0 ? nothing : html`<dl>${listing.settings.map((label) => html`<div><dt>${label}</dt><dd></dd></div>`)}</dl>`}
        <span class="install" aria-hidden="true">${t('looks.install')}</span>
      </div></figure>
      <figure class="wide"><figcaption>${t('looks.slides', { n: listing.slides.length })}</figcaption>
        ${listing.slides.length === 0 ? html`<p class="quiet">${t('looks.no-slides')}</p>` : html`<div class="slides" tabindex="0" role="group" aria-label=${t('looks.slides', { n: listing.slides.length })}>${listing.slides.map((path) => this.#image(path))}</div>`}
      </figure>
    </div>`;
  }

  #image(path: string): TemplateResult {
    const address = this.addresses.get(path);
    return address ? html`<img src=${address} alt=${shown(path)}>` : html`<div class="blank">${t('looks.no-image', { path: shown(path) })}</div>`;
  }

  async #read(): Promise<void> {
    const { session, locale } = this;
    const listing = await listingOf(session, locale);
    const paths = ['images/logo_main.png', 'images/logo_medium.png', 'images/logo.png', ...listing.slides];
    const addresses = await Promise.all(paths.map(async (path) => {
      const here = [path, path.replace(/^images\//, '')].find((one) => session.report.package.files.some((file) => file.path === one));
      return [path, here === undefined ? null : await session.preview(here)] as const;
    }));
    if (session !== this.session || locale !== this.locale) return;
    this.listing = listing;
    this.addresses = new Map(addresses);
  }
}
