// A report as elements. Strings from an archive become text and nothing else.

const MARKS = { fail: '✗', review: '!', manual: '☞', pass: '✓', 'not-applicable': '–' };
const ORDER = ['fail', 'review', 'manual', 'pass', 'not-applicable'];

export function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

// The head of the report, which takes the focus, and its items, those that need somebody first.
export function render(report, words) {
  const head = make('h2', { part: 'verdict', tabindex: '-1' }, `${report.package.name}: ${words.verdict[report.verdict]}`);
  const counts = ORDER.filter((status) => report.counts[status] > 0)
    .map((status) => make('li', { part: `count count-${status}` }, `${MARKS[status]} ${report.counts[status]} ${words.status[status]}`));
  const items = ORDER.flatMap((status) => report.items.filter((item) => item.status === status))
    .map((item) => renderItem(item, words));
  return [head, make('ul', { part: 'counts' }, ...counts), ...renderUnexamined(report.not_examined, words), make('div', { part: 'items' }, ...items)];
}

function renderUnexamined(entries, words) {
  if (entries.length === 0) return [];
  const lines = entries.map((entry) => make('li', {}, entry.message));
  return [make('section', { part: 'not-examined' }, make('h3', {}, words.unexamined), make('ul', {}, ...lines))];
}

function renderItem(item, words) {
  const mark = make('span', { 'aria-hidden': 'true', class: 'mark' }, MARKS[item.status]);
  const summary = make('summary', { part: 'item-title' }, mark, `${item.title} (${words.status[item.status]})`);
  const details = make('details', { part: `item item-${item.status}` }, summary, make('p', { part: 'asks' }, item.asks));
  if (item.findings.length > 0) details.append(make('ul', { part: 'findings' }, ...item.findings.map((finding) => renderFinding(finding, words))));
  if (item.evidence.length > 0) details.append(make('ul', { part: 'evidence' }, ...item.evidence.map(renderEvidence)));
  return details;
}

function renderFinding(finding, words) {
  const line = make('li', { part: `finding finding-${finding.certainty}` }, make('p', { part: 'message' }, finding.message));
  const place = placeOf(finding);
  if (place) line.append(make('code', { part: 'place' }, place));
  if (finding.count > 1) line.append(` (${words.places(finding.count)})`);
  if (finding.help) line.append(make('p', { part: 'help' }, finding.help));
  return line;
}

function renderEvidence(evidence) {
  const line = make('li', {}, `${evidence.label}: ${evidence.value} `);
  const place = placeOf(evidence);
  if (place) line.append(make('code', { part: 'place' }, place));
  return line;
}

function placeOf({ path, range }) {
  if (path === null) return null;
  return range === null ? path : `${path}:${range.start.line}:${range.start.column}`;
}
