/** The first screen: what this does, and where to drop a widget. */
import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import type { Step } from '../engine/protocol.ts';
import { fromFiles, fromFolderInput, type Intake } from '../intake.ts';
import { shown } from '../invisible.ts';
import { icon, shared } from '../look.ts';
import { prose } from '../prose.ts';
import { t } from '../words.ts';

/** Why there is no report, or no new one. */
export type Problem =
  | { kind: 'unreadable'; name: string; reasons: string[] }
  | { kind: 'refused'; name: string; detail: string }
  | { kind: 'stopped'; name: string; at: Step | null; reason: 'trap' | 'silence' }
  | { kind: 'changed'; name: string }
  | { kind: 'nothing' | 'unreachable' | 'no-engine' | 'no-sample' };

/** A problem in sentences: what happened, and what can be done. */
export function problemText(problem: Problem): { title: string; lines: string[] } {
  switch (problem.kind) {
    case 'unreadable':
      return { title: t('problem.unreadable', { name: shown(problem.name) }), lines: [...new Set(problem.reasons), t('problem.unreadable.help')] };
    case 'refused':
      return { title: t('problem.unreadable', { name: shown(problem.name) }), lines: [problem.detail] };
    case 'stopped': {
      const place = placeOf(problem.at);
      const why = problem.reason === 'silence' ? t('problem.stopped.silence') : t('problem.stopped.trap');
      return { title: t('problem.stopped', { name: shown(problem.name) }), lines: [`${why} ${place}`, t('problem.stopped.help')] };
    }
    case 'changed': return { title: t('problem.changed', { name: shown(problem.name) }), lines: [t('problem.changed.help')] };
    case 'nothing': return { title: t('problem.nothing'), lines: [t('problem.nothing.help')] };
    case 'unreachable': return { title: t('problem.unreachable'), lines: [t('problem.unreachable.help')] };
    case 'no-engine': return { title: t('problem.no-engine'), lines: [t('problem.no-engine.help')] };
    case 'no-sample': return { title: t('problem.no-sample'), lines: [t('problem.no-engine.help')] };
  }
}

/** What the checker was busy with, as far as that is known. */
function placeOf(at: Step | null): string {
  if (at?.path) return t('problem.stopped.at', { path: shown(at.path) });
  if (at?.rule) return t('problem.stopped.rule', { rule: at.rule });
  return t('problem.stopped.somewhere');
}

@customElement('preflight-start')
export class Start extends LitElement {
  static override styles = [shared, css`
    :host { flex: 1; display: grid; place-items: center; padding: 1.5rem 1rem 4rem; }
    .inside { width: min(46rem, 100%); display: grid; gap: 1.5rem; }
    h1 { font-size: clamp(1.375rem, 4vw, 1.875rem); line-height: 1.25; font-weight: 650; letter-spacing: -0.012em; text-wrap: balance; }
    .lead { margin-top: 0.5rem; color: var(--text-quiet); text-wrap: pretty; }
    .zone {
      display: grid; justify-items: center; gap: 1.25rem; padding: clamp(2rem, 9vw, 4.5rem) 1rem;
      border: 2px dashed var(--line-strong); border-radius: 16px; background: var(--ground-quiet); text-align: center; cursor: pointer;
    }
    .zone:hover { border-color: var(--accent); }
    .zone strong { font-size: var(--size-heading); font-weight: 600; }
    .zone svg { color: var(--accent); }
    .buttons { display: flex; flex-wrap: wrap; justify-content: center; gap: 0.6rem; }
    .promise { display: flex; justify-content: center; align-items: center; gap: 0.4rem; color: var(--text-quiet); }
    .problem { padding: 0.9rem 1.1rem; border-inline-start: 4px solid var(--fail); border-radius: var(--round-small); background: var(--fail-ground); overflow-wrap: anywhere; }
    .problem h2 { font-size: 1rem; }
    details { justify-self: center; }
    summary { cursor: pointer; color: var(--text-quiet); }
    details label { display: grid; gap: 0.25rem; max-width: 30rem; margin-top: 0.6rem; }
    details input { min-height: 2.25rem; padding: 0 0.6rem; border: 1px solid var(--line-strong); border-radius: var(--round-small); background: var(--ground); }
  `];

  @property({ attribute: false }) problem: Problem | null = null;
  @property({ attribute: false }) widgetCode = '';
  @query('#archive') private archive!: HTMLInputElement;
  @query('#folder') private folder!: HTMLInputElement;

  override render(): TemplateResult {
    return html`<div class="inside">
      <div>
        <h1>${t('start.title')}</h1>
        <p class="lead">${t('start.lead')}</p>
      </div>
      <div role="alert">${this.problem === null ? nothing : renderProblem(this.problem)}</div>
      <div class="zone" @click=${this.#onZone}>
        <svg width="56" height="56" viewBox="0 0 56 56" fill="none" stroke="currentColor" stroke-width="2.5" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">
          <path d="M8 34v10a4 4 0 0 0 4 4h32a4 4 0 0 0 4-4V34"/><path d="M28 8v28m0 0L18 26m10 10 10-10"/>
        </svg>
        <strong>${t('start.drop')}</strong>
        <div class="buttons">
          <button class="button main" @click=${() => { this.archive.click(); }}>${t('start.choose')}</button>
          <button class="button" @click=${() => { this.folder.click(); }}>${t('start.folder')}</button>
          <button class="button" @click=${() => this.dispatchEvent(new CustomEvent('sample'))}>${t('start.sample')}</button>
        </div>
      </div>
      <input id="archive" type="file" accept=".zip,application/zip" hidden aria-label=${t('start.choose')} @change=${this.#onArchive}>
      <input id="folder" type="file" webkitdirectory hidden aria-label=${t('start.folder')} @change=${this.#onFolder}>
      <p class="promise">${icon('lock')} ${t('start.promise')}</p>
      <details>
        <summary>${t('start.code')}</summary>
        <label>
          <span class="small quiet">${t('start.code.why')}</span>
          <input autocomplete="off" autocapitalize="none" spellcheck="false" .value=${this.widgetCode} @input=${this.#onCode} aria-label=${t('start.code')}>
        </label>
      </details>
    </div>`;
  }

  /** The whole zone is a button for the mouse; its real buttons serve everybody else. */
  readonly #onZone = (event: Event): void => {
    if (!(event.target as Element).closest('button')) this.archive.click();
  };

  readonly #onArchive = (): void => {
    this.#pick(fromFiles([...(this.archive.files ?? [])]));
    this.archive.value = '';
  };

  readonly #onFolder = (): void => {
    this.#pick(fromFolderInput([...(this.folder.files ?? [])]));
    this.folder.value = '';
  };

  readonly #onCode = (event: Event): void => {
    const detail = (event.target as HTMLInputElement).value.trim();
    this.dispatchEvent(new CustomEvent('code', { detail }));
  };

  #pick(intake: Intake | null): void {
    this.dispatchEvent(new CustomEvent<Intake | null>('pick', { detail: intake }));
  }
}

/** The problem as a box of sentences. */
export function renderProblem(problem: Problem): TemplateResult {
  const { title, lines } = problemText(problem);
  return html`<div class="problem"><h2>${title}</h2>${lines.map((line) => html`<p>${prose(line)}</p>`)}</div>`;
}
