/** The head of the report: verdict, counts that filter, search, and what can be done with the whole. */
import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { Answers } from '../answers.ts';
import { exportAs, FORMATS, type Format } from '../export.ts';
import { go } from '../going.ts';
import { shown } from '../invisible.ts';
import { mark, shared } from '../look.ts';
import { HOME, type Route } from '../route.ts';
import type { Session } from '../session.ts';
import { summaryOf } from '../verdict.ts';
import { STATUSES, type Status } from '../wire.ts';
import { size, t } from '../words.ts';

/** Typing pauses this long, in milliseconds, before the list follows. */
const TYPING = 150;

@customElement('report-summary')
export class ReportSummary extends LitElement {
  static override styles = [shared, css`
    :host { padding: 0.5rem 1.25rem 0.6rem; }
    .inside { max-width: 117.5rem; margin: 0 auto; display: grid; gap: 0.55rem; }
    .row { display: flex; flex-wrap: wrap; align-items: center; gap: 0.5rem 0.6rem; }
    .verdict { display: flex; flex: 1 1 20rem; align-items: baseline; flex-wrap: wrap; gap: 0.1rem 0.8rem; min-width: 0; }
    h1 { font-size: clamp(1.125rem, 2.6vw, var(--size-heading)); line-height: 1.3; font-weight: 650; letter-spacing: -0.01em; text-wrap: pretty; }
    h1:focus-visible { outline: 1px dotted var(--line-strong); outline-offset: 1px; }
    .changes { color: var(--accent); font-weight: 600; }
    .package { min-width: 0; overflow-wrap: anywhere; }
    .filters { display: flex; flex-wrap: wrap; gap: 0.35rem; }
    .filters .button { min-height: 2rem; padding: 0.1rem 0.65rem 0.1rem 0.5rem; border-color: var(--line); border-radius: 99px; }
    .filters .button[aria-pressed=true] { border-color: currentColor; box-shadow: inset 0 0 0 1px currentColor; font-weight: 600; }
    .fail[aria-pressed=true] { color: var(--fail); background: var(--fail-ground); }
    .review[aria-pressed=true] { color: var(--review); background: var(--review-ground); }
    .manual[aria-pressed=true] { color: var(--manual); background: var(--manual-ground); }
    .pass[aria-pressed=true] { color: var(--pass); background: var(--pass-ground); }
    .not-applicable[aria-pressed=true] { color: var(--not-applicable); background: var(--not-applicable-ground); }
    .mine[aria-pressed=true] { color: var(--accent); background: var(--accent-ground); }
    .filters .mine { padding-inline: 0.75rem; }
    .filters .empty { color: var(--text-quiet); }
    .filters .empty .mark { opacity: 0.45; }
    .space { flex: 1; }
    input[type=search] { flex: 1 1 8rem; min-width: 8rem; max-width: 15rem; text-overflow: ellipsis; min-height: 2.25rem; padding: 0 0.7rem; border: 1px solid var(--line-strong); border-radius: var(--round-small); background: var(--ground); }
    .menu { position: relative; }
    .menu [role=menu] { position: absolute; inset-inline-end: 0; inset-block-start: calc(100% + 0.3rem); z-index: 8; min-width: 15rem; padding: 0.3rem; border: 1px solid var(--line); border-radius: var(--round); background: var(--ground-raised); box-shadow: 0 6px 24px rgb(0 0 0 / 16%); }
    .menu [role=menuitem] { display: block; width: 100%; padding: 0.45rem 0.7rem; border: 0; border-radius: var(--round-small); background: none; text-align: start; cursor: pointer; }
    .menu [role=menuitem]:hover, .menu [role=menuitem]:focus-visible { background: var(--ground-hover); }
    @media (max-width: 40rem) {
      :host { padding-inline: 0.75rem; }
      input[type=search] { flex: 1 1 100%; max-width: none; order: 3; }
      .space { display: none; }
      .button { min-height: 2rem; padding-inline: 0.6rem; font-size: var(--size-small); }
      .filters .button { padding: 0 0.5rem 0 0.4rem; }
      .mark { width: 0.95rem; height: 0.95rem; }
    }
    @media print { :host { padding-inline: 0; } h1 { outline: none !important; } .row:last-child, .actions { display: none; } }
  `];

  @property({ attribute: false }) session!: Session;
  @property({ attribute: false }) route: Route = HOME;
  @property({ attribute: false }) answers!: Answers;
  @state() private exporting = false;
  @query('h1') private heading!: HTMLElement;
  @query('input') private search!: HTMLInputElement;
  @query('.menu > button') private menuButton!: HTMLButtonElement;

  #typing: ReturnType<typeof setTimeout> | undefined;

  override render(): TemplateResult {
    const { report } = this.session;
    const { sentence, remark } = summaryOf(report, this.answers);
    const facts = report.package;
    const { changes } = this.session;
    return html`<div class="inside">
      <div class="row">
        <div class="verdict">
          <h1 tabindex="-1">${sentence}</h1>
          <p class="package small quiet">${shown(facts.name)} · ${t('package.facts', { files: t('files', { n: facts.files.length }), size: size(facts.unpacked_bytes) })}${remark === null ? nothing : html` · ${remark}`}</p>
          ${changes === null ? nothing : html`<p class="changes small">${changes.repaired + changes.added === 0 ? t('changes.none')
            : t('changes.some', { repaired: t('changes.repaired', { n: changes.repaired }), added: t('changes.added', { n: changes.added }) })}</p>`}
        </div>
        <div class="row actions">
          <button class="button" @click=${() => { this.#tell('again'); }}>${t('report.again')}</button>
          <button class="button" @click=${() => { this.#tell('another'); }}>${t('report.another')}</button>
          <div class="menu" @focusout=${this.#onMenuBlur} @keydown=${this.#onMenuKey}>
            <button class="button" aria-haspopup="menu" aria-expanded=${String(this.exporting)} @click=${() => { this.exporting = !this.exporting; }}>${t('report.export')}</button>
            ${this.exporting ? html`<div role="menu" aria-label=${t('report.export')}>
              ${FORMATS.map((format) => html`<button role="menuitem" @click=${() => { this.#export(format); }}>${t(`export.${format}`)}</button>`)}
            </div>` : nothing}
          </div>
        </div>
      </div>
      <div class="row">
        <div class="filters" role="group" aria-label=${t('filter.label')}>
          ${STATUSES.map((status) => html`<button class="button ${status} ${report.counts[status] === 0 ? 'empty' : ''}" aria-pressed=${String(this.route.show.includes(status))} @click=${() => { this.#toggle(status); }}>
            ${mark(status)} <span>${t(`status.count.${status}`, { n: report.counts[status] })}</span></button>`)}
          <button class="button mine" aria-pressed=${String(this.route.mine)} @click=${() => { go(this, { mine: !this.route.mine }); }}>${t('filter.mine')}</button>
        </div>
        <span class="space"></span>
        <input type="search" aria-label=${t('search.label')} placeholder=${t('search.label')} .value=${this.route.query} @input=${this.#onSearch} @keydown=${this.#onSearchKey}>
      </div>
    </div>`;
  }

  focusVerdict(): void { this.heading.focus({ preventScroll: true }); }

  focusSearch(): void { this.search.focus(); this.search.select(); }

  openExport(): void {
    this.exporting = true;
    void this.updateComplete.then(() => { this.#menuItems()[0]?.focus(); });
  }

  #toggle(status: Status): void {
    const { show } = this.route;
    go(this, { show: STATUSES.filter((one) => (one === status) !== show.includes(one)) });
  }

  #tell(what: 'again' | 'another'): void {
    this.dispatchEvent(new CustomEvent(what, { bubbles: true, composed: true, cancelable: true }));
  }

  #export(format: Format): void {
    this.exporting = false;
    this.menuButton.focus();
    void exportAs(format, this.session);
  }

  readonly #onSearch = (): void => {
    clearTimeout(this.#typing);
    this.#typing = setTimeout(() => { go(this, { query: this.search.value.trim() }, true); }, TYPING);
  };

  readonly #onSearchKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    this.search.value = '';
    go(this, { query: '' }, true);
    this.search.blur();
  };

  readonly #onMenuBlur = (event: FocusEvent): void => {
    const menu = event.currentTarget as HTMLElement;
    if (!menu.contains(event.relatedTarget as Node | null)) this.exporting = false;
  };

  readonly #onMenuKey = (event: KeyboardEvent): void => {
    const items = this.#menuItems();
    const at = items.indexOf(this.shadowRoot?.activeElement as HTMLElement);
    if (event.key === 'Escape' && this.exporting) {
      this.exporting = false;
      this.menuButton.focus();
    } else if (event.key === 'ArrowDown') {
      if (this.exporting) items[(at + 1) % items.length]?.focus();
      else this.openExport();
    } else if (event.key === 'ArrowUp' && this.exporting) {
      items[(at - 1 + items.length) % items.length]?.focus();
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  };

  #menuItems(): HTMLElement[] { return [...this.renderRoot.querySelectorAll<HTMLElement>('[role=menuitem]')]; }
}
