// <kommo-preflight>: a drop zone and the report, for somebody else's page. Styles and scripts stay inside its shadow.
import { check } from './check.js';
import { make, render } from './render.js';
import { translated } from './translation/index.js';
import { wordsOf } from './words.js';

const STYLE = `
  :host {
    display: block;
    color: var(--kommo-preflight-color, CanvasText);
    background: var(--kommo-preflight-background, Canvas);
    font: var(--kommo-preflight-font, 1rem/1.5 system-ui, sans-serif);
  }
  :host([hidden]) { display: none; }
  [part~="drop"] {
    display: grid; gap: .5em; justify-items: center; padding: 2em 1em; text-align: center;
    border: 2px dashed var(--kommo-preflight-border, GrayText); border-radius: var(--kommo-preflight-radius, .5em);
  }
  [part~="drop"].over { border-style: solid; border-color: var(--kommo-preflight-accent, Highlight); }
  [part~="verdict"] { margin: 1em 0 .5em; font-size: 1.25em; }
  [part~="counts"] { display: flex; flex-wrap: wrap; gap: .25em 1em; margin: 0 0 1em; padding: 0; list-style: none; }
  [part~="item"] { border-top: 1px solid var(--kommo-preflight-border, GrayText); padding: .5em 0; }
  summary { cursor: pointer; }
  .mark { display: inline-block; width: 1.5em; font-weight: bold; }
  [part~="item-fail"] .mark, [part~="count-fail"] { color: var(--kommo-preflight-fail, light-dark(#a4161a, #ff8b87)); }
  [part~="item-review"] .mark, [part~="count-review"] { color: var(--kommo-preflight-review, light-dark(#7a4b00, #f2b84b)); }
  [part~="item-pass"] .mark, [part~="count-pass"] { color: var(--kommo-preflight-pass, light-dark(#1b6b35, #7ed491)); }
  [part~="message"], [part~="help"] { margin: .25em 0; white-space: pre-wrap; overflow-wrap: anywhere; }
  [part~="place"] { overflow-wrap: anywhere; }
`;

// Node has no elements: there, the module can be imported and does nothing.
const Element = globalThis.HTMLElement ?? class {};

export class KommoPreflightElement extends Element {
  static observedAttributes = ['lang'];

  #input;
  #drop;
  #status;
  #result;
  #report = null;
  #running = null;

  constructor() {
    super();
    const shadow = this.attachShadow({ mode: 'open', delegatesFocus: true });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    shadow.adoptedStyleSheets = [sheet];
    this.#input = make('input', { type: 'file', id: 'file', part: 'input', accept: '.zip,application/zip' });
    this.#drop = make('div', { part: 'drop' });
    this.#status = make('p', { part: 'status', role: 'status' });
    this.#result = make('div', { part: 'report' });
    shadow.append(this.#drop, this.#status, this.#result);
    this.#input.addEventListener('change', () => this.#take(this.#input.files));
    this.#drop.addEventListener('dragover', (event) => this.#over(event, true));
    this.#drop.addEventListener('dragleave', (event) => this.#over(event, false));
    this.#drop.addEventListener('drop', (event) => {
      this.#over(event, false);
      this.#take(event.dataTransfer.files);
    });
  }

  connectedCallback() {
    this.#showDrop();
    void this.#showReport();
  }

  disconnectedCallback() {
    this.#running?.abort();
  }

  attributeChangedCallback() {
    if (!this.isConnected) return;
    this.#showDrop();
    void this.#showReport();
  }

  // The last report, or null.
  get report() {
    return this.#report;
  }

  // Checks a File, a Blob or bytes; a second call replaces the first. The report comes back and as an event.
  async check(archive, name = archive.name ?? 'widget.zip') {
    this.#running?.abort();
    const running = new AbortController();
    this.#running = running;
    this.#report = null;
    this.#result.replaceChildren();
    const code = this.getAttribute('widget-code');
    const onStep = (step, path) => { this.#status.textContent = path === null ? this.#words[step] : this.#words.examining(path); };
    onStep('reading', null);
    try {
      const report = await check(archive, name, code === null ? {} : { widget_code: code }, { signal: running.signal, onStep });
      this.#report = report;
      await this.#showReport();
      if (this.#running !== running) throw running.signal.reason;
      this.#result.querySelector('h2')?.focus();
      this.dispatchEvent(new CustomEvent('report', { detail: report }));
      return report;
    } catch (error) {
      if (!running.signal.aborted) {
        this.#status.textContent = this.#words.failed(error.message);
        this.dispatchEvent(new CustomEvent('error', { detail: { message: error.message } }));
      }
      throw error;
    }
  }

  // The element's language: its own attribute, else that of the part of the page around it.
  get #language() {
    return this.lang || this.closest?.('[lang]')?.lang || document.documentElement.lang || 'en';
  }

  get #words() {
    return wordsOf(this.#language);
  }

  #showDrop() {
    const words = this.#words;
    const label = make('label', { for: 'file', part: 'label' }, words.choose);
    this.#drop.replaceChildren(label, this.#input, make('span', {}, words.drop), make('small', { part: 'privacy' }, words.private));
  }

  // Shows the last report in the element's language; its words are English where the table cannot be loaded.
  async #showReport() {
    const report = this.#report;
    const language = this.#language;
    if (!report) return;
    const told = await translated(report, language).catch(() => report);
    if (report !== this.#report || language !== this.#language) return;
    this.#status.textContent = '';
    this.#result.replaceChildren(...render(told, this.#words));
  }

  #over(event, over) {
    event.preventDefault();
    this.#drop.classList.toggle('over', over);
  }

  #take(files) {
    const file = files?.[0];
    // The element has shown why, and said so by an event.
    if (file) this.check(file).catch(() => undefined);
  }
}

if (globalThis.customElements && !customElements.get('kommo-preflight')) customElements.define('kommo-preflight', KommoPreflightElement);
