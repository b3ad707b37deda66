/** The package's files as a tree, each with what was found in it. */
import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { go } from '../going.ts';
import { shown } from '../invisible.ts';
import { icon, mark, shared } from '../look.ts';
import type { Session } from '../session.ts';
import { number, size, t } from '../words.ts';
import { treeOf, type Folder } from '../tree.ts';

/** Entries of one folder drawn at once. */
const PORTION = 300;

@customElement('file-tree')
export class FileTree extends LitElement {
  static override styles = [shared, css`
    ul ul { margin-inline-start: 0.85rem; border-inline-start: 1px solid var(--line); padding-inline-start: 0.25rem; }
    button { display: flex; width: 100%; align-items: center; gap: 0.35rem; min-height: 1.75rem; padding: 0.1rem 0.5rem; border: 0; border-radius: var(--round-small); background: none; text-align: start; cursor: pointer; }
    button:hover { background: var(--ground-hover); }
    button[aria-current=true] { background: var(--accent-ground); font-weight: 600; }
    .icon { flex: none; width: 0.95rem; height: 0.95rem; color: var(--text-quiet); }
    .name { flex: 1; min-width: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
    .unreached .name { color: var(--text-quiet); font-style: italic; }
    .count { display: inline-flex; align-items: center; gap: 0.15rem; font-variant-numeric: tabular-nums; }
    .count .mark { width: 0.8rem; height: 0.8rem; }
  `];

  @property({ attribute: false }) session!: Session;
  @property({ attribute: false }) current: string | null = null;
  @state() private closed = new Set<string>();
  @state() private portions = new Map<string, number>();

  override render(): TemplateResult {
    return this.#folder(treeOf(this.session.report.package.files));
  }

  #folder(folder: Folder): TemplateResult {
    const most = this.portions.get(folder.path) ?? PORTION;
    const entries = folder.entries.slice(0, most);
    const left = folder.entries.length - entries.length;
    return html`<ul>
      ${entries.map((entry) => 'entries' in entry ? this.#subfolder(entry) : this.#file(entry.path, entry.name, entry.file.bytes, entry.file.reached))}
      ${left > 0 ? html`<li><button class="more" @click=${() => { this.portions = new Map(this.portions).set(folder.path, most + PORTION); }}>${t('more.entries', { n: left })}</button></li>` : nothing}
    </ul>`;
  }

  #subfolder(folder: Folder): TemplateResult {
    const open = !this.closed.has(folder.path);
    return html`<li>
      <button aria-expanded=${String(open)} @click=${() => { this.#toggle(folder.path); }}>${icon('folder')}<span class="name">${shown(folder.name)}</span></button>
      ${open ? this.#folder(folder) : nothing}
    </li>`;
  }

  #file(path: string, name: string, bytes: number, reached: boolean): TemplateResult {
    const findings = this.session.findingsIn(path);
    const certain = findings.filter(({ finding }) => finding.certainty === 'certain').length;
    const title = [shown(path), size(bytes), ...(reached ? [] : [t('files.unreached')])].join(' · ');
    return html`<li class=${reached ? '' : 'unreached'}>
      <button title=${title} aria-current=${this.current === path ? 'true' : nothing} @click=${() => { go(this, { file: path, line: null, finding: null }); }}>
        ${icon('file')}<span class="name">${shown(name)}</span>
        ${certain > 0 ? html`<span class="count">${mark('fail')}<span class="unseen">${t('findings.certain', { n: certain })}</span><span aria-hidden="true">${number(certain)}</span></span>` : nothing}
        ${findings.length > certain ? html`<span class="count">${mark('review')}<span class="unseen">${t('findings.suspect', { n: findings.length - certain })}</span><span aria-hidden="true">${number(findings.length - certain)}</span></span>` : nothing}
      </button>
    </li>`;
  }

  #toggle(path: string): void {
    const closed = new Set(this.closed);
    if (!closed.delete(path)) closed.add(path);
    this.closed = closed;
  }
}
