/** The report as a file, or on paper. */
import type { Session } from './session.ts';

export const FORMATS = ['json', 'markdown', 'html', 'print'] as const;
export type Format = (typeof FORMATS)[number];

/** Hands the report over in this form. */
export async function exportAs(format: Format, session: Session): Promise<void> {
  const { name } = session.report.package;
  switch (format) {
    case 'json': save(`${JSON.stringify(session.report)}\n`, 'application/json', `${name}.json`); break;
    case 'markdown': save(await session.render('markdown'), 'text/markdown', `${name}.md`); break;
    case 'html': save(await session.render('html'), 'text/html', `${name}.html`); break;
    case 'print': window.print(); break;
  }
}

function save(text: string, type: string, name: string): void {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => { URL.revokeObjectURL(address); }, 10_000);
}
