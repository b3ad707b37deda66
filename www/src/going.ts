/** How a component asks the page to go somewhere. */
import type { Route } from './route.ts';

/** Another address to go to; `replace` leaves no step for the Back button. */
export interface Going { change: Partial<Route>; replace?: boolean }

export function go(from: HTMLElement, change: Partial<Route>, replace = false): void {
  from.dispatchEvent(new CustomEvent<Going>('go', { detail: { change, replace }, bubbles: true, composed: true }));
}
