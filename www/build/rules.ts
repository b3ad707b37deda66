/** A static page for each rule, made from the rules themselves: `rules/<id>.html` beside the page, without a script. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import init, { checklist, rules, type ChecklistItem, type Example, type RuleInfo } from 'kommo-preflight';
import type { Plugin } from 'vite';
import { shown } from '../src/invisible.ts';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const STYLE = 'rules/rules.css';
const POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'";

/** Adds the pages to the build, and serves them while the page is worked on. */
export function rulePages(): Plugin {
  return {
    name: 'rule-pages',
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const name = (request.url ?? '').replace(/^\//, '').replace(/[?#].*$/, '');
        if (!name.startsWith('rules/')) next();
        else void files().then((all) => {
          const text = all.get(name);
          if (text === undefined) next();
          else response.setHeader('content-type', name.endsWith('.css') ? 'text/css' : 'text/html').end(text);
        }, next);
      });
    },
    async generateBundle() {
      for (const [fileName, source] of await files()) this.emitFile({ type: 'asset', fileName, source });
    },
  };
}

/** Every file by its name. */
async function files(): Promise<Map<string, string>> {
  await init();
  const items = checklist();
  const all = rules();
  const style = readFileSync(here('../src/page.css'), 'utf8') + readFileSync(here('./rules.css'), 'utf8');
  const pages = all.map((rule): [string, string] => [`rules/${rule.id}.html`, rulePage(rule, items)]);
  return new Map([[STYLE, style], ['rules/index.html', index(all, items)], ...pages]);
}

function index(all: RuleInfo[], items: ChecklistItem[]): string {
  const list = items.map((item) => {
    const own = all.filter((rule) => rule.item === item.id);
    if (own.length === 0) return '';
    const lines = own.map((rule) => `<li><a href="./${rule.id}.html">${prose(rule.title)}</a> <code>${rule.id}</code></li>`);
    return `<section><h2>${prose(item.title)}</h2><p>${prose(item.asks)}</p><ul>${lines.join('')}</ul></section>`;
  });
  return document('Rules', `<h1>Rules</h1><p>What the checker looks for, under the line of the checklist that it serves.</p>${list.join('\n')}`);
}

function rulePage(rule: RuleInfo, items: ChecklistItem[]): string {
  const item = items.find(({ id }) => id === rule.item);
  const messages = rule.messages.map(({ id, text, help }) => `<dt>${prose(text)} <code>${rule.id}/${id}</code></dt><dd>${prose(help)}</dd>`);
  return document(rule.title, `<nav><a href="./index.html">All rules</a></nav>
<h1>${prose(rule.title)} <code>${rule.id}</code></h1>
${item === undefined ? '' : `<p class="item"><b>${prose(item.title)}</b> ${prose(item.asks)}</p>`}
<h2>Why</h2><p>${prose(rule.why)}</p>
<h2>How to repair it</h2><p>${prose(rule.fix)}</p>
${examples('What it catches', 'fail', rule.bad)}${examples('What it leaves alone', 'pass', rule.good)}
<h2>What it says</h2><dl>${messages.join('\n')}</dl>`);
}

function examples(heading: string, kind: 'fail' | 'pass', all: Example[]): string {
  if (all.length === 0) return '';
  const one = ({ path, text, marked }: Example): string => {
    const { start, end } = marked ?? { start: 0, end: 0 };
    const part = start === end ? '' : `<mark>${code(text.slice(start, end))}</mark>`;
    return `<figure class="${kind}"><figcaption><code>${escape(path)}</code></figcaption><pre>${code(text.slice(0, start))}${part}${code(text.slice(end))}</pre></figure>`;
  };
  return `<h2>${heading}</h2>${all.map(one).join('\n')}\n`;
}

function document(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escape(title.replaceAll('`', ''))} - Kommo preflight</title>
<link rel="icon" href="../icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="../${STYLE}">
</head>
<body>
<header><a href="../">Kommo preflight</a></header>
<main>
${body}
</main>
</body>
</html>
`;
}

/** A sentence with its code, between backticks, set as code. */
function prose(sentence: string): string {
  return sentence.split(/`([^`]+)`/).map((part, at) => (at % 2 === 1 ? `<code>${code(part)}</code>` : code(part))).join('');
}

/** Source text with what cannot be seen written out, but for its line breaks and tabs. */
function code(text: string): string {
  return escape(text.split(/([\n\t])/).map((part) => (part === '\n' || part === '\t' ? part : shown(part))).join(''));
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
