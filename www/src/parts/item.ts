/** An item of the checklist: one row until it is opened, then all that is known about it. */
import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { shown } from '../invisible.ts';
import { icon, mark, shared } from '../look.ts';
import { prose, shownLines } from '../prose.ts';
import type { Session } from '../session.ts';
import { helpOf, itemAsks, itemTitle, messageOf, ruleWords, valueOf } from '../texts.ts';
import type { Example, Finding, Item, RuleInfo } from '../wire.ts';
import { number, t } from '../words.ts';
import './evidence.ts';
import './findings.ts';
import './image.ts';
import type { FindingList } from './findings.ts';

@customElement('checklist-item')
export class ChecklistItem extends LitElement {
  static override styles = [shared, css`
    h3 { font-size: var(--size-text); font-weight: 550; }
    .row { display: flex; width: 100%; align-items: center; gap: 0.6rem; min-height: 2.6rem; padding: 0.4rem 0.4rem; border: 0; border-radius: var(--round-small); background: none; text-align: start; cursor: pointer; }
    .row:hover { background: var(--ground-quiet); }
    .row .icon { flex: none; width: 0.9rem; height: 0.9rem; color: var(--text-quiet); transition: rotate 0.12s; }
    .row[aria-expanded=true] .icon { rotate: 90deg; }
    .row[aria-expanded=true] .title { font-weight: 650; }
    .title { flex: none; max-width: 100%; }
    .wrap { display: flex; flex: 1; flex-wrap: wrap; align-items: baseline; gap: 0 0.75rem; min-width: 0; }
    .first { flex: 1 1 8rem; min-width: 0; overflow: hidden; color: var(--text-quiet); font-weight: 400; font-size: var(--size-small); text-overflow: ellipsis; white-space: nowrap; }
    .tag { flex: none; padding: 0 0.5rem; border-radius: 99px; font-size: var(--size-small); font-weight: 550; font-variant-numeric: tabular-nums; }
    .tag.fail { color: var(--fail); background: var(--fail-ground); }
    .tag.review { color: var(--review); background: var(--review-ground); }
    .tag.manual { color: var(--manual); background: var(--manual-ground); }
    .tag.answered { color: var(--pass); background: var(--pass-ground); }
    .body { display: grid; grid-template-columns: minmax(0, 1fr); gap: 1.1rem; padding: 0.1rem 0.4rem 1.5rem 2.15rem; }
    .asks { max-width: 44rem; color: var(--text-quiet); }
    h4 { margin-block-end: 0.35rem; font-size: var(--size-text); font-weight: 650; }
    .how { display: grid; grid-template-columns: minmax(0, 1fr); gap: 0.6rem; max-width: 52rem; }
    .examples { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(19rem, 100%), 1fr)); gap: 0.75rem; }
    figcaption { display: flex; align-items: center; gap: 0.35rem; margin-block-end: 0.25rem; font-size: var(--size-small); color: var(--text-quiet); }
    pre { margin: 0; padding: 0.6rem 0.75rem; overflow: auto; max-height: 20rem; border-radius: var(--round-small); background: var(--ground-quiet); white-space: pre-wrap; overflow-wrap: anywhere; tab-size: 4; }
    figcaption .mark { width: 0.9rem; height: 0.9rem; }
    mark { background: var(--mark); color: var(--mark-text); border-radius: 2px; }
    summary { cursor: pointer; }
    details > :not(summary) { margin-block-start: 0.6rem; }
    .tick { display: flex; align-items: flex-start; gap: 0.6rem; padding: 0.75rem 0.9rem; border-radius: var(--round); background: var(--manual-ground); cursor: pointer; }
    .tick input { flex: none; width: 1.15rem; height: 1.15rem; margin-block-start: 0.15rem; accent-color: var(--manual); }
    .tick .small { display: block; color: var(--text-quiet); }
    .silenced li { margin-block-start: 0.5rem; }
    @media (max-width: 40rem) { .body { padding-inline: 0.25rem; } .first { display: none; } }
    @media print { .row .icon { display: none; } .body { padding-inline-start: 1.7rem; } pre { max-height: none; border: 1px solid var(--line); } }
  `];

  @property({ attribute: false }) session!: Session;
  @property({ attribute: false }) item!: Item;
  /** The indices of the findings that the filters leave. */
  @property({ attribute: false }) shown: number[] = [];
  @property({ attribute: false }) open = false;
  @property({ attribute: false }) chosen: number | null = null;
  @property({ attribute: false }) answered = false;
  @property({ attribute: false }) printing = false;
  @query('.row') private heading!: HTMLButtonElement;

  override render(): TemplateResult {
    const { item } = this;
    return html`<article>
      <h3><button class="row" aria-expanded=${String(this.open)} aria-controls="body" @click=${() => this.dispatchEvent(new CustomEvent('toggle-item'))}>
        ${icon('open')}${mark(item.status === 'manual' && this.answered ? 'pass' : item.status)}<span class="unseen">${t(`status.${item.status}`)}: </span>
        <span class="wrap"><span class="title">${itemTitle(item)}</span>${this.open ? nothing : html`<span class="first">${firstPlace(item)}</span>`}</span>
        ${this.#tag()}
      </button></h3>
      <div id="body" class="body" ?hidden=${!this.open}>${this.open ? this.#body() : nothing}</div>
    </article>`;
  }

  focusHeading(): void {
    this.heading.focus({ preventScroll: true });
    this.scrollIntoView({ block: 'nearest' });
  }

  /** Brings the item, or one of its findings, into view. */
  reveal(finding: number | null): void {
    if (finding === null) this.scrollIntoView({ block: 'nearest' });
    else void this.updateComplete.then(() => this.renderRoot.querySelector<FindingList>('finding-list')?.reveal(finding));
  }

  #tag(): TemplateResult | typeof nothing {
    const { item } = this;
    const count = item.findings.reduce((sum, finding) => sum + finding.count, this.session.unlistedFindings(item));
    if (count > 0) return html`<span class="tag ${item.status}"><span aria-hidden="true">${number(count)}</span><span class="unseen">${t('findings', { n: count })}</span></span>`;
    if (item.status !== 'manual') return nothing;
    return this.answered ? html`<span class="tag answered">${t('answer.done')}</span>` : html`<span class="tag manual">${t('answer.open')}</span>`;
  }

  #body(): TemplateResult {
    const { item, session } = this;
    const ruleIds = [...new Set(item.findings.map((finding) => finding.rule))];
    const rules = ruleIds.flatMap((id) => session.rule(id) ?? []);
    const others = session.rulesOf(item).filter((rule) => !rules.includes(rule));
    return html`
      <p class="asks">${itemAsks(item)}</p>
      ${item.id === 'scoped-styles' && session.report.package.widget.code === null ? html`<p class="asks">${t('item.no-code')}</p>` : nothing}
      ${item.findings.length === 0 ? nothing : html`<finding-list .session=${session} .item=${item} .shown=${this.shown} .chosen=${this.chosen} .whole=${this.printing}></finding-list>`}
      ${unlisted(session.unlistedFindings(item))}
      ${rules.map((rule) => html`<div class="how"><h4>${t('item.how')}${rules.length > 1 ? html`: ${ruleWords(rule).title}` : nothing}</h4>${how(rule, item.findings.find((finding) => finding.rule === rule.id))}</div>`)}
      ${others.length === 0 ? nothing : html`<details><summary>${t('item.checked', { n: others.length })}</summary>
        ${others.map((rule) => html`<div class="how"><h4>${ruleWords(rule).title}</h4>${how(rule)}</div>`)}</details>`}
      <item-evidence .session=${session} .item=${item}></item-evidence>
      ${unlisted(session.unlistedEvidence(item))}
      ${item.silenced.length === 0 ? nothing : html`<details class="silenced"><summary>${t('item.silenced', { n: item.silenced.length })}</summary>
        <ul>${item.silenced.map((finding) => html`<li>${prose(messageOf(finding), finding.args)} <span class="quiet">${t('item.silenced.by', { place: `${shown(finding.source.path)}:${finding.source.line}`, reason: shown(finding.reason ?? '-') })}</span></li>`)}</ul></details>`}
      ${item.status === 'manual' ? html`<label class="tick"><input type="checkbox" .checked=${this.answered} @change=${this.#onTick}>
        <span>${t('answer.label')}<span class="small">${t('answer.note')}</span></span></label>` : nothing}`;
  }

  readonly #onTick = (event: Event): void => {
    this.dispatchEvent(new CustomEvent('answer', { detail: (event.target as HTMLInputElement).checked }));
  };
}

/** The first finding, or why there is none, in a few words, for a row that is closed. */
function firstPlace(item: Item): string {
  const [first] = item.findings;
  const unread = item.evidence.find(({ kind }) => kind === 'not-examined');
  if (!first) return unread ? shown(valueOf(unread)) : '';
  const place = first.path === null ? '' : `${first.path}${first.range === null ? '' : `:${first.range.start.line}`}  `;
  // Text alone: what marks code elsewhere would only be in the way.
  return shown(`${place}${messageOf(first)}`.replaceAll('`', ''));
}

/** What the engine counted and did not list. */
function unlisted(n: number): TemplateResult | typeof nothing {
  return n === 0 ? nothing : html`<p class="quiet">${t('unlisted', { n })}</p>`;
}

function how(rule: RuleInfo, finding?: Finding): TemplateResult {
  const [bad] = rule.bad;
  const [good] = rule.good;
  const { why, fix } = ruleWords(rule);
  return html`
    <p>${prose(why)}</p>
    ${finding !== undefined && fix === helpOf(finding) ? nothing : html`<p>${prose(fix)}</p>`}
    <div class="examples">
      ${bad === undefined ? nothing : html`<figure><figcaption>${mark('fail')}${t('example.bad')} · <code>${bad.path}</code></figcaption>${example(bad)}</figure>`}
      ${good === undefined ? nothing : html`<figure><figcaption>${mark('pass')}${t('example.good')} · <code>${good.path}</code></figcaption>${example(good)}</figure>`}
    </div>`;
}

/** An example's text, with the part marked that a finding would point at. */
function example({ text, marked }: Example): TemplateResult {
  const { start, end } = marked ?? { start: text.length, end: text.length };
  const part = start === end ? nothing : html`<mark>${shownLines(text.slice(start, end))}</mark>`;
  return html`<pre tabindex="0"><code>${shownLines(text.slice(0, start))}${part}${shownLines(text.slice(end))}</code></pre>`;
}
