/** `<kommo-preflight>`: a drop zone and the report. Importing this module defines the element. */
import type { Report } from './index.js';

export interface KommoPreflightEventMap extends HTMLElementEventMap {
  report: CustomEvent<Report>;
}

/**
 * Attributes: `lang` (`en`, `es`, `pt`; without it, that of the page) and `widget-code`.
 * Events: `report` with the report in `detail`; `error` (a `CustomEvent<{ message: string }>`) with the reason.
 */
export class KommoPreflightElement extends HTMLElement {
  /** The last report, or null. */
  readonly report: Report | null;

  /** Checks an archive; a second call replaces the first, whose promise is then rejected. */
  check(archive: Blob | Uint8Array, name?: string): Promise<Report>;

  addEventListener<K extends keyof KommoPreflightEventMap>(
    type: K,
    listener: (this: KommoPreflightElement, event: KommoPreflightEventMap[K]) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(type: string, listener: EventListenerOrEventListenerObject, options?: boolean | AddEventListenerOptions): void;
}

declare global {
  interface HTMLElementTagNameMap {
    'kommo-preflight': KommoPreflightElement;
  }
}
