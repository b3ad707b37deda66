/** The report's types, as the engine's package describes them, and the orders in which a reader meets them. */
import type { Section, Status } from 'kommo-preflight';

export type {
  Evidence, Example, Finding, Image, Item, ItemId, NotExamined, PackageFacts, Range, Related, Report, RuleInfo, Section, Status,
} from 'kommo-preflight';

/** The statuses in the order in which a reader needs them. */
export const STATUSES: readonly Status[] = ['fail', 'review', 'manual', 'pass', 'not-applicable'];

/** The checklist's sections, in its own order. */
export const SECTIONS: readonly Section[] = [
  'general', 'listing', 'copy', 'branding', 'slideshow', 'localization',
  'clean-files', 'interaction', 'styles', 'package', 'scripts',
];
