/** The report: verdict and filters above, the checklist in the middle, contents and source at its sides. */
import { LitElement, css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Answers } from '../answers.ts';
import type { LeftOut } from '../engine/client.ts';
import { visible, type Visible } from '../filter.ts';
import { go } from '../going.ts';
import { shown } from '../invisible.ts';
import { mark, shared } from '../look.ts';
import { prose } from '../prose.ts';
import { HOME, type Route } from '../route.ts';
import type { Session } from '../session.ts';
import { itemTitle, messageOf, reasonOf, ruleWords, sectionTitle } from '../texts.ts';
import { SECTIONS, type ItemId, type Section } from '../wire.ts';
import { t } from '../words.ts';
import { renderProblem, type Problem } from './start.ts';
import './contents.ts';
import './item.ts';
import './looks.ts';
import './source.ts';
import './summary.ts';
import type { ChecklistItem } from './item.ts';
import type { ReportSummary } from './summary.ts';

/** From here on, the source stands beside the checklist instead of over it. */
const WIDE = '(min-width: 72rem)';
/** Up to here, the contents fold away above the checklist. */
const NARROW = '(max-width: 47.99rem)';
/** Failing items that are named above the checklist. */
const MOST_URGENT = 5;

@customElement('report-view')
export class ReportView extends LitElement {
  static override styles = [shared, css`
    :host { --head: 0px; }
    report-summary { background: var(--ground); border-block-end: 1px solid var(--line); }
    .columns { display: grid; grid-template-columns: minmax(0, 1fr); max-width: 120rem; margin: 0 auto; padding-inline: 1.25rem; gap: 0 1.75rem; }
    .skip:not(:focus) { position: absolute; width: 1px; height: 1px; min-height: 0; padding: 0; overflow: hidden; clip-path: inset(50%); }
    .skip:focus { position: absolute; z-index: 6; margin: 0.5rem 1.25rem; }
    .drawer { margin-block-start: 0.75rem; }
    .drawer summary { min-height: 2rem; cursor: pointer; color: var(--text-quiet); }
    .notices { display: grid; gap: 0.75rem; margin-block: 1rem 0; }
    .notice { padding: 0.7rem 1rem; border-inline-start: 4px solid var(--review); border-radius: var(--round-small); background: var(--review-ground); overflow-wrap: anywhere; }
    .notice ul { list-style: disc; padding-inline-start: 1.25rem; }
    .urgent { margin-block-start: 1.25rem; padding: 0.75rem 0.9rem; border: 1px solid color-mix(in srgb, var(--fail) 35%, var(--line)); border-radius: var(--round); }
    .urgent h2 { color: var(--fail); }
    .urgent li > button { display: flex; width: 100%; gap: 0.55rem; min-height: 2rem; padding: 0.25rem 0.4rem; border: 0; border-radius: var(--round-small); background: none; text-align: start; overflow-wrap: anywhere; cursor: pointer; }
    .urgent li > button:hover { background: var(--ground-quiet); }
    .urgent .mark { width: 1rem; height: 1rem; margin-block-start: 0.25rem; }
    .urgent .title { display: block; font-weight: 550; }
    .urgent .small { display: -webkit-box; overflow: hidden; line-height: 1.45; -webkit-box-orient: vertical; -webkit-line-clamp: 2; }
    section { margin-block: 1.5rem 0; scroll-margin-block-start: calc(var(--head) + 0.5rem); }
    h2 { display: flex; gap: 0.6rem; margin-block-end: 0.35rem; font-size: var(--size-text); font-weight: 650; color: var(--text-quiet); }
    checklist-item { scroll-margin-block-start: calc(var(--head) + 0.5rem); border-block-end: 1px solid var(--line); }
    section checklist-item:first-of-type { border-block-start: 1px solid var(--line); }
    .none { margin-block: 3rem; text-align: center; color: var(--text-quiet); }
    .end { margin-block: 2.5rem; color: var(--text-quiet); font-size: var(--size-small); overflow-wrap: anywhere; }
    @media (min-width: 48rem) {
      .columns { grid-template-columns: 13.5rem minmax(0, 1fr); }
    }
    @media (min-width: 72rem) {
      .columns { grid-template-columns: 13.5rem minmax(26rem, 1fr) minmax(26rem, 1.05fr); }
      .columns.alone { grid-template-columns: 13.5rem minmax(0, 1fr); }
    }
    @media (min-width: 48rem) and (min-height: 34rem) {
      report-summary { position: sticky; inset-block-start: 0; z-index: 5; }
      .contents, source-panel.beside { position: sticky; inset-block-start: var(--head); max-block-size: calc(100dvh - var(--head)); overflow: auto; align-self: start; }
      source-panel.beside { block-size: calc(100dvh - var(--head)); overflow: hidden; }
    }
    @media (max-width: 40rem) { .columns { padding-inline: 0.75rem; } }
    @media print {
      .contents, .drawer, .urgent, source-panel { display: none; }
      .columns { display: block; padding: 0; }
      report-summary { position: static; }
    }
  `];

  @property({ attribute: false }) session!: Session;
  @property({ attribute: false }) route: Route = HOME;
  @property({ attribute: false }) answers!: Answers;
  @property({ attribute: false }) problem: Problem | null = null;
  @state() private opened = new Set<string>();
  @state() private wide = matchMedia(WIDE).matches;
  @state() private narrow = matchMedia(NARROW).matches;
  @state() private printing = false;
  @query('report-summary') private summary!: ReportSummary;

  #visible: Visible[] = [];
  /** The item that was chosen for the reader when the report came up: nothing scrolls to it. */
  #presented: string | null = null;
  readonly #medias = [matchMedia(WIDE), matchMedia(NARROW)];
  readonly #onMedia = (): void => {
    this.wide = matchMedia(WIDE).matches;
    this.narrow = matchMedia(NARROW).matches;
  };
  readonly #onPrint = (event: Event): void => {
    this.printing = event.type === 'beforeprint';
    // Printing does not wait for the next frame.
    this.performUpdate();
  };
  readonly #headSize = new ResizeObserver(([entry]) => {
    const sticky = entry && getComputedStyle(entry.target).position === 'sticky';
    this.style.setProperty('--head', sticky ? `${Math.ceil(entry.borderBoxSize[0]?.blockSize ?? 0)}px` : '0px');
  });

  override connectedCallback(): void {
    super.connectedCallback();
    for (const media of this.#medias) media.addEventListener('change', this.#onMedia);
    window.addEventListener('beforeprint', this.#onPrint);
    window.addEventListener('afterprint', this.#onPrint);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const media of this.#medias) media.removeEventListener('change', this.#onMedia);
    window.removeEventListener('beforeprint', this.#onPrint);
    window.removeEventListener('afterprint', this.#onPrint);
    this.#headSize.disconnect();
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('session')) this.opened = new Set();
    const { item } = this.route;
    if (item !== null && (changed.has('route') || changed.has('session')) && changed.get('route')?.item !== item) {
      this.opened = new Set(this.opened).add(item);
    }
    this.#visible = visible(this.session.report, this.route, this.answers);
  }

  override firstUpdated(): void {
    this.#headSize.observe(this.summary);
  }

  override updated(changed: PropertyValues<this>): void {
    const before = changed.get('route');
    const { item, view } = this.route;
    if (before && before.view !== view) window.scrollTo({ top: 0 });
    if (!before || item === null || item === before.item) return;
    if (item !== this.#presented) void this.#reveal(item);
    this.#presented = null;
  }

  override render(): TemplateResult {
    const { report } = this.session;
    // The looks need the room; a file chosen from there opens over them.
    const alone = this.route.view === 'looks';
    const beside = this.wide && !alone;
    return html`
      <button class="button skip" @click=${() => { this.#step(1); }}>${t('skip')}</button>
      <report-summary .session=${this.session} .route=${this.route} .answers=${this.answers}></report-summary>
      <div class="columns ${alone ? 'alone' : ''}">
        ${this.narrow ? html`<details class="drawer"><summary>${t('contents.open')}</summary>${this.#contents()}</details>` : this.#contents()}
        <div>
          ${this.#notices()}
          ${this.route.view === 'looks'
            ? html`<kommo-looks .session=${this.session}></kommo-looks>`
            : html`${this.#urgent()}${SECTIONS.map((section) => this.#section(section))}`}
          ${this.#visible.length > 0 || this.route.view === 'looks' ? nothing : html`<div class="none">
            <p>${t('filter.none')}</p>
            <button class="link" @click=${() => { go(this, { show: [], mine: false, query: '' }); }}>${t('filter.clear')}</button>
          </div>`}
          <p class="end">${t('report.end', {
            version: `${report.tool.name} ${report.tool.version}`, edition: report.checklist.edition, hash: report.package.sha256?.slice(0, 16) ?? '-',
          })}</p>
        </div>
        <source-panel class=${beside ? 'beside' : 'sheet'} .session=${this.session} .route=${this.route} .beside=${beside} @reveal=${(event: CustomEvent<string>) => void this.#reveal(event.detail)}></source-panel>
      </div>`;
  }

  /** A new report is on the screen: its verdict is what a reader hears and sees first. */
  async arrive(): Promise<void> {
    await this.updateComplete;
    if (this.route.item === null) {
      const first = this.session.report.items.find((item) => item.status === 'fail') ?? this.session.report.items.find((item) => item.status === 'review');
      if (first && first.findings.length > 0) {
        this.#presented = first.id;
        go(this, { item: first.id, finding: 0 }, true);
      }
      window.scrollTo({ top: 0 });
    } else {
      void this.#reveal(this.route.item);
    }
    await this.summary.updateComplete;
    this.summary.focusVerdict();
  }

  /** Takes a single key; true when it meant something. */
  onKey(key: string): boolean {
    // What lies under the sheet takes no keys; those of the source walk on in it.
    if (this.#inSheet() && key !== 'n' && key !== 'p') return false;
    switch (key) {
      case 'j': return this.#step(1);
      case 'k': return this.#step(-1);
      case 'ArrowDown': return this.#onHeading() && this.#step(1);
      case 'ArrowUp': return this.#onHeading() && this.#step(-1);
      case 'n': return this.#stepFinding(1);
      case 'p': return this.#stepFinding(-1);
      case 'm': go(this, { mine: !this.route.mine }); return true;
      case '/': this.summary.focusSearch(); return true;
      case 'e': this.summary.openExport(); return true;
      case 'Escape': if (this.route.file === null) return false; go(this, { file: null, line: null }); return true;
      default: return false;
    }
  }

  #section(section: Section): TemplateResult | typeof nothing {
    const inside = this.#visible.filter(({ item }) => item.section === section);
    if (inside.length === 0) return nothing;
    return html`<section id=${section} aria-labelledby="title-${section}">
      <h2 id="title-${section}">${sectionTitle(section)}</h2>
      ${repeat(inside, ({ item }) => item.id, ({ item, findings }) => {
        const current = this.route.item === item.id;
        return html`<checklist-item id=${item.id} .session=${this.session} .item=${item} .shown=${findings}
          .open=${this.opened.has(item.id) || (this.printing && (item.status === 'fail' || item.status === 'review'))}
          .chosen=${current ? this.route.finding : null} .printing=${this.printing}
          .answered=${this.answers.has(this.session.report, item)}
          @toggle-item=${() => { this.#toggle(item.id); }}
          @answer=${(event: CustomEvent<boolean>) => { this.answers.set(this.session.report, item, event.detail); this.requestUpdate(); this.summary.requestUpdate(); }}
        ></checklist-item>`;
      })}
    </section>`;
  }

  /** What fails, in a few lines above the checklist, which keeps its own order. */
  #urgent(): TemplateResult | typeof nothing {
    const { show, query } = this.route;
    const failing = this.session.report.items.filter((item) => item.status === 'fail');
    if (failing.length === 0 || show.length > 0 || query !== '') return nothing;
    return html`<nav class="urgent" aria-labelledby="urgent">
      <h2 id="urgent">${t('urgent.title')}</h2>
      <ul>${failing.slice(0, MOST_URGENT).map((item) => html`<li><button @click=${() => { this.#toUrgent(item.id); }}>
        ${mark('fail')}<span><span class="title">${itemTitle(item)}</span><span class="small quiet">${item.findings.slice(0, 1).map((finding) => prose(messageOf(finding), finding.args))}</span></span></button></li>`)}</ul>
      ${failing.length > MOST_URGENT ? html`<button class="link small" @click=${() => { go(this, { show: ['fail'] }); }}>${t('more.entries', { n: failing.length - MOST_URGENT })}</button>` : nothing}
    </nav>`;
  }

  #toUrgent(id: string): void {
    this.opened = new Set(this.opened).add(id);
    go(this, { item: id, finding: 0, file: null, line: null });
    void this.#reveal(id);
  }

  #contents(): TemplateResult {
    return html`<report-contents class="contents" .session=${this.session} .route=${this.route} .visible=${this.#visible}></report-contents>`;
  }

  #notices(): TemplateResult | typeof nothing {
    const { leftOut, report } = this.session;
    const overlooked = report.not_examined;
    if (leftOut.length === 0 && overlooked.length === 0 && this.problem === null) return nothing;
    return html`<div class="notices">
      ${this.problem === null ? nothing : html`<div role="alert">${renderProblem(this.problem)}</div>`}
      ${leftOut.map((left) => html`<p class="notice" role="alert">${this.#leftOut(left)}</p>`)}
      ${overlooked.length === 0 ? nothing : html`<details class="notice"><summary>${t('not-examined', { n: overlooked.length })}</summary>
        <ul>${overlooked.slice(0, 200).map((entry) => html`<li>${entry.path === null ? nothing : html`<code>${shown(entry.path)}</code>: `}${prose(reasonOf(entry))}</li>`)}</ul>
        ${overlooked.length > 200 ? html`<p>${t('more.entries', { n: overlooked.length - 200 })}</p>` : nothing}
      </details>`}
    </div>`;
  }

  #leftOut({ path, rule, reason }: LeftOut): string {
    if (rule === null) return t(`left-out.${reason}`, { path: shown(path) });
    const facts = this.session.rule(rule);
    const item = facts && this.session.item(facts.item);
    return t(`left-out.rule.${reason}`, { rule: facts ? ruleWords(facts).title : rule, item: item ? itemTitle(item) : rule });
  }

  #toggle(id: string): void {
    const opened = new Set(this.opened);
    const opening = !opened.delete(id);
    if (opening) opened.add(id);
    this.opened = opened;
    const first = this.#visible.find(({ item }) => item.id === id)?.findings[0] ?? null;
    // The reader's own click has it in view already.
    if (opening) this.#presented = id;
    if (opening) go(this, { item: id, finding: first, file: null, line: null });
    else if (this.route.item === id) go(this, { item: null, finding: null, file: null, line: null });
  }

  #element(id: string): ChecklistItem | null { return this.renderRoot.querySelector(`checklist-item[id="${CSS.escape(id)}"]`); }

  async #reveal(id: string): Promise<void> {
    await this.updateComplete;
    this.#element(id)?.reveal(this.route.finding);
  }

  /** Whether an item's heading has the focus: elsewhere, arrows scroll. */
  #onHeading(): boolean {
    const focused = this.shadowRoot?.activeElement;
    return focused?.shadowRoot?.activeElement?.matches('.row') ?? false;
  }

  /** Focus to the next or previous item's heading. */
  #step(by: 1 | -1): boolean {
    const ids = this.#visible.map(({ item }) => item.id);
    const focused = this.shadowRoot?.activeElement?.closest('checklist-item')?.id as ItemId | undefined;
    const at = focused === undefined ? (by === 1 ? -1 : ids.length) : ids.indexOf(focused);
    const next = ids[at + by];
    if (next !== undefined) this.#element(next)?.focusHeading();
    return true;
  }

  /** To the next or previous finding, into the next item when one ends. */
  #stepFinding(by: 1 | -1): boolean {
    const all = this.#visible.flatMap(({ item, findings }) => findings.map((index) => ({ item, index })));
    const at = all.findIndex(({ item, index }) => item.id === this.route.item && index === (this.route.finding ?? (by === 1 ? -1 : 0)));
    const fallback = all.findIndex(({ item }) => item.id === this.route.item);
    const next = all[at >= 0 ? at + by : fallback >= 0 ? fallback : by === 1 ? 0 : all.length - 1];
    if (!next) return true;
    const same = next.item.id === this.route.item;
    this.opened = new Set(this.opened).add(next.item.id);
    const file = this.#inSheet() ? next.item.findings[next.index]?.path ?? null : null;
    go(this, { item: next.item.id, finding: next.index, file, line: null }, same);
    void this.#reveal(next.item.id);
    return true;
  }

  /** Whether a file lies over the report. */
  #inSheet(): boolean { return this.route.file !== null && !(this.wide && this.route.view === 'items'); }
}
