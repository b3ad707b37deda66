/** Checks a Kommo widget archive against the marketplace's publishing checklist. Nothing leaves the machine it runs on. */

/** Loads the engine; call it once before anything else. Later calls wait for the same load. Without `source`, the wasm beside this package is taken. */
export default function init(
  source?: URL | string | Request | Response | PromiseLike<Response> | BufferSource | WebAssembly.Module,
): Promise<void>;

/** The engine's version. */
export function version(): string;

/** The checklist's items, in order. */
export function checklist(): ChecklistItem[];

/** Every rule, in report order. */
export function rules(): RuleInfo[];
