/** The report as a file, or on paper. */
import type { Session } from './session.ts';

export const FORMATS = ['json', 'print'] as const;
export type Format = (typeof FORMATS)[number];

/** Hands the report over in this form. */
export function exportAs(format: Format, session: Session): void {
  if (format === 'print') window.print();
  else save(`${JSON.stringify(session.report)}\n`, 'application/json', `${session.report.package.name}.json`);
}

function save(text: string, type: string, name: string): void {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => { URL.revokeObjectURL(address); }, 10_000);
}
