/** The whole page: takes a package, has it checked, and shows the start or the report. */
import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { keyed } from 'lit/directives/keyed.js';
import { Answers } from './answers.ts';
import { Engine, Refused, Replaced, Stopped, type Checked } from './engine/client.ts';
import type { Step } from './engine/protocol.ts';
import type { Going } from './going.ts';
import { fromFiles, fromTransfer, type Intake } from './intake.ts';
import { shown } from './invisible.ts';
import { logo, shared } from './look.ts';
import type { NewVersion } from './offline.ts';
import { format, HOME, parse, type Route } from './route.ts';
import { sample } from './sample.ts';
import { Session } from './session.ts';
import { loadReportWords, reasonOf } from './texts.ts';
import type { Report } from './wire.ts';
import { currentLanguage, LANGUAGES, setLanguage, t, type Language } from './words.ts';
import './parts/start.ts';
import './parts/report.ts';
import './parts/keys.ts';
import type { Problem } from './parts/start.ts';
import type { ReportView } from './parts/report.ts';
import type { KeyHelp } from './parts/keys.ts';

/** Work shorter than this, in milliseconds, shows no progress at all. */
const PATIENCE = 300;

@customElement('preflight-app')
export class App extends LitElement {
  static override styles = [shared, css`
    :host { display: flex; flex-direction: column; min-height: 100dvh; }
    header { display: flex; align-items: center; gap: 0.75rem; padding: 0.5rem 1.25rem; }
    header a { display: inline-flex; align-items: center; gap: 0.55rem; color: var(--text); font-weight: 650; text-decoration: none; }
    header .space { flex: 1; }
    .version { font-size: var(--size-small); color: var(--text-quiet); }
    select { min-height: 2.25rem; padding: 0 0.4rem; border: 1px solid transparent; border-radius: var(--round-small); background: var(--ground); cursor: pointer; }
    select:hover { background: var(--ground-hover); }
    main { flex: 1; display: flex; flex-direction: column; }
    .over { position: fixed; inset: 0; z-index: 20; display: grid; place-items: center; padding: 1rem; background: var(--accent-ground); opacity: 0.97; pointer-events: none; }
    .over p { display: grid; place-items: center; inline-size: 100%; block-size: 100%; border: 3px dashed var(--accent); border-radius: 16px; color: var(--accent); font-size: var(--size-heading); font-weight: 600; }
    .working { position: fixed; inset-inline: 0; inset-block-start: 0; z-index: 15; }
    .working .bar { height: 3px; overflow: hidden; background: var(--accent-ground); }
    .working .bar::after { content: ''; display: block; width: 35%; height: 100%; background: var(--accent); animation: travel 1.2s ease-in-out infinite alternate; }
    .working p { width: fit-content; max-width: 90vw; margin: 0.5rem auto; padding: 0.3rem 0.9rem; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; border: 1px solid var(--line); border-radius: 99px; background: var(--ground-raised); }
    @keyframes travel { from { translate: 0 0; } to { translate: 185% 0; } }
    @media (prefers-reduced-motion: reduce) { .working .bar::after { width: 100%; } }
    @media (max-width: 40rem) { header { padding-inline: 0.75rem; } header .keys { display: none; } }
    @media print { header, .working { display: none; } }
  `];

  @state() private session: Session | null = null;
  @state() private step: Step | null = null;
  @state() private problem: Problem | null = null;
  @state() private dragging = false;
  @state() private route: Route = parse(location.hash);
  @state() private language = currentLanguage();
  @state() private newVersion: NewVersion | null = null;

  readonly #engine = new Engine();
  readonly #answers = new Answers();
  #intake: Intake | null = null;
  /** The last report, kept when its page is left: the next check tells what changed. */
  #before: Report | null = null;
  #widgetCode = '';

  override connectedCallback(): void {
    super.connectedCallback();
    this.#engine.rules().catch((error: unknown) => { if (!(error instanceof Replaced)) this.problem = { kind: 'no-engine' }; });
    void sample.warmUp();
    window.addEventListener('popstate', this.#onPopState);
    window.addEventListener('dragover', this.#onDragOver);
    window.addEventListener('dragleave', this.#onDragLeave);
    window.addEventListener('drop', this.#onDrop);
    window.addEventListener('paste', this.#onPaste);
    window.addEventListener('new-version', this.#onNewVersion);
    window.launchQueue?.setConsumer(({ files }) => { if (files[0]) void this.#open(files[0]); });
    document.addEventListener('keydown', this.#onKey);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener('popstate', this.#onPopState);
    window.removeEventListener('dragover', this.#onDragOver);
    window.removeEventListener('dragleave', this.#onDragLeave);
    window.removeEventListener('drop', this.#onDrop);
    window.removeEventListener('paste', this.#onPaste);
    window.removeEventListener('new-version', this.#onNewVersion);
    document.removeEventListener('keydown', this.#onKey);
  }

  /** Opens a file that the operating system handed to the installed app. */
  async #open(handle: FileSystemFileHandle): Promise<void> {
    const intake = fromFiles([await handle.getFile()], handle);
    if (intake) await this.#check(intake);
  }

  override render(): TemplateResult {
    return html`${keyed(this.language, html`
      <header>
        <a href="./" @click=${this.#onHome}>${logo}${t('app.name')}</a>
        <span class="space"></span>
        ${this.newVersion === null ? nothing : html`<p class="version" role="status">${this.newVersion.alone
          ? html`${t('version.ready')} <button class="link" @click=${this.newVersion.start}>${t('version.start')}</button>`
          : t('version.later')}</p>`}
        <button class="button plain keys" @click=${() => { this.#help(); }}>${t('keys.open')}</button>
        <label><span class="unseen">${t('app.language')}</span>
          <select @change=${this.#onLanguage}>
            ${Object.entries(LANGUAGES).map(([code, name]) => html`<option value=${code} lang=${code} ?selected=${code === this.language}>${name}</option>`)}
          </select>
        </label>
      </header>
      <main>
        ${this.session === null
          ? html`<preflight-start .problem=${this.problem} .widgetCode=${this.#widgetCode}
              @pick=${(event: CustomEvent<Intake | null>) => this.#take(Promise.resolve(event.detail))}
              @sample=${this.#onSample}
              @code=${(event: CustomEvent<string>) => { this.#widgetCode = event.detail; }}></preflight-start>`
          : html`<report-view .session=${this.session} .route=${this.route} .answers=${this.#answers} .problem=${this.problem}
              @go=${(event: CustomEvent<Going>) => { this.#go(event.detail); }}
              @again=${this.#onAgain}
              @another=${this.#onHome}></report-view>`}
      </main>
      <key-help></key-help>
      <div class="working" role="status">${this.step === null ? nothing : html`<div class="bar"></div><p>${stepText(this.step)}</p>`}</div>
      ${this.dragging ? html`<div class="over"><p>${t('drop.here')}</p></div>` : nothing}
    `)}`;
  }

  async #check(intake: Intake): Promise<void> {
    this.#intake = intake;
    this.problem = null;
    let step: Step = { step: 'reading', path: null, rule: null };
    let patient = true;
    const show = (): void => { patient = false; this.step = step; };
    const timer = setTimeout(show, PATIENCE);
    try {
      const options = this.#widgetCode === '' ? {} : { widget_code: this.#widgetCode };
      const checked = await this.#engine.check(intake, options, (next) => {
        step = next;
        if (!patient) this.step = next;
      });
      await this.#present(checked, intake.name);
    } catch (error) {
      if (error instanceof Replaced) return;
      this.problem = problemOf(error, intake.name);
    } finally {
      clearTimeout(timer);
      if (this.#intake === intake) this.step = null;
    }
  }

  async #present(checked: Checked, name: string): Promise<void> {
    await loadReportWords();
    if (checked.report.verdict === 'unreadable') {
      this.#leave();
      this.problem = { kind: 'unreadable', name, reasons: checked.report.not_examined.map(reasonOf) };
      return;
    }
    void this.session?.close();
    const first = this.session === null;
    this.session = new Session(checked, await this.#engine.rules(), this.#engine, this.#before);
    this.#before = checked.report;
    // A link that names an item keeps it; a new package starts with nothing chosen.
    if (!first) this.#go({ change: HOME, replace: true });
    document.title = t('app.title.report', { name: shown(name) });
    await this.updateComplete;
    await this.#report()?.arrive();
  }

  #report(): ReportView | null { return this.renderRoot.querySelector('report-view'); }

  #help(): void { this.renderRoot.querySelector<KeyHelp>('key-help')?.open(); }

  #go({ change, replace }: Going): void {
    const next = { ...this.route, ...change };
    const address = format(next) || location.pathname + location.search;
    if (format(next) === format(this.route)) { this.route = next; return; }
    if (replace) history.replaceState(null, '', address);
    else history.pushState(null, '', address);
    this.route = next;
  }

  /** Back to the start, where another package can be given. */
  #leave(): void {
    void this.session?.close();
    this.session = null;
    document.title = t('app.title');
  }

  readonly #onHome = (event: Event): void => {
    event.preventDefault();
    this.#leave();
    this.problem = null;
    this.#go({ change: HOME });
  };

  readonly #onAgain = async (): Promise<void> => {
    const intake = this.#intake;
    if (!intake) return;
    try {
      await this.#check(intake.again ? await intake.again() : intake);
    } catch {
      this.problem = { kind: 'changed', name: intake.name };
    }
  };

  readonly #onSample = async (): Promise<void> => {
    try {
      await this.#check(await sample.intake());
    } catch {
      this.problem = { kind: 'no-sample' };
    }
  };

  readonly #onLanguage = async (event: Event): Promise<void> => {
    const next = (event.target as HTMLSelectElement).value as Language;
    await setLanguage(next, true);
    await loadReportWords();
    this.language = next;
    await this.updateComplete;
    // Everything was drawn anew, the list of languages too.
    this.renderRoot.querySelector('select')?.focus();
  };

  readonly #onNewVersion = (event: CustomEvent<NewVersion>): void => { this.newVersion = event.detail; };

  readonly #onPopState = (): void => {
    this.route = parse(location.hash);
  };

  readonly #onDragOver = (event: DragEvent): void => {
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'copy';
    this.dragging = true;
  };

  readonly #onDragLeave = (event: DragEvent): void => {
    if (event.relatedTarget === null) this.dragging = false;
  };

  readonly #onDrop = (event: DragEvent): void => {
    this.dragging = false;
    if (!event.dataTransfer) return;
    event.preventDefault();
    void this.#take(fromTransfer(event.dataTransfer));
  };

  readonly #onPaste = (event: ClipboardEvent): void => {
    if (event.clipboardData && event.clipboardData.files.length > 0) {
      event.preventDefault();
      void this.#take(fromTransfer(event.clipboardData));
    }
  };

  async #take(giving: Promise<Intake | null>): Promise<void> {
    try {
      const intake = await giving;
      if (intake) await this.#check(intake);
      else this.problem = { kind: 'nothing' };
    } catch {
      this.problem = { kind: 'unreachable' };
    }
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    const help = this.renderRoot.querySelector<KeyHelp>('key-help');
    if (!help || help.isOpen || help.ignores(event)) return;
    if (event.key === '?') {
      event.preventDefault();
      help.open();
    } else if (this.#report()?.onKey(event.key)) {
      event.preventDefault();
    }
  };
}

function stepText({ step, path }: Step): string {
  const words = t(`step.${step}`);
  return path === null ? words : t('step.file', { step: words, path: shown(path) });
}

function problemOf(error: unknown, name: string): Problem {
  if (error instanceof Stopped) return { kind: 'stopped', name, at: error.at, reason: error.reason };
  if (error instanceof Refused) return { kind: 'refused', name, detail: error.message };
  return { kind: 'no-engine' };
}

