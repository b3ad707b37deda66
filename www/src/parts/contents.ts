/** The left column: the checklist's sections with what they hold, and the package's files. */
import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Visible } from '../filter.ts';
import { go } from '../going.ts';
import { mark, shared } from '../look.ts';
import { HOME, type Route } from '../route.ts';
import type { Session } from '../session.ts';
import { sectionTitle } from '../texts.ts';
import { SECTIONS, type Section, type Status } from '../wire.ts';
import { t } from '../words.ts';
import './files.ts';

@customElement('report-contents')
export class ReportContents extends LitElement {
  static override styles = [shared, css`
    :host { padding-block: 1.25rem; font-size: var(--size-small); }
    nav { margin-block-end: 1.5rem; }
    h2 { padding: 0 0.5rem 0.3rem; font-size: var(--size-small); font-weight: 600; color: var(--text-quiet); }
    li > button { display: flex; width: 100%; align-items: center; gap: 0.5rem; min-height: 2rem; padding: 0.2rem 0.5rem; border: 0; border-radius: var(--round-small); background: none; text-align: start; cursor: pointer; }
    li > button:hover { background: var(--ground-hover); }
    li > button[aria-current=true] { background: var(--accent-ground); font-weight: 600; }
    .name { flex: 1; }
    .count { display: inline-flex; align-items: center; gap: 0.2rem; font-variant-numeric: tabular-nums; }
    .count .mark { width: 0.85rem; height: 0.85rem; }
  `];

  @property({ attribute: false }) session!: Session;
  @property({ attribute: false }) route: Route = HOME;
  @property({ attribute: false }) visible: Visible[] = [];

  override render(): TemplateResult {
    const here = this.route.item === null ? null : this.session.item(this.route.item)?.section;
    return html`
      <nav aria-label=${t('contents.sections')}>
        <h2 aria-hidden="true">${t('contents.sections')}</h2>
        <ul>
          ${SECTIONS.map((section) => html`<li><button aria-current=${this.route.view === 'items' && here === section ? 'true' : nothing} @click=${() => { this.#toSection(section); }}>
            <span class="name">${sectionTitle(section)}</span>${this.#count(section, 'fail')}${this.#count(section, 'review')}</button></li>`)}
          <li><button aria-current=${this.route.view === 'looks' ? 'true' : nothing} @click=${() => { go(this, { view: 'looks', file: null, line: null }); }}><span class="name">${t('looks.title')}</span></button></li>
        </ul>
      </nav>
      <nav aria-label=${t('contents.files')}>
        <h2 aria-hidden="true">${t('contents.files')}</h2>
        <file-tree .session=${this.session} .current=${this.route.file}></file-tree>
      </nav>`;
  }

  #count(section: Section, status: Status): TemplateResult | typeof nothing {
    const count = this.session.report.items.filter((item) => item.section === section && item.status === status).length;
    return count === 0 ? nothing : html`<span class="count">${mark(status)}<span class="unseen">${t(`status.count.${status}`, { n: count })}</span><span aria-hidden="true">${count}</span></span>`;
  }

  #toSection(section: Section): void {
    const filtered = !this.visible.some(({ item }) => item.section === section);
    go(this, { view: 'items', item: null, finding: null, file: null, line: null, ...(filtered ? { show: [], mine: false, query: '' } : {}) });
    // The section exists after the report has drawn itself anew.
    requestAnimationFrame(() => {
      const report = this.getRootNode() as ShadowRoot;
      const title = report.getElementById(`title-${section}`);
      title?.setAttribute('tabindex', '-1');
      title?.focus({ preventScroll: true });
      report.getElementById(section)?.scrollIntoView({ block: 'start' });
    });
  }
}
