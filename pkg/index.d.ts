/** Checks a Kommo widget archive against the marketplace's publishing checklist. Nothing leaves the machine it runs on. */

/** What the engine can be loaded from. */
export type Source = URL | string | Request | Response | PromiseLike<Response> | BufferSource | WebAssembly.Module;

/** Loads the engine; call it once before anything else. Later calls wait for the same load. Without a source, the wasm beside this package is taken. */
export default function init(source?: Source): Promise<void>;

/** The engine's version. */
export function version(): string;

/** The checklist's items, in order. */
export function checklist(): ChecklistItem[];

/** Every rule, in report order. */
export function rules(): RuleInfo[];

/** A widget package in the engine's memory. Call `free` when done with it. */
export class Package {
  private constructor();

  /**
   * Reads a zip archive. What cannot be read is named in the report; this throws only when the caller's arguments are wrong.
   * A Blob is read in place, which browsers allow in workers only: elsewhere, give the bytes.
   */
  static open(archive: Uint8Array | Blob, name: string, options?: Options, progress?: Progress): Package;

  /** Reads the files of a folder; each path is relative to it, with slashes. */
  static openFolder(files: FolderFile[], name: string, options?: Options, progress?: Progress): Package;

  /** Runs every rule. `JSON.stringify` of the report equals what the command prints as JSON. */
  check(): Report;

  /** Runs every rule: the report as the bytes of its JSON, which a worker can transfer without copying them. */
  checkJson(): Uint8Array<ArrayBuffer>;

  /** Runs every rule: the report as a document, as the command writes it. */
  render(format: 'markdown' | 'html'): string;

  /** A file's text, secrets that a check found dotted out; undefined when there is no such file, or when it is not text in UTF-8. */
  text(path: string): string | undefined;

  /** A file's bytes; undefined when there is no such file. */
  bytes(path: string): Uint8Array<ArrayBuffer> | undefined;

  /** A picture that is safe to decode, by its header and size; undefined for everything else. */
  preview(path: string): Blob | undefined;

  /** Gives the memory back. The handle is of no use afterwards. */
  free(): void;
  [Symbol.dispose](): void;
}

/** What the caller asks of a check. */
export interface Options {
  /** The widget's code, as the integration's form shows it, when the manifest does not name it. */
  widget_code?: string;
  /** Paths to leave out, because an earlier attempt on them ended the worker; the report names them. */
  skip?: string[];
  /** Rules to leave out, because an earlier attempt on them ended the worker; the report names them. */
  skip_rules?: string[];
}

/** A file of a folder, by its path inside that folder. */
export type FolderFile = { path: string; bytes: Uint8Array } | { path: string; blob: Blob };

/** Called with what is being done, and on which file or by which rule where there is one. */
export type Progress = (step: Step, path: string | null, rule: RuleId | null) => void;

/** What the engine is doing. */
export type Step = 'reading' | 'examining' | 'checking';

/** A line of the checklist. */
export interface ChecklistItem {
  id: ItemId;
  section: Section;
  title: string;
  asks: string;
}

/** A rule: one check that serves an item. */
export interface RuleInfo {
  id: RuleId;
  item: ItemId;
  title: string;
  why: string;
  fix: string;
  messages: { id: string; text: string; help: string }[];
  bad: Example[];
  good: Example[];
}

/** A small file that shows a rule at work. */
export interface Example {
  path: string;
  text: string;
  /** The part that a finding points at, as offsets in `text`; null where it points at no part of it. */
  marked: { start: number; end: number } | null;
}

/** The report, version 1. Fields are only ever added. */
export interface Report {
  schema_version: 1;
  tool: { name: 'kommo-preflight'; version: string };
  checklist: { edition: string };
  package: PackageFacts;
  /** `unreadable`: no package could be read. `clear`: the program has nothing left to say, and the manual items are a person's. */
  verdict: 'fail' | 'review' | 'clear' | 'unreadable';
  counts: Record<Status | 'silenced', number>;
  items: Item[];
  images: Image[];
  not_examined: NotExamined[];
}

export interface PackageFacts {
  /** The file or folder name as given. */
  name: string;
  /** Of the archive's bytes, in lower-case hex; null for a folder. */
  sha256: string | null;
  /** Null for a folder. */
  compressed_bytes: number | null;
  unpacked_bytes: number;
  /** The wrapping folder that was looked into, with its slash, or empty. */
  root: string;
  locales: string[];
  widget: { code: string | null; version: string | null; names: { locale: string; text: string }[] };
  files: { path: string; kind: string; bytes: number; bundled: boolean; reached: boolean }[];
}

export type Status = 'fail' | 'review' | 'manual' | 'pass' | 'not-applicable';

export interface Item {
  id: ItemId;
  section: Section;
  title: string;
  asks: string;
  status: Status;
  /** Of the evidence, to tell whether an answer that a person gave still holds; null without evidence. */
  evidence_digest: string | null;
  findings: Finding[];
  silenced: Silenced[];
  evidence: Evidence[];
}

export interface Finding {
  rule: RuleId;
  certainty: 'certain' | 'suspect';
  /** The rule's id, a slash, the message's id. */
  message_id: string;
  /** The values that the message names. */
  args: Record<string, unknown>;
  message: string;
  help: string | null;
  /** How many places this finding stands for. */
  count: number;
  /** Survives moved lines. */
  fingerprint: string;
  /** Null when the finding is about the whole package. */
  path: string | null;
  range: Range | null;
  related: Related[];
}

/** A finding that the caller's own configuration silences, and where it says so. */
export interface Silenced extends Finding {
  reason: string | null;
  source: { path: string; line: number };
}

export interface Related {
  message_id: string;
  args: Record<string, unknown>;
  message: string;
  path: string | null;
  range: Range | null;
}

/** What a person needs to judge an item. */
export interface Evidence {
  kind: string;
  label: string;
  value: string;
  path: string | null;
  range: Range | null;
}

export interface Range {
  start: Position;
  end: Position;
}

export interface Position {
  /** 1-based. */
  line: number;
  /** 1-based, in UTF-16 code units. */
  column: number;
  /** Bytes from the start of the file. */
  offset: number;
}

export interface Image {
  path: string;
  role: string | null;
  width: number | null;
  height: number | null;
  format: string | null;
  bytes: number;
  expected: { width: number; height: number } | null;
}

/** What could not be read, or a limit that was hit. */
export interface NotExamined {
  code: string;
  args: Record<string, unknown>;
  message: string;
  path: string | null;
}

export type Section =
  | 'general'
  | 'listing'
  | 'copy'
  | 'branding'
  | 'slideshow'
  | 'localization'
  | 'clean-files'
  | 'interaction'
  | 'styles'
  | 'package'
  | 'scripts';

/** The items of the edition `marketplace-60`, in order. */
export type ItemId =
  | 'data-minimal'
  | 'easy-to-use'
  | 'no-partner-sales'
  | 'user-installs'
  | 'name-length'
  | 'name-via'
  | 'teaser-length'
  | 'teaser-purpose'
  | 'description-length'
  | 'description-friendly'
  | 'description-plan'
  | 'description-price'
  | 'ui-copy'
  | 'error-messages'
  | 'branding-images'
  | 'featured-app-logo'
  | 'own-identity'
  | 'slideshow-count'
  | 'slideshow-shows-product'
  | 'slideshow-quality'
  | 'slideshow-size'
  | 'translated'
  | 'image-language'
  | 'privacy-policy'
  | 'link-language'
  | 'human-support'
  | 'local-formatting'
  | 'payment-methods'
  | 'pricing-currency'
  | 'oauth2'
  | 'unused-files'
  | 'debug-leftovers'
  | 'locale-language'
  | 'locale-links'
  | 'text-encoding'
  | 'allowed-interfaces'
  | 'no-overlap'
  | 'settings-page'
  | 'not-at-bottom'
  | 'drop-area'
  | 'global-selectors'
  | 'system-classes'
  | 'scoped-styles'
  | 'style-files'
  | 'comments'
  | 'archive-files'
  | 'manifest-fields'
  | 'unused-locations'
  | 'console-debug'
  | 'console-trace'
  | 'declared-variables'
  | 'global-kommo'
  | 'sync-requests'
  | 'script-injection'
  | 'requirejs-dependencies'
  | 'external-resources'
  | 'external-styles'
  | 'trusted-cdn'
  | 'iframe-code'
  | 'switcher-styles';

/** The rules of this version, by name; later versions add to them. */
export type RuleId =
  | 'blank-logo'
  | 'blocked-interaction'
  | 'bottom-position'
  | 'bottom-style'
  | 'broken-logo'
  | 'byte-order-mark'
  | 'carriage-return'
  | 'collected-data'
  | 'collected-settings'
  | 'commented-out-markup'
  | 'commented-out-script'
  | 'commented-out-style'
  | 'console-debug-call'
  | 'constant-write'
  | 'debug-leftover'
  | 'description-out-of-bounds'
  | 'drop-zone'
  | 'early-use'
  | 'exposed-secret'
  | 'external-code'
  | 'external-load'
  | 'external-stylesheet'
  | 'featured-app-logo'
  | 'fixed-format'
  | 'foreign-currency'
  | 'foreign-image-words'
  | 'foreign-locale'
  | 'foreign-script'
  | 'foreign-words'
  | 'frame-code'
  | 'global-kommo-write'
  | 'global-selector'
  | 'hard-coded-text'
  | 'identical-translation'
  | 'install-click'
  | 'kommo-credentials'
  | 'late-dependency'
  | 'link-targets'
  | 'link-to-other-language'
  | 'loaded-stylesheet'
  | 'logo-as-slide'
  | 'malformed-manifest'
  | 'missing-file'
  | 'missing-manifest-field'
  | 'missing-privacy-link'
  | 'missing-stylesheet'
  | 'missing-translation'
  | 'mistyped-manifest-field'
  | 'name-without-via'
  | 'needed-plan'
  | 'odd-entry'
  | 'overlapping-style'
  | 'overlong-name'
  | 'page-change'
  | 'payment-ways'
  | 'pointless-teaser'
  | 'poor-slide'
  | 'russian-address'
  | 'sales-of-kommo'
  | 'script-element'
  | 'script-format'
  | 'script-secret'
  | 'script-syntax-error'
  | 'settings-page-title'
  | 'setup-effort'
  | 'slide-list'
  | 'stray-console-trace'
  | 'support-channels'
  | 'switcher-markup'
  | 'switcher-name'
  | 'switcher-style'
  | 'sync-request'
  | 'system-class'
  | 'system-dropping'
  | 'teaser-out-of-bounds'
  | 'technical-description'
  | 'template-script'
  | 'test-address'
  | 'undeclared-variable'
  | 'uneven-prices'
  | 'unfinished-copy'
  | 'unfit-slide'
  | 'unhandled-request'
  | 'unknown-location'
  | 'unknown-manifest-key'
  | 'unresolved-text-key'
  | 'unscoped-style'
  | 'untrusted-code'
  | 'untrusted-load'
  | 'unused-file'
  | 'unused-location'
  | 'wrapping-folder'
  | 'wrong-encoding'
  | 'wrong-logo-size';
