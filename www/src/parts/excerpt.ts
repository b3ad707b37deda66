/** The lines of source around a place, with the place marked. */
import { LitElement, css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { excerptOf, type Excerpt, type ExcerptLine, type MarkedPiece } from '../excerpt.ts';
import { shared } from '../look.ts';
import type { Session } from '../session.ts';
import type { Range } from '../wire.ts';
import { t } from '../words.ts';

/** Pixels between a mark that was brought into view and the edge. */
const GAP = 12;

@customElement('code-excerpt')
export class CodeExcerpt extends LitElement {
  static override styles = [shared, css`
    .lines { overflow-x: auto; border-radius: var(--round-small); background: var(--ground-quiet); padding-block: 0.35rem; line-height: 1.55; }
    pre { margin: 0; width: max-content; min-width: 100%; tab-size: 4; }
    .line { display: flex; padding-inline-end: 0.75rem; }
    .number { flex: none; min-width: 3.25rem; padding-inline: 0.5rem 0.85rem; text-align: end; color: var(--text-quiet); user-select: none; font-variant-numeric: tabular-nums; position: sticky; inset-inline-start: 0; background: var(--ground-quiet); }
    .here .number { background: color-mix(in srgb, var(--mark) 22%, var(--ground-quiet)); color: var(--text); font-weight: 600; }
    .here { background: color-mix(in srgb, var(--mark) 22%, transparent); }
    mark { background: var(--mark); color: var(--mark-text); border-radius: 2px; padding-block: 0.05em; }
    mark.empty { border-inline-start: 2px solid var(--fail); }
    mark .invisible { color: inherit; }
    .cut { color: var(--text-quiet); user-select: none; }
    .more { padding: 0.1rem 0 0 4.1rem; }
    .wait { min-height: 7.9rem; }
    @media print { .lines { border: 1px solid var(--line); } pre { width: auto; } .code { white-space: pre-wrap; } }
  `];

  @property({ attribute: false }) session!: Session;
  @property({ attribute: false }) path = '';
  @property({ attribute: false }) range!: Range;
  @state() private excerpt: Excerpt | null | 'waiting' = 'waiting';

  override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('path') && !changed.has('range') && !changed.has('session')) return;
    this.excerpt = 'waiting';
    const { path, range } = this;
    void this.session.lines(path).then((lines) => {
      if (path === this.path && range === this.range) this.excerpt = lines && excerptOf(lines, range);
    });
  }

  /** A mark beyond the edge of a narrow window is brought into view. */
  override updated(changed: PropertyValues<this>): void {
    if (!changed.has('excerpt' as keyof CodeExcerpt)) return;
    const mark = this.renderRoot.querySelector('mark');
    const box = this.renderRoot.querySelector('.lines');
    if (!mark || !box) return;
    const [inner, outer] = [mark.getBoundingClientRect(), box.getBoundingClientRect()];
    if (inner.right > outer.right) box.scrollLeft = Math.min(inner.right - outer.right + GAP, inner.left - outer.left - outer.width / 4);
  }

  override render(): TemplateResult | typeof nothing {
    if (this.excerpt === null) return nothing;
    if (this.excerpt === 'waiting') return html`<div class="lines wait"></div>`;
    const { lines, moreMarkedLines } = this.excerpt;
    return html`<div class="lines" tabindex="0" role="group" aria-label=${t('excerpt.label', { path: this.path })}>
      <pre><code>${lines.map((line) => renderLine(line))}</code></pre>
      ${moreMarkedLines > 0 ? html`<p class="more small quiet">${t('excerpt.more', { n: moreMarkedLines })}</p>` : nothing}
    </div>`;
  }
}

function renderLine(line: ExcerptLine): TemplateResult {
  return html`<span class="line ${line.marked ? 'here' : ''}"><span class="number" aria-hidden="true">${line.number}</span><span class="code">${line.cutBefore ? html`<span class="cut">… </span>` : nothing}${line.pieces.map(renderPiece)}${line.cutAfter ? html`<span class="cut"> …</span>` : nothing}
</span></span>`;
}

function renderPiece({ text, invisible, marked }: MarkedPiece): TemplateResult | string {
  const inner = invisible ? html`<span class="invisible">${text}</span>` : text;
  return marked ? html`<mark class=${text === '' ? 'empty' : ''}>${inner}</mark>` : html`${inner}`;
}
