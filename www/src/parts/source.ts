/** The package's files, one at a time: beside the checklist on wide windows, as a sheet over it on narrow ones. */
import { LitElement, css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { Viewer } from '../editor.ts';
import { go } from '../going.ts';
import { whenIdle } from '../idle.ts';
import { shown } from '../invisible.ts';
import { icon, shared } from '../look.ts';
import { prose } from '../prose.ts';
import { HOME, type Route } from '../route.ts';
import type { Placed, Session } from '../session.ts';
import { itemTitle, messageOf } from '../texts.ts';
import type { Range } from '../wire.ts';
import { number, size, t } from '../words.ts';
import './zoom.ts';

/** The viewer's own chunk, fetched once the page has nothing else to do. */
const editor = (): Promise<typeof import('../editor.ts')> => import('../editor.ts');
whenIdle(() => { void editor(); });

@customElement('source-panel')
export class SourcePanel extends LitElement {
  static override styles = [shared, css`
    :host { min-width: 0; }
    .panel { display: grid; grid-template-rows: auto minmax(0, 1fr); block-size: 100%; min-width: 0; background: var(--ground); }
    :host(.beside) .panel { border-inline-start: 1px solid var(--line); }
    dialog { inset: 0; inline-size: 100%; max-inline-size: none; block-size: 100%; max-block-size: none; overflow: hidden; margin: 0; padding: 0; border: 0; background: var(--ground); color: var(--text); }
    .head { display: flex; flex-wrap: wrap; align-items: center; gap: 0.15rem 0.4rem; padding: 0.5rem 0.5rem 0.5rem 0.9rem; border-block-end: 1px solid var(--line); }
    h2 { flex: 1 1 8rem; min-width: 0; font: 600 var(--size-small) / 1.4 var(--code-font); overflow-wrap: anywhere; }
    h2 .small { display: block; font-family: var(--text-font); font-weight: 400; }
    .button { min-height: 2rem; padding: 0.1rem 0.55rem; font-size: var(--size-small); }
    .close { order: 1; }
    dialog .close { order: 0; }
    dialog h2 { flex: 1 1 calc(100% - 4rem); }
    .about .link { font: inherit; color: inherit; }
    .about { order: 2; flex-basis: 100%; font-size: var(--size-small); overflow-wrap: anywhere; }
    .body { min-block-size: 0; min-inline-size: 0; }
    .body > div { block-size: 100%; }
    .hint { display: grid; place-content: center; gap: 0.5rem; padding: 2rem; color: var(--text-quiet); text-align: center; }
    [hidden] { display: none !important; }
  `];

  @property({ attribute: false }) session!: Session;
  @property({ attribute: false }) route: Route = HOME;
  @property({ attribute: false }) beside = false;
  @state() private state: 'waiting' | 'text' | 'image' | 'nothing' = 'nothing';
  @state() private wrapped = false;
  @state() private canWrap = true;
  @query('.editor') private parent!: HTMLElement;
  @query('dialog') private dialog!: HTMLDialogElement | null;

  #viewer: Viewer | null = null;
  #mounted: { session: Session; path: string; parent: HTMLElement } | null = null;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#drop();
  }

  override render(): TemplateResult {
    const path = this.#path();
    if (this.beside) return path === null ? this.#hint() : this.#panel(path);
    // On a narrow window only a chosen file opens the sheet.
    return html`<dialog class="sheet" aria-label=${t('source.title')} @close=${this.#onClose}>${this.route.file === null || path === null ? nothing : this.#panel(path)}</dialog>`;
  }

  override updated(changed: PropertyValues<this>): void {
    if (!this.beside && this.dialog) {
      if (this.route.file !== null && !this.dialog.open) this.dialog.showModal();
      if (this.route.file === null && this.dialog.open) this.dialog.close();
    }
    if (changed.has('route') || changed.has('session') || changed.has('beside')) void this.#fill();
  }

  #hint(): TemplateResult {
    return html`<div class="panel"><div class="hint"><p>${t('source.hint')}</p></div></div>`;
  }

  #panel(path: string): TemplateResult {
    const facts = this.session.report.package.files.find((file) => file.path === path);
    const placed = this.session.findingsIn(path);
    const here = this.#placed();
    const at = here === null ? -1 : placed.indexOf(here);
    return html`<div class="panel">
      <div class="head">
        <h2>${shown(path)}${facts === undefined ? nothing : html` <span class="small quiet">${[
          size(facts.bytes), ...(facts.bundled ? [t('files.bundled')] : []), ...(facts.reached ? [] : [t('files.unreached')]),
        ].join(' · ')}</span>`}</h2>
        ${this.beside && this.route.file === null ? nothing : html`<button class="button plain close" aria-label=${t('close')} @click=${this.#onClose}>${icon('close')}</button>`}
        ${placed.length === 0 ? nothing : html`
          <span class="small quiet">${at < 0 ? t('findings', { n: placed.length }) : t('source.position', { at: number(at + 1), n: placed.length })}</span>
          <button class="button plain" aria-label=${t('source.previous')} ?disabled=${at === 0} @click=${() => { this.#toFinding(placed[at < 0 ? placed.length - 1 : at - 1]); }}>${icon('up')}</button>
          <button class="button plain" aria-label=${t('source.next')} ?disabled=${at === placed.length - 1} @click=${() => { this.#toFinding(placed[at + 1]); }}>${icon('down')}</button>`}
        ${this.state === 'text' ? html`
          <button class="button plain" @click=${() => this.#viewer?.find()}>${t('source.find')}</button>
          <button class="button plain" aria-pressed=${String(this.wrapped)} ?disabled=${!this.canWrap} @click=${this.#onWrap}>${t('source.wrap')}</button>` : nothing}
        ${here === null ? nothing : html`<p class="about quiet"><button class="link" @click=${() => { this.#tellItem(here); }}>${itemTitle(here.item)}</button>: ${prose(messageOf(here.finding), here.finding.args)}</p>`}
      </div>
      <div class="body">
        <div class="editor" ?hidden=${this.state !== 'text'}></div>
        ${this.state === 'image' ? html`<image-zoom .session=${this.session} .path=${path}></image-zoom>` : nothing}
        ${this.state === 'nothing' ? html`<div class="hint"><p>${t('source.binary')}</p></div>` : nothing}
      </div>
    </div>`;
  }

  /** The file to show: the one chosen, else the chosen finding's. */
  #path(): string | null {
    return this.route.file ?? this.#chosen()?.finding.path ?? null;
  }

  #chosen(): Placed | null {
    const item = this.route.item === null ? undefined : this.session.item(this.route.item);
    const index = this.route.finding ?? -1;
    const finding = item?.findings[index];
    return item && finding ? { item, index, finding } : null;
  }

  /** The chosen finding, when the shown file is its own and no other line was asked for. */
  #placed(): Placed | null {
    const chosen = this.#chosen();
    const path = this.#path();
    if (chosen === null || path === null || chosen.finding.path !== path || this.route.line !== null) return null;
    return this.session.findingsIn(path).find(({ finding }) => finding === chosen.finding) ?? null;
  }

  #place(): Range | number | null {
    return this.route.line ?? this.#placed()?.finding.range ?? null;
  }

  async #fill(): Promise<void> {
    const path = this.#path();
    const { session, parent } = this;
    if (path === null || !parent) { this.#drop(); return; }
    const same = this.#mounted?.session === session && this.#mounted.path === path && this.#mounted.parent === parent;
    if (!same) {
      this.#drop();
      this.#mounted = { session, path, parent };
      if (session.isPicture(path)) { this.state = 'image'; return; }
      const [lines, { mount, wrappable }] = await Promise.all([session.lines(path), editor()]);
      if (this.#mounted?.path !== path || this.#mounted.session !== session || this.#mounted.parent !== parent) return;
      if (lines === null) { this.state = 'nothing'; return; }
      this.state = 'text';
      this.canWrap = wrappable(lines.text);
      this.wrapped = this.canWrap && this.wrapped;
      await this.updateComplete;
      this.#viewer = mount({
        root: this.renderRoot as ShadowRoot, parent, path, text: lines.text, placed: session.findingsIn(path), wrapped: this.wrapped,
        onPick: (placed) => { this.#toFinding(placed); },
      });
    }
    this.#viewer?.show(this.#place());
  }

  #drop(): void {
    this.#viewer?.destroy();
    this.#viewer = null;
    this.#mounted = null;
  }

  #toFinding(placed: Placed | undefined): void {
    if (placed) go(this, { item: placed.item.id, finding: placed.index, file: placed.finding.path, line: null }, true);
  }

  /** Shows the finding in the checklist. */
  #tellItem({ item, index }: Placed): void {
    go(this, { view: 'items', item: item.id, finding: index, ...(this.beside ? {} : { file: null, line: null }) });
    this.dispatchEvent(new CustomEvent('reveal', { detail: item.id }));
  }

  readonly #onClose = (): void => {
    if (this.route.file !== null) go(this, { file: null, line: null });
  };

  readonly #onWrap = (): void => {
    this.wrapped = !this.wrapped;
    this.#viewer?.wrap(this.wrapped);
  };
}
