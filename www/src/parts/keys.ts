/** The list of keys, and whether single keys are on. */
import { LitElement, css, html, type TemplateResult } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import { storageOrNull } from '../answers.ts';
import { icon, shared } from '../look.ts';
import { t, type WordId } from '../words.ts';

const KEYS: readonly (readonly [string[], WordId])[] = [
  [['j', 'k', '↓', '↑'], 'keys.items'],
  [['Enter'], 'keys.enter'],
  [['n', 'p'], 'keys.findings'],
  [['m'], 'keys.mine'],
  [['/'], 'keys.search'],
  [['e'], 'keys.export'],
  [['Esc'], 'keys.close'],
  [['?'], 'keys.help'],
];
const OFF = 'kommo-preflight.single-keys-off';

@customElement('key-help')
export class KeyHelp extends LitElement {
  static override styles = [shared, css`
    dialog { width: min(28rem, calc(100vw - 2rem)); max-height: calc(100dvh - 2rem); overflow: auto; padding: 1.25rem; border: 1px solid var(--line); border-radius: 12px; background: var(--ground-raised); color: var(--text); }
    dialog::backdrop { background: rgb(0 0 0 / 40%); }
    .head { display: flex; justify-content: space-between; align-items: center; margin-bottom: 0.75rem; }
    h2 { font-size: var(--size-heading); }
    dl { display: grid; grid-template-columns: auto 1fr; gap: 0.5rem 1rem; align-items: center; }
    dt { display: flex; gap: 0.3rem; }
    kbd { min-width: 1.75rem; padding: 0.1rem 0.45rem; border: 1px solid var(--line-strong); border-bottom-width: 2px; border-radius: 5px; font-family: var(--code-font); font-size: var(--size-small); text-align: center; }
    label { display: flex; gap: 0.5rem; align-items: center; margin-top: 1rem; min-height: 2rem; cursor: pointer; }
  `];

  @query('dialog') private dialog!: HTMLDialogElement;
  @state() private off = storageOrNull()?.getItem(OFF) === '1';

  get isOpen(): boolean { return this.dialog.open; }

  open(): void { this.dialog.showModal(); }

  /** Whether a key press belongs to somebody else: to a field, to the browser, or to nobody because single keys are off. */
  ignores(event: KeyboardEvent): boolean {
    if (this.off || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return true;
    return event.composedPath().some((node) => node instanceof HTMLElement
      && (node.matches('input:not([type=checkbox]), textarea, select, [contenteditable=true], dialog:not(.sheet)')));
  }

  override render(): TemplateResult {
    return html`<dialog aria-labelledby="title" @click=${this.#onBackdrop}>
      <div class="head">
        <h2 id="title">${t('keys.title')}</h2>
        <button class="button plain" aria-label=${t('close')} @click=${() => { this.dialog.close(); }}>${icon('close')}</button>
      </div>
      <dl>${KEYS.map(([keys, words]) => html`<dt>${keys.map((key) => html`<kbd>${key}</kbd>`)}</dt><dd>${t(words)}</dd>`)}</dl>
      <label><input type="checkbox" .checked=${!this.off} @change=${this.#onSwitch}> ${t('keys.on')}</label>
    </dialog>`;
  }

  readonly #onBackdrop = (event: Event): void => {
    if (event.target === this.dialog) this.dialog.close();
  };

  readonly #onSwitch = (event: Event): void => {
    this.off = !(event.target as HTMLInputElement).checked;
    if (this.off) storageOrNull()?.setItem(OFF, '1');
    else storageOrNull()?.removeItem(OFF);
  };
}
