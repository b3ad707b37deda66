/** Styles and marks that several components share. */
import { css, html, svg, type SVGTemplateResult, type TemplateResult } from 'lit';
import type { Status } from './wire.ts';

/** Goes first into every component's styles. */
export const shared = css`
  *, ::before, ::after { box-sizing: border-box; }
  :host { display: block; }
  [hidden], :host([hidden]) { display: none !important; }
  h1, h2, h3, h4, p, ul, ol, dl, dd, figure { margin: 0; padding: 0; }
  ul, ol { list-style: none; }
  button, input, select { font: inherit; color: inherit; }
  a { color: var(--accent); text-underline-offset: 0.15em; }
  code, pre, .code { font-family: var(--code-font); font-size: var(--size-small); }
  p code { padding: 0.05em 0.3em; border-radius: 4px; background: var(--ground-quiet); overflow-wrap: anywhere; }
  :focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: var(--round-small); }
  .quiet { color: var(--text-quiet); }
  .small { font-size: var(--size-small); }
  .unseen { position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
  .button {
    display: inline-flex; align-items: center; gap: 0.4rem; min-height: 2.25rem; padding: 0.25rem 0.8rem;
    border: 1px solid var(--line-strong); border-radius: var(--round-small); background: var(--ground-raised);
    color: var(--text); cursor: pointer; text-decoration: none; white-space: nowrap;
  }
  .button:hover { background: var(--ground-hover); }
  .button.main { background: var(--accent); border-color: var(--accent); color: var(--on-accent); font-weight: 600; }
  .button.plain { border-color: transparent; background: none; }
  .button.plain:hover { background: var(--ground-hover); }
  .button:disabled { opacity: 0.55; cursor: default; }
  .link { border: 0; padding: 0; background: none; color: var(--accent); cursor: pointer; text-decoration: underline; text-underline-offset: 0.15em; text-align: start; }
  .mark { flex: none; width: 1.125rem; height: 1.125rem; }
  .mark.fail { color: var(--fail); }
  .mark.review { color: var(--review); }
  .mark.manual { color: var(--manual); }
  .mark.pass { color: var(--pass); }
  .mark.not-applicable { color: var(--not-applicable); }
  .invisible {
    border: 1px solid currentColor; border-radius: 3px; padding: 0 0.2em; margin: 0 0.1em; font-size: 0.75em;
    color: var(--review); user-select: none;
  }
  @media (forced-colors: active) { [aria-pressed=true].button, button[aria-current=true] { border: 2px solid Highlight !important; } }
  @media (prefers-reduced-motion: reduce) { *, ::before, ::after { transition: none !important; animation: none !important; scroll-behavior: auto !important; } }
`;

/** The outcome marks differ in shape as well as in colour. */
const SHAPES: Record<Status, SVGTemplateResult> = {
  'fail': svg`<path d="M6.2 1.5h5.6l4.7 4.7v5.6l-4.7 4.7H6.2l-4.7-4.7V6.2z" fill="currentColor"/><path d="m6.3 6.3 5.4 5.4m0-5.4-5.4 5.4" stroke="var(--ground)" stroke-width="1.8" stroke-linecap="round"/>`,
  'review': svg`<path d="M9 1.6 17 16H1z" fill="currentColor" stroke="currentColor" stroke-width="1.2" stroke-linejoin="round"/><path d="M9 6.4v4.4m0 2.6v.2" stroke="var(--ground)" stroke-width="1.8" stroke-linecap="round"/>`,
  'manual': svg`<path d="M5.4 10V4.6a1.1 1.1 0 0 1 2.2 0V8m0 0V3.2a1.1 1.1 0 0 1 2.2 0V8m0 0V3.9a1.1 1.1 0 0 1 2.2 0V9m0-.6V5.8a1.1 1.1 0 0 1 2.2 0v5.4c0 3-1.9 5.3-4.9 5.3-2.5 0-3.6-1-4.8-3.2L3 10.3a1.1 1.1 0 0 1 1.9-1.1l.8 1.3" fill="none" stroke="currentColor" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round"/>`,
  'pass': svg`<circle cx="9" cy="9" r="7.25" fill="none" stroke="currentColor" stroke-width="1.5"/><path d="m5.7 9.3 2.3 2.3 4.4-4.9" fill="none" stroke="currentColor" stroke-width="1.7" stroke-linecap="round" stroke-linejoin="round"/>`,
  'not-applicable': svg`<path d="M4 9h10" stroke="currentColor" stroke-width="1.8" stroke-linecap="round"/>`,
};

/** An outcome's mark; the words stand beside it. */
export function mark(status: Status): TemplateResult {
  return html`<svg class="mark ${status}" viewBox="0 0 18 18" aria-hidden="true">${SHAPES[status]}</svg>`;
}

const ICONS = {
  open: svg`<path d="m6 4 5 5-5 5" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"/>`,
  close: svg`<path d="m5 5 8 8m0-8-8 8" stroke="currentColor" stroke-width="1.6" stroke-linecap="round"/>`,
  up: svg`<path d="m4 11 5-5 5 5" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"/>`,
  down: svg`<path d="m4 7 5 5 5-5" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"/>`,
  file: svg`<path d="M4.5 1.8h5.7l3.5 3.5v10.9H4.5zM10 2v3.6h3.6" fill="none" stroke="currentColor" stroke-width="1.3" stroke-linejoin="round"/>`,
  folder: svg`<path d="M1.8 4.2h5l1.5 1.9h7.9v8.2H1.8z" fill="none" stroke="currentColor" stroke-width="1.3" stroke-linejoin="round"/>`,
  lock: svg`<path d="M4.5 8h9v7h-9zM6.3 8V5.5a2.7 2.7 0 0 1 5.4 0V8" fill="none" stroke="currentColor" stroke-width="1.4" stroke-linejoin="round"/>`,
} as const;

/** The page's own mark. */
export const logo = html`<svg width="24" height="24" viewBox="0 0 64 64" aria-hidden="true"><rect width="64" height="64" rx="14" fill="#0a58ca"/><path d="M14 34 50 15l-8 35-10-11-8 6 1-10 20-16-24 17z" fill="#fff"/></svg>`;

/** A small picture beside words. */
export function icon(name: keyof typeof ICONS): TemplateResult {
  return html`<svg class="icon" width="18" height="18" viewBox="0 0 18 18" aria-hidden="true">${ICONS[name]}</svg>`;
}
